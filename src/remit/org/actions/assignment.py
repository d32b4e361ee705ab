"""Who holds which position where, from when to when."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from remit.audit.actions import record
from remit.core.text import day_in

from .. import events
from ..models import Assignment, Person, Position, Secondment, Unit


class AssignmentEndsBeforeItStarts(ValueError):
    """The last day lies before the first."""


class AssignmentOverlaps(ValueError):
    """The person holds this position in this unit in a part of the time already."""


class EndsAlready(ValueError):
    """What ends on an earlier day is not ended later: that would be giving it anew."""


@transaction.atomic
def assign(
    *,
    person: Person,
    position: Position,
    unit: Unit,
    starts_on: date,
    ends_on: date | None = None,
    share: int = 100,
    by: Person | None,
    at: datetime,
) -> Assignment:
    """Give a position in a unit from a day to a day, both included; without an end until it is ended.

    ``share``: of the person's time, in percent (1–100).
    """
    require_order(starts_on, ends_on)
    Person.objects.select_for_update().get(pk=person.pk)  # two clerks at once see each other's row
    same = Assignment.objects.filter(person=person, position=position, unit=unit)
    for other in same:
        if (ends_on is None or other.starts_on <= ends_on) and (
            other.ends_on is None or starts_on <= other.ends_on
        ):
            raise AssignmentOverlaps(
                _("%(person)s is %(position)s in %(unit)s from %(day)s already. End that assignment first.")
                % {
                    "person": person,
                    "position": position,
                    "unit": unit,
                    "day": day_in(other.starts_on, get_language()),
                }
            )
    assignment = Assignment.objects.create(
        person=person, position=position, unit=unit, starts_on=starts_on, ends_on=ends_on, share=share
    )
    fields = {
        "assignment": assignment.pk,
        "position": position.code,
        "unit": unit.code,
        "starts_on": starts_on,
        "ends_on": ends_on,
    }
    record(events.ASSIGNED, person, by=by, at=at, fields=fields)
    return assignment


@transaction.atomic
def end_assignment(*, assignment: Assignment, ends_on: date, by: Person | None, at: datetime) -> Assignment:
    """Set the last day, which may be past or future. One that has not begun is ended by its first day.

    Raise EndsAlready for a later day than it has.
    """
    assignment = Assignment.objects.select_for_update().get(pk=assignment.pk)
    require_order(assignment.starts_on, ends_on)
    require_no_later(assignment.ends_on, ends_on)
    if assignment.ends_on == ends_on:  # a second click
        return assignment
    assignment.ends_on = ends_on
    assignment.save(update_fields=["ends_on"])
    fields = {
        "assignment": assignment.pk,
        "position": assignment.position.code,
        "unit": assignment.unit.code,
        "ends_on": ends_on,
    }
    record(events.ASSIGNMENT_ENDED, assignment.person, by=by, at=at, fields=fields)
    # Whoever is lent is back home the day after the post away ends.
    Secondment.objects.filter(away=assignment, ends_on__gt=ends_on).update(ends_on=ends_on)
    return assignment


def require_no_later(  # house: actions: a check, it writes nothing
    last: date | None, ends_on: date
) -> None:
    """Raise EndsAlready when ``ends_on`` lies after the last day that there is."""
    if last is not None and ends_on > last:
        raise EndsAlready(
            _("It ends on %(day)s already. Who is to go on longer is named anew from the day after.")
            % {"day": day_in(last, get_language())}
        )


def require_order(
    starts_on: date, ends_on: date | None
) -> None:  # house: actions: a check, it writes nothing
    """Raise AssignmentEndsBeforeItStarts when the last day lies before the first."""
    if ends_on is not None and ends_on < starts_on:
        raise AssignmentEndsBeforeItStarts(
            _("The last day (%(last)s) lies before the first (%(first)s).")
            % {"last": day_in(ends_on, get_language()), "first": day_in(starts_on, get_language())}
        )
