"""How far a goal has come, and where it ends at this pace. Pure; worked examples in ``docs/how/goals.md``."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

REALISTIC = 0.2  # a part whose chance is below this is marked as unrealistic (H4.1.1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A goal or a part of one: days from ``first`` to ``last``, what is to be reached, and its own parts."""

    first: date
    last: date
    target: Decimal
    parts: tuple["Stretch", ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Pace:
    """``reached``: share of the target so far. ``expected``: what should have been reached, as an amount.

    ``pace``: share of the target that is reached at the end if it goes on like this. ``is_good``: whether
    that is enough; none before it began or without a figure. ``gone``: share of the days.
    """

    value: Decimal | None
    reached: float | None
    expected: Decimal | None
    pace: float | None
    is_good: bool | None
    gone: float


def expected_by(stretch: Stretch, day: date) -> Decimal:
    """What an amount should have come to on the evening of a day.

    Parts that are over count whole, the running one by its own parts or else by its days; without parts
    every day counts the same.
    """
    if day < stretch.first:
        return Decimal(0)
    if day >= stretch.last:
        return stretch.target
    if stretch.parts:
        return sum((expected_by(part, day) for part in stretch.parts), Decimal(0))
    gone, whole = (day - stretch.first).days + 1, (stretch.last - stretch.first).days + 1
    return stretch.target * gone / whole


def level_by(stretch: Stretch, day: date) -> Decimal:
    """What a level should be over the days up to one: that of the parts, weighed by the days of each."""
    parts = [part for part in stretch.parts if part.first <= day]
    if not parts or day >= stretch.last:
        return stretch.target
    days = [(min(day, part.last) - part.first).days + 1 for part in parts]
    levels = [level_by(part, day) for part in parts]
    return sum((level * count for level, count in zip(levels, days, strict=True)), Decimal(0)) / sum(days)


def pace_of(stretch: Stretch, value: Decimal | None, day: date | None, *, adds: bool, falls: bool) -> Pace:
    """Where a goal stands by the data up to a day.

    ``adds``: the figure grows with the days, as sales do; a level (a rate, a price) does not. ``falls``: less
    is better, as with costs and complaints.
    """
    gone = _gone(stretch, day)
    if day is None or value is None or not gone:
        return Pace(None if not gone else value, None, None, None, None, gone)
    expected = expected_by(stretch, day) if adds else level_by(stretch, day)
    reached = float(value / stretch.target) if stretch.target else None
    pace = float(value / expected) if expected else None
    good = None if pace is None else (value <= expected if falls else value >= expected)
    return Pace(value, reached, expected, pace, good, gone)


def _gone(stretch: Stretch, day: date | None) -> float:
    if day is None or day < stretch.first:
        return 0.0
    whole = (stretch.last - stretch.first).days + 1
    return min(1.0, ((day - stretch.first).days + 1) / whole)
