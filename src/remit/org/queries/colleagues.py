"""The people whom a person may hand something to."""

from datetime import date

from django.db.models import Q, QuerySet

from ..models import Assignment, Person, Unit
from .assignments import assignments_of, holding_on
from .scopes import below


def colleagues_of(person: Person, on: date) -> QuerySet[Person]:
    """Oneself, and the active people who hold a position on a day in the units that the person sees."""
    paths = assignments_of(person, on).values_list("unit__path", flat=True)
    held = Assignment.objects.filter(holding_on(on), unit__in=Unit.objects.filter(below(paths)))
    return Person.objects.filter(Q(pk=person.pk) | Q(pk__in=held.values("person")), is_active=True)
