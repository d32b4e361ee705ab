"""Assignments that hold on a day."""

from datetime import date

from django.db.models import Q, QuerySet

from ..models import Assignment, Person


def holding_on(on: date) -> Q:
    """The condition that an assignment holds on a day, both ends included."""
    return Q(starts_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gte=on))


def assignments_of(person: Person, on: date) -> QuerySet[Assignment]:
    """A person's assignments on a day; none for somebody who is not active or not known."""
    if not (person.pk and person.is_active):
        return Assignment.objects.none()
    return Assignment.objects.filter(holding_on(on), person=person)
