"""How a goal is cut into parts that add up to it exactly. Pure; ``docs/how/goals.md`` has worked examples."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

from remit.core.period import Period, add_months

HUNDRED = Decimal(100)
SHARE_MOST = Decimal(10) ** 13  # as large as money may be


class NothingToSplitBy(ValueError):
    """All weights are nothing, or one is below it."""


@dataclass(frozen=True, slots=True)
class Span:
    """A part of the calendar with its neutral name, such as ``2018 Q1`` or ``2018-02``."""

    name: str
    period: Period


def split_amount(total: Decimal, weights: Sequence[Decimal], places: int) -> list[Decimal]:
    """Parts in proportion to the weights, whose sum is exactly the total, to ``places`` decimals.

    Each part gets its share rounded down to the smallest unit. The units that are left go one each to the
    parts that lost most by rounding; where two lost the same, the later one gets it first.
    """
    whole = sum(weights, Decimal(0))
    if whole <= 0 or any(weight < 0 for weight in weights):
        raise NothingToSplitBy
    unit = Decimal(1).scaleb(-places)
    units = (abs(total) / unit).to_integral_value(rounding=ROUND_HALF_UP)
    exact = [units * weight / whole for weight in weights]
    parts = [share.to_integral_value(rounding=ROUND_FLOOR) for share in exact]
    order = sorted(range(len(parts)), key=lambda n: (exact[n] - parts[n], n), reverse=True)
    for n in order[: int(units - sum(parts, Decimal(0)))]:
        parts[n] += 1
    sign = -1 if total < 0 else 1
    return [sign * part * unit for part in parts]


def split_level(
    level: Decimal, before: Sequence[Decimal | None], whole: Decimal, places: int
) -> list[Decimal]:
    """What does not add up keeps its wave: each part's level stands to the goal's as it stood before.

    ``before``: the levels of the same parts in the past, ``whole``: that of all of it; an unknown or empty
    one gives the goal's own level.
    """
    unit = Decimal(1).scaleb(-places)
    if not whole:
        return [level.quantize(unit, ROUND_HALF_UP) for _ in before]
    return [
        (level if each is None else level * each / whole).quantize(unit, ROUND_HALF_UP) for each in before
    ]


def read_shares(text: str) -> list[Decimal]:
    """``15/20/25/40`` or ``15, 20, 25, 40``; raise ValueError for what is no number that one could mean."""
    for sign in ("、", ",", "，", "／", "%", "％", ";", "；"):
        text = text.replace(sign, "/")
    try:
        numbers = [Decimal(piece) for piece in text.replace(" ", "/").split("/") if piece]
    except ArithmeticError:
        raise ValueError(text) from None
    if not all(number.is_finite() and abs(number) < SHARE_MOST for number in numbers):
        raise ValueError(text)
    return numbers


def quarters(period: Period) -> list[Span]:
    """The calendar's quarters that lie in a period, cut at its ends."""
    return _cut(period, 3)


def months(period: Period) -> list[Span]:
    """The months that lie in a period, cut at its ends."""
    return _cut(period, 1)


def _cut(period: Period, length: int) -> list[Span]:
    found = []
    first = date(period.first.year, (period.first.month - 1) // length * length + 1, 1)
    while first <= period.last:
        after = add_months(first, length)
        part = Period(max(first, period.first), min(after - timedelta(days=1), period.last))
        name = f"{first:%Y-%m}" if length == 1 else f"{first.year} Q{(first.month + 2) // 3}"
        found.append(Span(name, part))
        first = after
    return found
