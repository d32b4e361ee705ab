"""Mentors and mentees."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from remit.audit.actions import record
from remit.core.text import day_in

from .. import events
from ..models import Mentoring, Person


class MentorIsMentee(ValueError):
    """Nobody mentors themselves."""


class MenteeHasMentor(ValueError):
    """A mentee has one mentor at a time."""


class MentoringEndsBeforeItStarts(ValueError):
    """The last day lies before the first."""


@transaction.atomic
def begin_mentoring(
    *,
    mentor: Person,
    mentee: Person,
    starts_on: date,
    aim: str,
    by: Person | None,
    at: datetime,
    ends_on: date | None = None,
) -> Mentoring:
    """Let a mentor accompany a mentee from a day to a day, both included."""
    if mentor.pk == mentee.pk:
        raise MentorIsMentee(_("Nobody mentors themselves. Choose somebody else."))
    _require_order(starts_on, ends_on)
    Person.objects.select_for_update().get(pk=mentee.pk)  # two clerks at once see each other's row
    same_time = Q(ends_on=None) | Q(ends_on__gte=starts_on)
    if ends_on is not None:
        same_time &= Q(starts_on__lte=ends_on)
    if other := Mentoring.objects.filter(same_time, mentee=mentee).select_related("mentor").first():
        raise MenteeHasMentor(
            _("%(mentor)s is the mentor from %(day)s on already. End that first.")
            % {"mentor": other.mentor, "day": day_in(other.starts_on, get_language())}
        )
    mentoring = Mentoring.objects.create(
        mentor=mentor, mentee=mentee, starts_on=starts_on, ends_on=ends_on, aim=aim.strip()
    )
    fields = {"mentoring": mentoring.pk, "starts_on": starts_on, "ends_on": ends_on}
    record(events.MENTORING_BEGUN, mentee, by=by, at=at, fields=fields, personal={"mentor": mentor.name})
    return mentoring


@transaction.atomic
def end_mentoring(*, mentoring: Mentoring, ends_on: date, by: Person | None, at: datetime) -> Mentoring:
    """Set the last day; not a later one than was agreed, so that no other mentor's time is taken."""
    mentoring = Mentoring.objects.select_for_update().get(pk=mentoring.pk)
    _require_order(mentoring.starts_on, ends_on)
    mentoring.ends_on = min(ends_on, mentoring.ends_on or ends_on)
    mentoring.save(update_fields=["ends_on"])
    fields = {"mentoring": mentoring.pk, "ends_on": mentoring.ends_on}
    record(events.MENTORING_ENDED, mentoring.mentee, by=by, at=at, fields=fields)
    return mentoring


def _require_order(starts_on: date, ends_on: date | None) -> None:
    if ends_on is not None and ends_on < starts_on:
        raise MentoringEndsBeforeItStarts(_("The last day lies before the first."))
