"""Clocks: from the file's clock to UTC, and from UTC to the business day of a company whose zone is dated."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

SECOND_US = 1_000_000
HOUR_US = 3_600 * SECOND_US
DAY_US = 24 * HOUR_US
AGES = 100_000  # days


@dataclass(frozen=True, slots=True)
class Shift:
    """From ``starts`` (UTC, naive) on, local clocks show UTC plus ``seconds``."""

    starts: datetime
    seconds: int


def shifts(zone: str, first: datetime, last: datetime) -> list[Shift]:
    """The offsets of one zone between two UTC times (naive), the first one at ``first``."""
    info = ZoneInfo(zone)
    found = [Shift(first, _offset(info, first))]
    at = first
    while at < last:
        after = min(at + timedelta(days=1), last)
        if _offset(info, after) != found[-1].seconds:
            found.append(_turn(info, at, after))
        at = after
    return found


def dated_shifts(zones: Sequence[tuple[date, str]], first: datetime, last: datetime) -> list[Shift]:
    """The same for a company: each zone holds from midnight of its day, the earliest also before it."""
    ordered = sorted(zones)
    found: list[Shift] = []
    for place, (_day, zone) in enumerate(ordered):
        begins = first if place == 0 else max(first, _midnight(ordered[place]))
        ends = last if place == len(ordered) - 1 else min(last, _midnight(ordered[place + 1]))
        if begins <= ends and begins <= last:
            found += shifts(zone, begins, ends)
    return found


def local_us(utc_us: str, steps: Sequence[Shift]) -> str:
    """The local clock in microseconds since 1970, from UTC in the same: whole numbers are fastest."""
    return _shifted(utc_us, steps, [step.starts for step in steps[1:]], 1)


def utc_us(local_us: str, steps: Sequence[Shift]) -> str:
    """UTC from the local clock. An hour that clocks show twice is taken as its first."""
    ends = [after.starts + timedelta(seconds=step.seconds) for step, after in pairwise(steps)]
    return _shifted(local_us, steps, ends, -1)


def day_of(us: str) -> str:
    """The day on which a clock shows this; days are counted from long before, where none is negative."""
    return f"(DATE '1970-01-01' + CAST(({us} + {AGES * DAY_US}) // {DAY_US} - {AGES} AS INTEGER))"


def hour_of(us: str) -> str:
    """The hour that a clock shows, 0 to 23."""
    return f"CAST((({us} + {AGES * DAY_US}) // {HOUR_US}) % 24 AS INTEGER)"


def _shifted(us: str, steps: Sequence[Shift], ends: Sequence[datetime], sign: int) -> str:
    if not ends:
        return f"({us} + {sign * steps[-1].seconds * SECOND_US})" if steps[-1].seconds else us
    cases = " ".join(
        f"WHEN {us} < {_microseconds(end)} THEN {sign * step.seconds * SECOND_US}"
        for step, end in zip(steps[:-1], ends, strict=True)
    )
    return f"({us} + CASE {cases} ELSE {sign * steps[-1].seconds * SECOND_US} END)"


def _microseconds(at: datetime) -> int:
    return int((at - datetime(1970, 1, 1)) / timedelta(microseconds=1))  # noqa: DTZ001  # UTC, naive here


def _offset(info: ZoneInfo, at: datetime) -> int:
    offset = at.replace(tzinfo=UTC).astimezone(info).utcoffset()
    return int(offset.total_seconds()) if offset is not None else 0


def _turn(info: ZoneInfo, before: datetime, after: datetime) -> Shift:
    """The second at which the offset changes between two times a day apart."""
    old = _offset(info, before)
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=int((after - before).total_seconds()) // 2)
        if _offset(info, middle) == old:
            before = middle
        else:
            after = middle
    return Shift(after, _offset(info, after))


def _midnight(dated: tuple[date, str]) -> datetime:
    day, zone = dated
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC).replace(tzinfo=None)
