"""The people whom a person may hand something to."""

from datetime import date

from django.db.models import Q, QuerySet

from ..models import Assignment, Person, Unit
from .assignments import held_by, holding_on, paths_of
from .organisation import organisation_on
from .scopes import ancestor_paths, below


def colleagues_of(person: Person, on: date) -> QuerySet[Person]:
    """Oneself, and the active people who hold a position on a day in the units that the person sees."""
    held = Assignment.objects.filter(
        holding_on(on), unit__in=Unit.objects.filter(below(paths_of(person, on)))
    )
    return Person.objects.filter(Q(pk=person.pk) | Q(pk__in=held.values("person")), is_active=True)


def stand_ins_of(person: Person, on: date) -> QuerySet[Person]:
    """Who stands above a person's posts on a day, and who holds the same position further up.

    They are the natural deputies of who works alone.
    """
    then = organisation_on(on)
    above = {
        each
        for post in then.posts
        if post.person == person.pk
        for each in then.superiors(post.position, post.unit, on)
    }
    same = Q(pk__in=())
    for held in held_by(person, on):
        same |= Q(unit__path__in=ancestor_paths(held.path), position=held.position)
    held_further_up = Assignment.objects.filter(holding_on(on) & same)
    people = Q(pk__in=above) | Q(pk__in=held_further_up.values("person"))
    return Person.objects.filter(people, is_active=True)
