"""Business days in seconds since 2000, as an index counts them."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from remit.core.period import Period, Relative, add_months
from remit.core.unanswered import CannotAnswer
from remit.journeys.event_index.manifest import EPOCH_S, LAST_S, Manifest
from remit.kernels.journeys.columns import Array
from remit.kernels.journeys.returning import QUARTER_S

from .specification import Unit, When

PERIODS_MAX = 400


class TooManyPeriods(CannotAnswer):
    """A table that nobody could read."""


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


def begins_of(when: When, unit: Unit, zone: str, manifest: Manifest) -> tuple[date, ...]:
    """First day of each period, and of the one after; nothing of no events. Raise TooManyPeriods.

    Weeks and days from the first day asked for, else weeks from a Monday; months by calendar.
    """
    days = days_of(when, zone, manifest)
    bounds = manifest.bounds_s
    if days is not None:
        first, last = days.first, days.last
    elif bounds is not None:
        first, last = (day_of(second, zone) for second in bounds)
        first -= timedelta(days=first.weekday() if unit is Unit.WEEK else 0)
    else:
        return ()
    if unit is Unit.MONTH:
        first = first.replace(day=1)
    found = [first]
    while found[-1] <= last:
        if len(found) > PERIODS_MAX:
            raise TooManyPeriods(
                f"{first} to {last} is more than {PERIODS_MAX} {unit}s. Ask for fewer or longer."
            )
        step = {Unit.DAY: 1, Unit.WEEK: 7}.get(unit)
        found.append(add_months(first, len(found)) if step is None else found[-1] + timedelta(days=step))
    return tuple(found)


def numbers_of(edges: Sequence[int], manifest: Manifest) -> Array:
    """By quarter of an hour since 2000, on which all days begin: 0 before, periods from 1, then after."""
    last_s = manifest.bounds_s[1] if manifest.bounds_s else 0
    lengths = np.diff([0, *(edge // QUARTER_S for edge in edges)])
    after = max(last_s // QUARTER_S + 1 - edges[-1] // QUARTER_S, 0)
    numbers = np.arange(len(lengths) + 1, dtype=np.uint8 if len(lengths) < 255 else np.uint16)
    return np.repeat(numbers, [*lengths, after])


def known_of(edges: Sequence[int], manifest: Manifest) -> int:
    """How many periods begin before the last event; ``edges``: their first seconds, and the one after."""
    bounds = manifest.bounds_s
    return sum(edge <= bounds[1] for edge in edges[:-1]) if bounds else 0
