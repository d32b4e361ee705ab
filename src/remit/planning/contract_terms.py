"""What days contracts cover, and how a contract stands on a day. Pure."""

from collections.abc import Iterable
from datetime import date, timedelta

REMINDS_DAYS = 30  # before the last day of the last contract

type Span = tuple[date, date]  # both days included


def uncovered(spans: Iterable[Span], first: date, last: date) -> date | None:
    """The first day without a contract, from the day in ``first`` to ``last`` on which one is in force.

    Somebody may join a campaign later than it begins, but not leave before it ends. Where no contract
    touches these days, their first.
    """
    touching = sorted(span for span in spans if span[0] <= last and span[1] >= first)
    if not touching:
        return first
    day = max(first, touching[0][0])
    for begins, ends in touching:
        if begins > day:
            return day
        day = max(day, ends + timedelta(days=1))
    return day if day <= last else None


def is_near(ends_on: date, on: date) -> bool:
    """Whether so few days are left that its owner is reminded."""
    return on <= ends_on <= on + timedelta(days=REMINDS_DAYS)
