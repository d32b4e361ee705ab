"""Enter what a goal has come to where no metric measures it."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from remit.audit.actions import record
from remit.audit.chain import plain
from remit.org.models import Person
from remit.org.queries.today import company_day

from .. import events
from ..enums import GoalState
from ..models import Goal, ManualReading
from .goal import held_goal


class ReadFromData(ValueError):
    """A metric measures this goal: its progress is never typed."""


class ReadingUnclear(ValueError):
    """The reading contradicts itself; the message says where."""


@transaction.atomic
def enter_reading(
    *, goal: Goal, on: date, value: Decimal, source: str, by: Person, at: datetime
) -> ManualReading:
    """What it had come to on the evening of a day; a second one of the same day replaces the first."""
    goal = held_goal(goal)
    if not goal.is_manual:
        raise ReadFromData(_("The progress of this goal is read from data and never typed."))
    if goal.state != GoalState.ACTIVE:
        raise ReadingUnclear(_("Readings belong to a goal in force."))
    if not (source := source.strip()[:200]):
        raise ReadingUnclear(_("Say where the reading comes from."))
    if on > company_day(at):
        raise ReadingUnclear(_("A reading cannot be of a day to come."))
    row, _made = ManualReading.objects.update_or_create(
        goal=goal, on=on, defaults={"value": value, "source": source, "by": by, "at": at}
    )
    fields = {"title": goal.title, "value": plain(value), "on": plain(on), "source": source}
    record(events.READING_ENTERED, goal, by=by, at=at, fields=fields)
    return row
