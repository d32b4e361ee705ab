"""Whom somebody leads: the holder of a leading position stands above everybody in its unit and below."""

from datetime import date

from django.db.models import Q, QuerySet

from ..models import Assignment, Person
from .assignments import assignments_of, holding_on


def paths_led_by(person: Person, on: date) -> list[str]:
    """Paths of the units that the person heads on a day; their subtrees are included."""
    held = assignments_of(person, on).filter(position__leads=True)
    return sorted(held.values_list("unit__path", flat=True).distinct())


def people_led_from(paths: list[str], on: date) -> QuerySet[Person]:
    """Who works on a day below the head of one of these units; another head of the same unit does not."""
    below = Q(pk__in=())
    for path in paths:
        below |= Q(unit__path__startswith=path) & ~Q(unit__path=path, position__leads=True)
    held = Assignment.objects.filter(holding_on(on) & below)
    return Person.objects.filter(pk__in=held.values("person"))


def people_led_by(person: Person, on: date) -> QuerySet[Person]:
    """Everybody below the person, who does not lead themselves."""
    return people_led_from(paths_led_by(person, on), on).exclude(pk=person.pk)
