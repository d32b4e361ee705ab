"""Three series, one meeting that was held with decisions and actions, and one to come with its agenda."""

from datetime import datetime, time, timedelta

from django.db import transaction

from remit.governance.actions.meeting import (
    Topic,
    call_meeting,
    close_meeting,
    start_meeting,
    write_minutes,
)
from remit.governance.actions.meeting_action import finish_action, give_action
from remit.governance.actions.settling import cast_vote, decide, defer
from remit.governance.actions.shipped_series import start_shipped
from remit.governance.models import Meeting, MeetingSeries
from remit.org.models import Person, Unit
from remit.org.queries.clocks import clocks
from remit.org.queries.today import company_day

from .. import meetings as wanted

type People = dict[str, Person]


@transaction.atomic
def set_up_meetings(*, at: datetime) -> int:
    """Return how many series and meetings were added by hand; none where somebody met already."""
    if Meeting.objects.exists() or MeetingSeries.objects.exists():
        return 0
    people = {
        person.email.partition("@")[0]: person for person in Person.objects.filter(is_demonstration=True)
    }
    unit = Unit.objects.get(code=wanted.UNIT)
    series = {row.code: _series(row, unit, people, at) for row in wanted.SERIES}
    _held(series[wanted.HELD_SERIES], people, at)
    _coming(unit, people, at)
    return len(series) + 2


def _series(row: wanted.DemoSeries, unit: Unit, people: People, at: datetime) -> MeetingSeries:
    members = [people[name] for name in row.members]
    return start_shipped(
        code=row.code, unit=unit, chair=people[row.chair], members=members, by=people[row.chair], at=at
    )


def _held(series: MeetingSeries, people: People, at: datetime) -> None:
    """Everything of it lies in the past, except actions that are still to be done."""
    chair, begins = series.chair, _moment(series.unit, -wanted.HELD_DAYS_AGO, wanted.HELD_HOUR, at)
    meeting = call_meeting(
        unit=series.unit, title=series.title, starts_at=begins, chair=chair, people=series.members.all(),
        topics=[_topic(item, people) for item in wanted.HELD], duration_min=series.duration_min,
        series=series, by=chair, at=begins - timedelta(days=7),
    )  # fmt: skip
    meeting = start_meeting(meeting=meeting, by=chair, at=begins)
    for item, row in zip(wanted.HELD, meeting.items.order_by("position"), strict=True):
        for name, choice in item.votes:
            cast_vote(item=row, choice=choice, by=people[name], at=begins)
        if item.deferred[1]:
            days, owner = item.deferred
            to = company_day(at) + timedelta(days=days)
            defer(item=row, to=to, owner=people[owner], by=chair, at=begins)
        else:
            decision, reading = item.decided
            decide(item=row, decision=decision, reading=reading, by=people.get(item.by, chair), at=begins)
    write_minutes(meeting=meeting, minutes=wanted.HELD_MINUTES, by=chair, at=begins)
    for title, owner, days, done in wanted.HELD_ACTIONS:
        due_on = company_day(at) + timedelta(days=days)
        action = give_action(
            meeting=meeting, title=title, owner=people[owner], due_on=due_on, by=chair, at=begins
        )
        if done is not None:
            finish_action(action=action, by=people[owner], at=at - timedelta(days=done))
    close_meeting(meeting=meeting, by=chair, at=begins + timedelta(minutes=80))


def _coming(unit: Unit, people: People, at: datetime) -> None:
    chair = people[wanted.COMING_CHAIR]
    call_meeting(
        unit=unit, title=wanted.COMING_TITLE, chair=chair, place=wanted.COMING_PLACE,
        starts_at=_moment(unit, wanted.COMING_DAYS, wanted.COMING_HOUR, at),
        people=[people[name] for name in wanted.COMING_PEOPLE],
        topics=[_topic(item, people) for item in wanted.COMING], by=chair, at=at,
    )  # fmt: skip


def _topic(item: wanted.DemoItem, people: People) -> Topic:
    return Topic(
        title=item.title, rule=item.rule, decider=people.get(item.by), figure=item.figure,
        material=item.material,
    )  # fmt: skip


def _moment(unit: Unit, days: int, hour: int, at: datetime) -> datetime:
    """That many days from the unit's day, moved to the next working day when nobody works then."""
    times = clocks()
    today = times.day(unit.pk, at)
    day = times.calendar(unit.pk, today).at_or_after(today + timedelta(days=days))
    return times.moment(unit.pk, day, time(hour))
