"""The people whom a person may hand something to."""

from datetime import date

from django.db.models import Q, QuerySet

from ..models import Assignment, Person, Unit
from .assignments import holding_on, paths_of
from .scopes import below


def colleagues_of(person: Person, on: date) -> QuerySet[Person]:
    """Oneself, and the active people who hold a position on a day in the units that the person sees."""
    held = Assignment.objects.filter(
        holding_on(on), unit__in=Unit.objects.filter(below(paths_of(person, on)))
    )
    return Person.objects.filter(Q(pk=person.pk) | Q(pk__in=held.values("person")), is_active=True)
