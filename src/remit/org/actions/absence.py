"""Absences, and who acts meanwhile."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from remit.audit.actions import record

from .. import events
from ..enums import AbsenceKind
from ..models import Absence, Assignment, Delegation, Person
from ..queries.assignments import held_from
from ..queries.today import company_day
from .assignment import require_no_later, require_order

OF_OTHERS_BACK, OF_OTHERS_AHEAD = timedelta(days=31), timedelta(days=366)


class DelegateIsOneself(ValueError):
    """Somebody was named to act for themselves."""


class AbsenceTooLong(ValueError):
    """Somebody else would be away for longer, or further off, than anybody can say for them."""


class NotTheirAssignment(ValueError):
    """The assignment to be covered belongs to somebody else."""


@transaction.atomic
def add_absence(
    *, person: Person, starts_on: date, ends_on: date, kind: str, by: Person | None, at: datetime
) -> Absence:
    """Somebody is away from a day to a day; why is theirs, so the record keeps no kind.

    Again for these days is the same absence (a second click): whoever removes it is there.
    """
    require_order(starts_on, ends_on)
    if by is not None and by.pk != person.pk:
        _require_soon(starts_on, ends_on, company_day(at))
    Person.objects.select_for_update().get(pk=person.pk)  # two clicks at once see each other's row
    same = Absence.objects.filter(
        person=person, starts_on=starts_on, ends_on=ends_on, kind=AbsenceKind(kind)
    ).first()
    if same is not None:
        return same
    absence = Absence.objects.create(
        person=person, starts_on=starts_on, ends_on=ends_on, kind=AbsenceKind(kind)
    )
    fields = {"absence": absence.pk, "starts_on": starts_on, "ends_on": ends_on}
    record(events.ABSENCE_ADDED, person, by=by, at=at, fields=fields)
    return absence


@transaction.atomic
def remove_absence(*, absence: Absence, by: Person | None, at: datetime) -> None:
    """The person is there after all."""
    fields = {"absence": absence.pk, "starts_on": absence.starts_on, "ends_on": absence.ends_on}
    record(events.ABSENCE_REMOVED, absence.person, by=by, at=at, fields=fields)
    absence.delete()


@transaction.atomic
def delegate(
    *,
    person: Person,
    to: Person,
    starts_on: date,
    ends_on: date | None = None,
    assignment: Assignment | None = None,
    by: Person | None,
    at: datetime,
) -> Delegation:
    """``to`` acts for ``person`` while they are absent, between these days; of one assignment or of all.

    Again for the same is the same delegation.
    """
    require_order(starts_on, ends_on)
    if person.pk == to.pk:
        raise DelegateIsOneself(_("Choose somebody else to act for you."))
    if assignment is not None and assignment.person_id != person.pk:
        raise NotTheirAssignment(_("This assignment belongs to somebody else."))
    Person.objects.select_for_update().get(pk=person.pk)
    same = Delegation.objects.filter(
        person=person, delegate=to, assignment=assignment, starts_on=starts_on, ends_on=ends_on
    ).first()
    if same is not None:
        return same
    given = Delegation.objects.create(
        person=person, delegate=to, assignment=assignment, starts_on=starts_on, ends_on=ends_on,
        by_other=by is not None and by.pk != person.pk,
    )  # fmt: skip
    record(events.DELEGATED, person, by=by, at=at, fields=_delegation_fields(given))
    return given


@transaction.atomic
def delegate_posts(
    *,
    person: Person,
    to: Person,
    starts_on: date,
    ends_on: date | None = None,
    assignment: Assignment | None = None,
    by: Person,
    at: datetime,
) -> list[Delegation]:
    """``delegate``, as somebody else may do it: of each post that there is, not of later ones."""
    if assignment is not None or by.pk == person.pk:
        posts: list[Assignment | None] = [assignment]
    else:
        posts = list(Assignment.objects.filter(held_from(starts_on), person=person).order_by("pk"))
    return [
        delegate(person=person, to=to, starts_on=starts_on, ends_on=ends_on, assignment=post, by=by, at=at)
        for post in posts
    ]


@transaction.atomic
def end_delegation(*, delegation: Delegation, ends_on: date, by: Person | None, at: datetime) -> Delegation:
    """Set the last day on which the delegate acts. Raise EndsAlready for a later day than there is."""
    delegation = Delegation.objects.select_for_update().get(pk=delegation.pk)
    require_order(delegation.starts_on, ends_on)
    require_no_later(delegation.ends_on, ends_on)
    if delegation.ends_on == ends_on:  # a second click
        return delegation
    delegation.ends_on = ends_on
    delegation.save(update_fields=["ends_on"])
    record(events.DELEGATION_ENDED, delegation.person, by=by, at=at, fields=_delegation_fields(delegation))
    return delegation


def _require_soon(starts_on: date, ends_on: date, today: date) -> None:
    if starts_on < today - OF_OTHERS_BACK or ends_on > today + OF_OTHERS_AHEAD:
        raise AbsenceTooLong(
            _("For somebody else: from a month back to a year ahead. They note longer absences themselves.")
        )


def _delegation_fields(delegation: Delegation) -> dict[str, object]:
    return {
        "delegation": delegation.pk,
        "delegate": delegation.delegate_id,
        "starts_on": delegation.starts_on,
        "ends_on": delegation.ends_on,
    }
