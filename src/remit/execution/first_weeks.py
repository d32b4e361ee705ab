"""How the first week of a launch is held against its plan. Pure; ``docs/how/meetings.md`` has examples."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from remit.core.period import Period

WEEK = timedelta(days=7)
ADDING_UP = ("money", "count")  # such figures grow with the days; a rate is compared as it is


@dataclass(frozen=True, slots=True)
class Fact:
    """One measure after the first week. ``gap``: the part of what was to be reached that is missing.

    ``target``: of the whole campaign; ``expected``: of the week. All in the unit of the metric.
    """

    title: str
    unit: str
    target: Decimal
    expected: Decimal
    actual: Decimal
    gap: Decimal


def first_week(starts_on: date, ends_on: date) -> Period:
    """The first seven days, fewer where the campaign is shorter."""
    return Period(starts_on, min(starts_on + WEEK - timedelta(days=1), ends_on))


def expected_by(target: Decimal, unit: str, week: Period, ends_on: date) -> Decimal:
    """What the plan asks of the first week: its share by days of what adds up, the whole of a rate."""
    if unit not in ADDING_UP:
        return target
    days, whole = (week.last - week.first).days + 1, (ends_on - week.first).days + 1
    return target * days / whole


def gap_of(expected: Decimal, actual: Decimal, *, falls: bool) -> Decimal | None:
    """The missing part of what was expected, negative where it is beaten; none where nothing was expected.

    ``falls``: less is better, so what is above the plan is missing.
    """
    if expected <= 0:
        return None
    missing = actual - expected if falls else expected - actual
    return missing / expected
