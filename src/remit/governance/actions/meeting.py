"""Call a meeting, change it, cancel it, start it, keep its minutes, close it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from remit.audit.actions import record
from remit.core.ref import Ref
from remit.files.models import StoredFile
from remit.notices.actions import notify
from remit.org.models import Person, Unit
from remit.org.queries.clocks import clocks

from .. import events
from ..enums import LIVE_MEETINGS, MeetingState, Rule
from ..meeting_rules import quoted
from ..models import AgendaItem, Meeting
from ..queries.meetings import people_in, undecided_items, unready_items
from .carrying import carry_deferred

CHANGEABLE = ("title", "starts_at", "duration_min", "place", "chair")
ENTERED = "%Y-%m-%d %H:%M"
EARLY_MOST = timedelta(days=2)  # what is held earlier is moved first: calendars hold the called time


class MeetingUnclear(ValueError):
    """The meeting or an item of it contradicts itself; the message says where."""


class NotThen(ValueError):
    """The meeting is in a state in which this cannot be done."""


class NotReady(ValueError):
    """There is no agenda, or an item does not say how it is decided."""


class Undecided(ValueError):
    """Items have no outcome yet, and no talk ends without a decision (H3.4.1)."""


@dataclass(frozen=True, slots=True)
class Topic:
    """One item as it is put on an agenda."""

    title: str
    rule: str = ""
    decider: Person | None = None
    figure: str = ""
    material: str = ""
    thing: Ref | None = None
    file: StoredFile | None = None
    origin: AgendaItem | None = None


def held_meeting(pk: int) -> Meeting:
    """The meeting, locked."""
    rows = Meeting.objects.select_for_update(of=("self",)).select_related("unit", "chair", "series")
    return rows.get(pk=pk)


@transaction.atomic
def call_meeting(
    *,
    unit: Unit,
    title: str,
    starts_at: datetime,
    chair: Person,
    people: Iterable[Person],
    by: Person | None,
    at: datetime,
    topics: Iterable[Topic] = (),
    is_told: bool = True,
    **more: Any,
) -> Meeting:
    """Call a meeting with its agenda and tell who takes part. ``more``: duration_min, place, about, key.

    A meeting of a series is laid by ``lay_meetings``.
    """
    unknown = sorted(set(more) - {"duration_min", "place", "about", "key", "series"})
    if unknown:
        raise TypeError(f"A meeting has no field {', '.join(unknown)}.")
    if not title.strip():
        raise MeetingUnclear(_("Give the meeting a title."))
    meeting = Meeting.objects.create(
        unit=unit, title=title.strip()[:160], starts_at=starts_at, chair=chair, made_by=by, made_at=at,
        changed_at=at, **more,
    )  # fmt: skip
    meeting.people.set({chair, *people})
    for topic in topics:
        put_on(meeting, topic)
    record(events.MEETING_CALLED, meeting, by=by, at=at, fields=_said(meeting))
    if is_told:
        text = gettext_noop("You are asked to %(subject)s on %(when)s.")
        tell(meeting, text, "called", by=by, at=at, when=_when(meeting))
    return meeting


@transaction.atomic
def change_meeting(
    *, meeting: Meeting, by: Person, at: datetime, people: Iterable[Person] | None = None, **changes: Any
) -> Meeting:
    """Move it, or invite others; participants are told, calendars follow."""
    meeting = held_meeting(meeting.pk)
    require_state(meeting, MeetingState.PLANNED)
    told = set(people_in(meeting))
    changed = _take_over(meeting, changes)
    if people is not None:
        wanted = {meeting.chair, *people, *_deciders(meeting)}
        if wanted != told:
            changed.append("people")
            meeting.people.set(wanted)
    elif "chair" in changed:
        meeting.people.add(meeting.chair)
    if not changed:
        return meeting
    meeting.revision, meeting.changed_at, meeting.is_apart = meeting.revision + 1, at, True
    meeting.save()
    record(events.MEETING_CHANGED, meeting, by=by, at=at, fields={**_said(meeting), "changes": changed})
    told |= set(people_in(meeting))
    text = gettext_noop("%(by)s changed %(subject)s: it is on %(when)s.")
    tell(meeting, text, f"changed:{meeting.revision}", by=by, at=at, people=told, when=_when(meeting))
    if meeting.series:
        carry_deferred(series=meeting.series, at=at)
    return meeting


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, reason: str, by: Person, at: datetime) -> Meeting:
    """It does not take place; what was deferred to it comes up at the next one of its series."""
    meeting = held_meeting(meeting.pk)
    require_state(meeting, MeetingState.PLANNED)
    reason = reason.strip()[:300]
    if not reason:
        raise MeetingUnclear(_("Say why it does not take place."))
    meeting.state, meeting.ended_at, meeting.end_reason = MeetingState.CANCELLED, at, reason
    meeting.revision, meeting.changed_at = meeting.revision + 1, at
    meeting.save()
    record(events.MEETING_CANCELLED, meeting, by=by, at=at, fields={**_said(meeting), "reason": reason})
    text = gettext_noop("%(by)s cancelled %(subject)s of %(when)s: %(reason)s")
    tell(meeting, text, "cancelled", by=by, at=at, when=_when(meeting), reason=reason)
    AgendaItem.objects.filter(meeting=meeting, origin__isnull=False).delete()
    if meeting.series:
        carry_deferred(series=meeting.series, at=at)
    return meeting


@transaction.atomic
def start_meeting(*, meeting: Meeting, by: Person, at: datetime) -> Meeting:
    """Start it: with an agenda, and a rule for each item (H3.4.1), at most two days early."""
    meeting = held_meeting(meeting.pk)
    require_state(meeting, MeetingState.PLANNED)
    if meeting.starts_at - at > EARLY_MOST:
        raise NotReady(_("It begins in more than two days: move it first if it is held now."))
    if not meeting.items.exists():
        raise NotReady(_("No meeting without an agenda: add at least one item."))
    if lacking := unready_items(meeting):
        raise NotReady(
            _("Say first how these are decided, and by whom or by which figure: %s.") % quoted(lacking)
        )
    meeting.state, meeting.started_at, meeting.changed_at = MeetingState.RUNNING, at, at
    meeting.save(update_fields=["state", "started_at", "changed_at"])
    record(events.MEETING_STARTED, meeting, by=by, at=at, fields=_said(meeting))
    return meeting


@transaction.atomic
def write_minutes(*, meeting: Meeting, minutes: str, by: Person, at: datetime) -> Meeting:
    """Keep what was said, as often as it is written while the meeting runs."""
    meeting = held_meeting(meeting.pk)
    require_state(meeting, MeetingState.RUNNING)
    meeting.minutes, meeting.changed_at = minutes.strip()[:20000], at
    meeting.save(update_fields=["minutes", "changed_at"])
    record(events.MINUTES_WRITTEN, meeting, by=by, at=at, fields={"title": meeting.title})
    return meeting


@transaction.atomic
def close_meeting(*, meeting: Meeting, by: Person, at: datetime) -> Meeting:
    """Close it once every item is decided or deferred; what is deferred goes on the next agenda by itself."""
    meeting = held_meeting(meeting.pk)
    require_state(meeting, MeetingState.RUNNING)
    if lacking := undecided_items(meeting):
        raise Undecided(_("No talk without a decision: decide or defer first %s.") % quoted(lacking))
    meeting.state, meeting.ended_at, meeting.changed_at = MeetingState.CLOSED, at, at
    meeting.save(update_fields=["state", "ended_at", "changed_at"])
    outcomes = list(meeting.items.values_list("outcome", flat=True))
    counted = {"decided": outcomes.count("decided"), "deferred": outcomes.count("deferred")}
    fields = {**_said(meeting), **counted, "actions": meeting.actions.count()}
    record(events.MEETING_CLOSED, meeting, by=by, at=at, fields=fields)
    text = gettext_noop("%(subject)s is closed: its decisions and actions are there to read.")
    tell(meeting, text, "closed", by=by, at=at)
    if meeting.series:
        carry_deferred(series=meeting.series, at=at)
    return meeting


# -- inside the room ------------------------------------------------------------------------------


def require_state(meeting: Meeting, *states: str) -> None:
    """Raise NotThen unless the meeting is in one of the states."""
    if meeting.state not in states:
        label = str(MeetingState(meeting.state).label)
        raise NotThen(_("The meeting is now “%(state)s”: look at it again.") % {"state": label})


def put_on(meeting: Meeting, topic: Topic) -> AgendaItem:
    """A new last item; its decider takes part in the meeting."""
    require_state(meeting, *LIVE_MEETINGS)
    require_topic(topic)
    if meeting.state == MeetingState.RUNNING and not topic.rule:
        raise MeetingUnclear(_("The meeting runs: say how “%s” is decided (H3.4.1).") % topic.title)
    last = meeting.items.order_by("-position").values_list("position", flat=True).first()
    item = AgendaItem.objects.create(
        meeting=meeting, position=(last or 0) + 1, title=topic.title.strip()[:160], rule=topic.rule,
        decider=topic.decider if topic.rule == Rule.DECIDER else None, figure=topic.figure.strip()[:160],
        material=topic.material.strip()[:4000], thing=str(topic.thing or ""), file=topic.file,
        origin=topic.origin,
    )  # fmt: skip
    if item.decider:
        meeting.people.add(item.decider)
    return item


def require_topic(topic: Topic) -> None:
    """Raise MeetingUnclear for an item that says too little of how it is decided."""
    if not topic.title.strip():
        raise MeetingUnclear(_("Give the item a title."))
    if topic.rule == Rule.DECIDER and topic.decider is None:
        raise MeetingUnclear(_("“%s” is decided by one person: name them.") % topic.title)
    if topic.rule == Rule.DATA and not topic.figure.strip():
        raise MeetingUnclear(_("“%s” is decided by data: name the figure that decides.") % topic.title)


def tell(
    meeting: Meeting,
    text: str,
    key: str,
    *,
    by: Person | None,
    at: datetime,
    people: Iterable[Person] | None = None,
    **fields: object,
) -> None:
    """Tell who takes part, but not who did it; once per key."""
    told = {person.pk: person for person in (people_in(meeting) if people is None else people)}
    if by is not None:
        told.pop(by.pk, None)
    said = {name: value for name, value in {"by": by, **fields}.items() if f"%({name})s" in text}
    notify(
        people=told.values(), text=text, fields=said, subject=meeting, key=f"meeting:{meeting.pk}:{key}",
        by=by, at=at,
    )  # fmt: skip


def _take_over(meeting: Meeting, changes: Mapping[str, Any]) -> list[str]:
    """Set what differs; return its names."""
    if unknown := sorted(set(changes) - set(CHANGEABLE)):
        raise TypeError(f"A meeting has no changeable field {', '.join(unknown)}.")
    if "title" in changes and not str(changes["title"]).strip():
        raise MeetingUnclear(_("Give the meeting a title."))
    changed = [name for name, value in changes.items() if getattr(meeting, name) != value]
    for name in changed:
        setattr(meeting, name, changes[name])
    return changed


def _deciders(meeting: Meeting) -> list[Person]:
    return list(Person.objects.filter(pk__in=meeting.items.exclude(decider=None).values("decider")))


def _said(meeting: Meeting) -> dict[str, object]:
    return {"title": meeting.title, "starts_at": meeting.starts_at}


def _when(meeting: Meeting) -> str:
    """As the clock of the unit shows it, with the zone where that is not the company's."""
    zone = clocks().zone_at(meeting.unit_id, meeting.starts_at)
    said = meeting.starts_at.astimezone(zone).strftime(ENTERED)
    return said if zone.key == timezone.get_default_timezone_name() else f"{said} ({zone.key})"
