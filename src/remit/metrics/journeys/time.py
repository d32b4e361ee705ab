"""Business days in seconds since 2000, as an index counts them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from remit.core.period import Period, Relative
from remit.lake.event_index.manifest import EPOCH_S, LAST_S, Manifest

from .specification import When


def begins_s(day: date, zone: str) -> int:
    """The second at which a day begins; days before 2000 begin at 0, far ones at the last second."""
    instant = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).timestamp()
    return min(max(int(instant) - EPOCH_S, 0), LAST_S)


def day_of(second: int, zone: str) -> date:
    """The business day of a second."""
    return datetime.fromtimestamp(second + EPOCH_S, UTC).astimezone(ZoneInfo(zone)).date()


def days_of(when: When, zone: str, manifest: Manifest) -> Period | None:
    """The period asked for; a relative one ends on the last event's day. None is all, or of no events."""
    if isinstance(when, Relative):
        bounds = manifest.bounds_s
        return when.resolve(day_of(bounds[1], zone)) if bounds else None
    return when


def span_s(days: Period | None, zone: str) -> tuple[int, int]:
    """First second, and the one after the last."""
    if days is None:
        return 0, LAST_S + 1
    return begins_s(days.first, zone), begins_s(days.last + timedelta(days=1), zone)
