"""Assignments that hold on a day."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from remit.core.reading import once_a_reading

from ..models import Assignment, Person


def holding_on(on: date) -> Q:
    """The condition that an assignment holds on a day, both ends included."""
    return Q(starts_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gte=on))


def held_from(on: date) -> Q:
    """The condition that an assignment holds on a day or later."""
    return Q(ends_on__isnull=True) | Q(ends_on__gte=on)


def assignments_of(person: Person, on: date) -> QuerySet[Assignment]:
    """A person's assignments on a day; none for somebody who is not active or not known."""
    if not (person.pk and person.is_active):
        return Assignment.objects.none()
    return Assignment.objects.filter(holding_on(on), person=person)


@dataclass(frozen=True, slots=True)
class Held:
    """A post that somebody holds: the unit's path, the position, what it allows, whether it leads."""

    path: str
    position: int
    abilities: tuple[str, ...]
    leads: bool


@once_a_reading
def held_by(person: Person, on: date) -> tuple[Held, ...]:
    """The posts that a person holds on a day; one query, once a page."""
    rows = (
        assignments_of(person, on)
        .order_by("pk")
        .values_list("unit__path", "position_id", "position__abilities", "position__leads")
    )
    return tuple(Held(path, position, tuple(abilities), leads) for path, position, abilities, leads in rows)


def paths_of(person: Person, on: date) -> list[str]:
    """Paths of the units in which a person holds a post on a day."""
    return [post.path for post in held_by(person, on)]
