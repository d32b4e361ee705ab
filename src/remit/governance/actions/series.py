"""Series of meetings: set one up, change it, end it, and lay its meetings ahead."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from remit.audit.actions import record
from remit.notices.actions import notify
from remit.org.models import Person, Unit
from remit.org.queries.clocks import Clocks, clocks

from .. import events
from ..enums import MeetingState, Rhythm, Rule
from ..meeting_days import days_of_series
from ..models import AgendaItem, Meeting, MeetingSeries
from ..models.meeting import Standing
from .carrying import carry_deferred
from .meeting import MeetingUnclear, NotThen, Topic, call_meeting

AHEAD = timedelta(days=35)  # a month's meeting is always there
CHANGEABLE = ("title", "duration_min", "place", "chair")


@transaction.atomic
def start_series(
    *,
    unit: Unit,
    title: str,
    rhythm: str,
    day: int,
    time_of_day: time,
    chair: Person,
    members: Iterable[Person],
    by: Person | None,
    at: datetime,
    anchor_on: date | None = None,
    code: str = "",
    duration_min: int = 60,
    place: str = "",
    standing: Standing | None = None,
) -> MeetingSeries:
    """Set a series up; its meetings of the next weeks are laid at once, and its members told."""
    require_rhythm(rhythm, day)
    if not title.strip():
        raise MeetingUnclear(_("Give the meeting a title."))
    times = clocks()
    series = MeetingSeries.objects.create(
        unit=unit, code=code, title=title.strip()[:120], rhythm=rhythm, day=day, at=time_of_day,
        anchor_on=anchor_on or times.day(unit.pk, at), duration_min=duration_min, place=place, chair=chair,
        standing=list(standing or []), made_by=by, made_at=at,
    )  # fmt: skip
    series.members.set({chair, *members})
    record(events.SERIES_STARTED, series, by=by, at=at, fields={"title": series.title, "rhythm": rhythm})
    text = gettext_noop("You belong to the series %(subject)s; its meetings are in your calendar.")
    told = [person for person in series.members.all() if by is None or person.pk != by.pk]
    notify(people=told, text=text, subject=series, key=f"series:{series.pk}:started", by=by, at=at)
    lay_series(series=series, times=times, at=at, is_told=False)
    return series


@transaction.atomic
def change_series(
    *,
    series: MeetingSeries,
    by: Person,
    at: datetime,
    members: Iterable[Person],
    time_of_day: time | None = None,
    **changes: Any,
) -> MeetingSeries:
    """Planned meetings that nobody changed by hand follow: time of day, length, place, chair and people."""
    series = _held(series)
    if unknown := sorted(set(changes) - set(CHANGEABLE)):
        raise TypeError(f"A series has no changeable field {', '.join(unknown)}.")
    for name, value in changes.items():
        setattr(series, name, value)
    series.at = time_of_day or series.at
    series.save()
    series.members.set({series.chair, *members})
    record(events.SERIES_CHANGED, series, by=by, at=at, fields={"title": series.title})
    times = clocks()
    for meeting in series.meetings.filter(state=MeetingState.PLANNED, starts_at__gt=at, is_apart=False):
        _follow(meeting, series, times, at)
    text = gettext_noop("%(by)s changed the series %(subject)s: look at its next meetings.")
    told = [person for person in series.members.all() if person.pk != by.pk]
    key = f"series:{series.pk}:changed:{at.isoformat()}"
    notify(people=told, text=text, fields={"by": by}, subject=series, key=key, by=by, at=at)
    return series


@transaction.atomic
def end_series(*, series: MeetingSeries, by: Person, at: datetime) -> MeetingSeries:
    """No further meetings; those that are planned are cancelled."""
    series = _held(series)
    series.ended_at = at
    series.save(update_fields=["ended_at"])
    planned = series.meetings.filter(state=MeetingState.PLANNED, starts_at__gt=at)
    AgendaItem.objects.filter(meeting__in=planned, origin__isnull=False).delete()
    planned.update(
        state=MeetingState.CANCELLED, ended_at=at, changed_at=at, revision=F("revision") + 1,
        end_reason=_("The series has ended."),
    )  # fmt: skip
    record(events.SERIES_ENDED, series, by=by, at=at, fields={"title": series.title})
    text = gettext_noop("%(by)s ended the series %(subject)s; its planned meetings do not take place.")
    told = [person for person in series.members.all() if person.pk != by.pk]
    key = f"series:{series.pk}:ended"
    notify(people=told, text=text, fields={"by": by}, subject=series, key=key, by=by, at=at)
    return series


def lay_meetings(*, at: datetime) -> int:
    """Lay the meetings of every living series for the next weeks, each once; return how many are new."""
    times = clocks()
    living = MeetingSeries.objects.filter(ended_at=None).select_related("unit", "chair")
    return sum(lay_series(series=series, times=times, at=at) for series in living.order_by("pk"))


@transaction.atomic
def lay_series(*, series: MeetingSeries, times: Clocks, at: datetime, is_told: bool = True) -> int:
    """Lay one series ahead. A week or month that has its meeting, even a moved or cancelled one, is done."""
    series = _locked(series)
    if series.ended_at is not None:
        return 0
    today = times.day(series.unit_id, at)
    days = days_of_series(
        series.rhythm, series.day, anchor=series.anchor_on, first=today, last=today + AHEAD,
        calendar=times.calendar(series.unit_id, today),
    )  # fmt: skip
    keys = {f"series:{series.pk}:{key}": day for key, day in days}
    known = set(Meeting.objects.filter(key__in=keys).values_list("key", flat=True))
    members = [person for person in series.members.all() if person.is_active]
    count = 0
    for key, day in keys.items():
        starts_at = times.moment(series.unit_id, day, series.at)
        if key in known or starts_at <= at:
            continue
        call_meeting(
            unit=series.unit, title=series.title, starts_at=starts_at, chair=series.chair, people=members,
            duration_min=series.duration_min, place=series.place, series=series, key=key,
            topics=topics_of(series), is_told=is_told, by=None, at=at,
        )  # fmt: skip
        count += 1
    carry_deferred(series=series, at=at)
    return count


def topics_of(series: MeetingSeries) -> list[Topic]:
    """What is on every agenda of a series; where one person decides, its chair does."""
    return [
        Topic(
            title=row["title"], rule=row.get("rule", ""), figure=row.get("figure", ""),
            material=row.get("material", ""),
            decider=series.chair if row.get("rule") == Rule.DECIDER else None,
        )
        for row in series.standing
    ]  # fmt: skip


def require_rhythm(rhythm: str, day: int) -> None:
    """Raise MeetingUnclear for a day that the rhythm does not have."""
    most = 28 if Rhythm(rhythm) == Rhythm.MONTHLY else 7
    if not 1 <= day <= most:
        raise MeetingUnclear(_("The day of this series is a number from 1 to %s.") % most)


def _locked(series: MeetingSeries) -> MeetingSeries:
    rows = MeetingSeries.objects.select_for_update(of=("self",)).select_related("unit", "chair")
    return rows.get(pk=series.pk)


def _held(series: MeetingSeries) -> MeetingSeries:
    series = _locked(series)
    if series.ended_at is not None:
        raise NotThen(_("This series has ended."))
    return series


def _follow(meeting: Meeting, series: MeetingSeries, times: Clocks, at: datetime) -> None:
    day = times.day(series.unit_id, meeting.starts_at)
    meeting.title, meeting.chair, meeting.place = series.title, series.chair, series.place
    meeting.starts_at = times.moment(series.unit_id, day, series.at)
    meeting.duration_min, meeting.changed_at = series.duration_min, at
    meeting.revision += 1
    meeting.save()
    deciders = Person.objects.filter(pk__in=meeting.items.exclude(decider=None).values("decider"))
    meeting.people.set({series.chair, *series.members.all(), *deciders})
