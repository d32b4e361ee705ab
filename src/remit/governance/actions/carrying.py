"""What was deferred comes up by itself: on the next agenda of its series, at or after its date."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from remit.audit.actions import record
from remit.org.queries.clocks import Clocks, clocks

from .. import events
from ..enums import MeetingState, Outcome, Rule
from ..models import AgendaItem, Meeting, MeetingSeries
from ..queries.meetings import waiting_items


@transaction.atomic
def carry_deferred(*, series: MeetingSeries, at: datetime) -> int:
    """Put each deferred item on the first planned meeting at or after its date; return how many.

    An item whose meeting was moved to before its date goes on to a later one. May run as often as one likes.
    """
    MeetingSeries.objects.select_for_update().get(pk=series.pk)
    times = clocks()
    planned = list(series.meetings.filter(state=MeetingState.PLANNED).order_by("starts_at", "pk"))
    _take_off_early(planned, times)
    rows = waiting_items(series).select_related("meeting", "deferred_owner", "decider")
    count = 0
    for item in rows.order_by("deferred_to", "pk"):
        place = next((each for each in planned if _suits(each, item, at, times)), None)
        if place is not None:
            _put(item, place, at)
            count += 1
    return count


def _suits(meeting: Meeting, item: AgendaItem, at: datetime, times: Clocks) -> bool:
    if item.deferred_to is None or meeting.starts_at < at or meeting.starts_at <= item.meeting.starts_at:
        return False
    return times.day(meeting.unit_id, meeting.starts_at) >= item.deferred_to


def _take_off_early(planned: list[Meeting], times: Clocks) -> None:
    """Items that came too early by a change of their meeting's day."""
    rows = AgendaItem.objects.filter(meeting__in=planned, origin__isnull=False, outcome=Outcome.OPEN)
    days = {each.pk: times.day(each.unit_id, each.starts_at) for each in planned}
    dates = rows.values_list("pk", "meeting_id", "origin__deferred_to")
    early = [pk for pk, meeting, day in dates if day is not None and days[meeting] < day]
    AgendaItem.objects.filter(pk__in=early).delete()


def _put(item: AgendaItem, meeting: Meeting, at: datetime) -> None:
    last = meeting.items.aggregate(last=Max("position"))["last"]
    AgendaItem.objects.create(
        meeting=meeting, position=(last or 0) + 1, title=item.title, material=item.material,
        thing=item.thing, file=item.file, rule=item.rule, figure=item.figure,
        decider=item.decider if item.rule == Rule.DECIDER else None, origin=item,
    )  # fmt: skip
    meeting.people.add(*[one for one in (item.deferred_owner, item.decider) if one is not None])
    fields = {"item": item.title, "from": item.meeting.starts_at, "owner": item.deferred_owner_id}
    record(events.ITEM_CARRIED, meeting, by=None, at=at, fields=fields)
