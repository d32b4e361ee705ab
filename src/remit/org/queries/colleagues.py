"""The people whom a person may hand something to."""

from datetime import date

from django.db.models import Q, QuerySet

from ..models import Assignment, Person, Unit
from .assignments import held_by, holding_on, paths_of
from .scopes import ancestor_paths, below


def colleagues_of(person: Person, on: date) -> QuerySet[Person]:
    """Oneself, and the active people who hold a position on a day in the units that the person sees."""
    held = Assignment.objects.filter(
        holding_on(on), unit__in=Unit.objects.filter(below(paths_of(person, on)))
    )
    return Person.objects.filter(Q(pk=person.pk) | Q(pk__in=held.values("person")), is_active=True)


def stand_ins_of(person: Person, on: date) -> QuerySet[Person]:
    """Who is above a person's posts on a day: heads there or further up, and who holds the same position
    further up. They are the natural deputies of who works alone."""
    above = Q(pk__in=())
    for post in held_by(person, on):
        upward = Q(unit__path__in=ancestor_paths(post.path))
        above |= (upward | Q(unit__path=post.path)) & Q(position__leads=True)
        above |= upward & Q(position=post.position)
    held = Assignment.objects.filter(holding_on(on) & above)
    return Person.objects.filter(pk__in=held.values("person"), is_active=True)
