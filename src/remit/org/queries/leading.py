"""Whom somebody leads: the holder of a leading position stands above everybody in its unit and below."""

from datetime import date

from django.db.models import Q, QuerySet

from ..models import Assignment, Person
from .assignments import held_by, holding_on


def posts_led_by(person: Person, on: date) -> list[tuple[str, int]]:
    """(path of the unit, position) of the leading posts that the person holds on a day."""
    return sorted({(post.path, post.position) for post in held_by(person, on) if post.leads})


def paths_led_by(person: Person, on: date) -> list[str]:
    """Paths of the units that the person heads on a day; their subtrees are included."""
    return sorted({path for path, _position in posts_led_by(person, on)})


def people_led_by(person: Person, on: date) -> QuerySet[Person]:
    """Everybody who works on a day below the person, who does not lead themselves.

    Another head of the same unit does not, unless that position reports to the person's.
    """
    below = Q(pk__in=())
    for path, position in posts_led_by(person, on):
        beside = Q(unit__path=path, position__leads=True) & ~Q(position__reports_to=position)
        below |= Q(unit__path__startswith=path) & ~beside
    held = Assignment.objects.filter(holding_on(on) & below)
    return Person.objects.filter(pk__in=held.values("person")).exclude(pk=person.pk)
