"""Clocks: from the file's clock to UTC, and from UTC to the business day of a company whose zone is dated."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo


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


def local_sql(utc: str, steps: Sequence[Shift]) -> str:
    """The local clock of a UTC timestamp expression."""
    cases = [
        f"WHEN {utc} < {_literal(after.starts)} THEN {utc} + INTERVAL ({step.seconds}) SECOND"
        for step, after in pairwise(steps)
    ]
    rest = f"{utc} + INTERVAL ({steps[-1].seconds}) SECOND"
    return f"(CASE {' '.join(cases)} ELSE {rest} END)" if cases else f"({rest})"


def utc_sql(local: str, steps: Sequence[Shift]) -> str:
    """UTC of a local timestamp expression. An hour that clocks show twice is taken as its first."""
    cases = []
    for step, after in pairwise(steps):
        ends = after.starts + timedelta(seconds=step.seconds)
        cases.append(f"WHEN {local} < {_literal(ends)} THEN {local} - INTERVAL ({step.seconds}) SECOND")
    rest = f"{local} - INTERVAL ({steps[-1].seconds}) SECOND"
    return f"(CASE {' '.join(cases)} ELSE {rest} END)" if cases else f"({rest})"


def _literal(at: datetime) -> str:
    return f"TIMESTAMP '{at:%Y-%m-%d %H:%M:%S}'"


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
