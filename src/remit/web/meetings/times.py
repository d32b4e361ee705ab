"""When a meeting is, by the clock of its unit; the zone is said where it is not the company's."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils import timezone

from remit.governance.models import Meeting
from remit.org.queries.clocks import Clocks, clocks

from ..templatetags.figures import day


def placed(meetings: Iterable[Any], times: Clocks | None = None) -> list[Any]:
    """Each with ``day_there``, ``hours`` (10:00–11:00), ``begins`` (day and hour) and ``zone``."""
    times = times or clocks()
    found = list(meetings)
    for one in found:
        begins, ends = there(one, one.starts_at, times), there(one, one.ends_at, times)
        one.day_there, one.zone = begins.date(), zone_of(one, times)
        one.hours = f"{begins:%H:%M}–{ends:%H:%M}"
        one.begins = said(one, times)
        one.held = _held(one, times)
    return found


def _held(one: Meeting, times: Clocks) -> str:
    """When it really began and ended; empty before it began."""
    if one.started_at is None:
        return ""
    began = there(one, one.started_at, times)
    text = f"{day(began.date())} {began:%H:%M}"
    if one.ended_at is not None:
        text += f"–{there(one, one.ended_at, times):%H:%M}"
    return _placed(text, zone_of(one, times))


def said(meeting: Meeting, times: Clocks) -> str:
    """``2026年12月1日 15:00``, with the zone where it is not the company's."""
    begins, zone = there(meeting, meeting.starts_at, times), zone_of(meeting, times)
    return _placed(f"{day(begins.date())} {begins:%H:%M}", zone)


def _placed(text: str, zone: str) -> str:
    return f"{text} ({zone})" if zone else text


def there(meeting: Meeting, at: datetime, times: Clocks) -> datetime:
    """A moment by the clock of the meeting's unit."""
    return at.astimezone(times.zone_at(meeting.unit_id, meeting.starts_at))


def zone_of(meeting: Meeting, times: Clocks) -> str:
    """The zone of the unit; empty where it is the company's."""
    zone = times.zone_at(meeting.unit_id, meeting.starts_at).key
    return "" if zone == timezone.get_default_timezone_name() else zone
