"""Customers by recency, frequency and value (RFM): above or below the middle in each, eight segments.

The middle is the median of the customers who bought in the period, so that a segment means the same in a
supermarket and in a furniture shop. Amounts are of one currency: several are refused.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from remit.core.period import Period
from remit.core.scope import Scope

from ..catalog.spec import Sum
from .errors import CannotAnswer
from .leaves import Leaf
from .pinned import Pinned, overlapping, visible
from .render import literal
from .rollups import BASKETS
from .values import scope_sql

FACT = "order_lines"
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


class SeveralCurrencies(CannotAnswer):
    """Customers of different currencies cannot be ranked by value together."""


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
    seen = overlapping(visible(pinned.extents(FACT), scope, within), period)
    if not seen:
        return Quadrant((), (), (0.0, 0.0, 0.0), "", None, period)
    currencies = sorted({one.currency for one in seen if one.currency})
    if len(currencies) > 1:
        raise SeveralCurrencies(f"Amounts are in {', '.join(currencies)}: choose a unit with one currency.")
    last = max(one.last for one in seen)
    on = min(period.last, last) if period else last
    is_summed = pinned.is_current(BASKETS)
    name = BASKETS.name if is_summed else FACT
    amount = BASKETS.measures[Leaf(FACT, Sum("net_sales"))][0] if is_summed else "net_sales"
    sql = _people(scope, within, period, on, amount)
    lines = f"({pinned.source(name)})"
    found = pinned.fetch(f"{sql}\n{_GROUPS}".replace("FROM lines", f"FROM {lines}"))
    shown = f"{sql}\n{_GROUPS}".replace("FROM lines", f'FROM "{name}"')
    if not found:
        return Quadrant((), (), (0.0, 0.0, 0.0), currencies[0] if currencies else "", on, period, shown)
    middle = (float(found[0][9]), float(found[0][10]), float(found[0][11]))
    return Quadrant(
        _segments(found), _bubbles(found), middle, currencies[0] if currencies else "", on, period, shown
    )


def _people(scope: Scope, within: Scope | None, period: Period | None, on: date, amount: str) -> str:
    """One row a customer: days since the last purchase, baskets, sales."""
    days = f"AND sold_on BETWEEN {literal(period.first)} AND {literal(period.last)} " if period else ""
    return (
        f"WITH people AS (SELECT customer_id, date_diff('day', max(sold_on), {literal(on)}) AS days, "  # noqa: S608  # literals are escaped
        f"count(DISTINCT (unit_id, order_code)) AS baskets, sum({amount}) AS sales\n"
        f"FROM lines WHERE customer_id IS NOT NULL {days}AND {scope_sql(FACT, scope)} "
        f"AND {scope_sql(FACT, within)} GROUP BY 1),\n"
        "middle AS (SELECT median(days) AS d, median(baskets) AS b, median(sales) AS s FROM people),\n"
        "placed AS (SELECT days <= d AS recent, baskets >= b AS frequent, sales >= s AS valuable, "
        "days, baskets, sales, "
        "(percent_rank() OVER (ORDER BY days DESC) + cume_dist() OVER (ORDER BY days DESC)) / 2 AS x, "
        "(percent_rank() OVER (ORDER BY sales) + cume_dist() OVER (ORDER BY sales)) / 2 AS y, d, b, s "
        "FROM people, middle)"
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
