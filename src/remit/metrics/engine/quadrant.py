"""Customers by recency, frequency and value (RFM): above or below the middle in each, eight segments.

The middle is the median of the customers who bought in the period, so that a segment means the same in a
supermarket and in a furniture shop. Amounts are of one currency: several are refused.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from remit.core.period import Period
from remit.core.scope import Scope

from .buyers import buyers
from .pinned import Pinned

STEPS = 12

# (recent, frequent, valuable): the eight segments, the most precious first.
SEGMENTS: dict[tuple[bool, bool, bool], str] = {
    (True, True, True): "champions",
    (True, False, True): "promising",
    (False, True, True): "drifting",
    (False, False, True): "at_risk",
    (True, True, False): "regulars",
    (True, False, False): "newcomers",
    (False, True, False): "fading",
    (False, False, False): "lost",
}


@dataclass(frozen=True, slots=True)
class Segment:
    """``days``: mean days since the last purchase; ``baskets``: mean number; ``sales``: their sum."""

    name: str
    customers: int
    baskets: float
    days: float
    sales: Decimal


@dataclass(frozen=True, slots=True)
class Bubble:
    """Customers of a segment who are alike: means of days since the last purchase and of sales.

    ``recency`` and ``value`` are ranks from 0 to 100, the most recent and the most valuable at 100.
    """

    segment: str
    customers: int
    days: float
    sales: float
    recency: float
    value: float


@dataclass(frozen=True, slots=True)
class Quadrant:
    """``middle``: medians of days, baskets and sales. ``on``: the day that recency counts from."""

    segments: tuple[Segment, ...]
    bubbles: tuple[Bubble, ...]
    middle: tuple[float, float, float]
    currency: str
    on: date | None
    period: Period | None
    sql: str = ""

    @property
    def customers(self) -> int:
        return sum(segment.customers for segment in self.segments)

    @property
    def sales(self) -> Decimal:
        return sum((segment.sales for segment in self.segments), Decimal(0))


def quadrant(
    pinned: Pinned, scope: Scope, within: Scope | None = None, period: Period | None = None
) -> Quadrant:
    """Segments of the customers who bought in the period; raise SeveralCurrencies."""
    held = buyers(pinned, scope, within, period)
    if held is None:
        return Quadrant((), (), (0.0, 0.0, 0.0), "", None, period)
    found, shown = held.fetch(_PLACED + _GROUPS), held.shown(_PLACED + _GROUPS)
    if not found:
        return Quadrant((), (), (0.0, 0.0, 0.0), held.currency, held.on, period, shown)
    middle = (float(found[0][9]), float(found[0][10]), float(found[0][11]))
    return Quadrant(_segments(found), _bubbles(found), middle, held.currency, held.on, period, shown)


_PLACED = (
    ",\nmiddle AS (SELECT median(days) AS d, median(baskets) AS b, median(sales) AS s FROM people),\n"
    "placed AS (SELECT days <= d AS recent, baskets >= b AS frequent, sales >= s AS valuable, "
    "days, baskets, sales, "
    "(percent_rank() OVER (ORDER BY days DESC) + cume_dist() OVER (ORDER BY days DESC)) / 2 AS x, "
    "(percent_rank() OVER (ORDER BY sales) + cume_dist() OVER (ORDER BY sales)) / 2 AS y, d, b, s "
    "FROM people, middle)\n"
)
_GROUPS = (
    "SELECT recent, frequent, valuable, count(*) AS customers, sum(baskets) AS baskets, sum(days) AS days, "  # noqa: S608  # only a constant is written in
    "sum(sales) AS sales, avg(x) * 100 AS recency, avg(y) * 100 AS worth, "
    "any_value(d), any_value(b), any_value(s) "
    f"FROM placed GROUP BY recent, frequent, valuable, floor(x * {STEPS}), floor(y * {STEPS}) ORDER BY ALL"
)


def _segments(found: list[tuple]) -> tuple[Segment, ...]:  # type: ignore[type-arg]  # rows of a statement
    out = []
    for key, name in SEGMENTS.items():
        rows = [row for row in found if tuple(row[:3]) == key]
        people = sum(row[3] for row in rows)
        if people:
            baskets, days = sum(row[4] for row in rows), sum(row[5] for row in rows)
            sales = sum((Decimal(row[6]) for row in rows), Decimal(0))
            out.append(Segment(name, people, float(baskets) / people, float(days) / people, sales))
    return tuple(out)


def _bubbles(found: list[tuple]) -> tuple[Bubble, ...]:  # type: ignore[type-arg]  # rows of a statement
    return tuple(
        Bubble(
            segment=SEGMENTS[tuple(row[:3])],
            customers=row[3],
            days=float(row[5]) / row[3],
            sales=float(row[6]) / row[3],
            recency=row[7],
            value=row[8],
        )
        for row in found
    )
