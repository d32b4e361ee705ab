"""Put items on an agenda, and take them off again while the meeting is being prepared."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from remit.audit.actions import record
from remit.org.models import Person

from .. import events
from ..enums import LIVE_MEETINGS, MeetingState, Rule
from ..models import AgendaItem
from .meeting import MeetingUnclear, Topic, held_meeting, put_on, require_state, require_topic


@transaction.atomic
def add_item(*, meeting_id: int, topic: Topic, by: Person, at: datetime) -> AgendaItem:
    """A new last item; also while the meeting runs."""
    meeting = held_meeting(meeting_id)
    item = put_on(meeting, topic)
    meeting.changed_at = at
    meeting.save(update_fields=["changed_at"])
    record(events.ITEM_ADDED, meeting, by=by, at=at, fields={"item": item.title, "rule": item.rule})
    return item


@transaction.atomic
def change_item(*, item: AgendaItem, topic: Topic, by: Person, at: datetime) -> AgendaItem:
    """Say the item anew, before its meeting starts; a file stays unless another is given."""
    meeting = held_meeting(item.meeting_id)
    require_state(meeting, MeetingState.PLANNED)
    require_topic(topic)
    item.title, item.rule, item.figure = topic.title.strip()[:160], topic.rule, topic.figure.strip()[:160]
    item.decider = topic.decider if topic.rule == Rule.DECIDER else None
    item.material, item.thing = topic.material.strip()[:4000], str(topic.thing or "")
    item.file = topic.file or item.file
    item.save()
    if item.decider:
        meeting.people.add(item.decider)
    record(events.ITEM_CHANGED, meeting, by=by, at=at, fields={"item": item.title, "rule": item.rule})
    return item


@transaction.atomic
def remove_item(*, item: AgendaItem, by: Person, at: datetime) -> None:
    """Take it off before the meeting starts; what was deferred to here cannot be dropped like that."""
    meeting = held_meeting(item.meeting_id)
    require_state(meeting, MeetingState.PLANNED)
    if item.origin_id is not None:
        raise MeetingUnclear(_("This was deferred to this meeting: decide it there, or defer it again."))
    record(events.ITEM_REMOVED, meeting, by=by, at=at, fields={"item": item.title})
    item.delete()


@transaction.atomic
def raise_item(*, item: AgendaItem, by: Person, at: datetime) -> None:
    """One place up; the first stays the first."""
    meeting = held_meeting(item.meeting_id)
    require_state(meeting, *LIVE_MEETINGS)
    rows = list(meeting.items.order_by("position", "pk"))
    index = next(number for number, row in enumerate(rows) if row.pk == item.pk)
    if index == 0:
        return
    rows[index - 1 : index + 1] = [rows[index], rows[index - 1]]
    for position, row in enumerate(rows, start=1):
        row.position = position
    AgendaItem.objects.bulk_update(rows, ["position"])
    record(events.ITEM_CHANGED, meeting, by=by, at=at, fields={"item": item.title, "rule": item.rule})
