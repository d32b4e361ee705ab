"""Recency, frequency and money of each customer, from 1 to 5 (RFM; Hughes, Strategic Database Marketing).

A score is one plus the number of whole fifths of the customers who lie strictly below: who bought longer
ago, less often, for less. Customers with the same value share a score, the lower one where a fifth would
divide them; so a score can stay empty where many are alike, and nobody is placed by chance.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from remit.core.period import Period
from remit.core.scope import Scope

from .buyers import buyers
from .pinned import Pinned

SCORES = (5, 4, 3, 2, 1)

_SCORED = (
    ",\nscored AS (SELECT *, "
    "1 + 5 * (rank() OVER (ORDER BY days DESC) - 1) // count(*) OVER () AS recency, "
    "1 + 5 * (rank() OVER (ORDER BY baskets) - 1) // count(*) OVER () AS frequency, "
    "1 + 5 * (rank() OVER (ORDER BY sales) - 1) // count(*) OVER () AS money FROM people)\n"
)
_GROUPS = (
    "SELECT recency, frequency, money, count(*), sum(sales), min(days), max(days), min(baskets), "
    "max(baskets), min(sales), max(sales) FROM scored GROUP BY 1, 2, 3 ORDER BY ALL"
)


@dataclass(frozen=True, slots=True)
class Part:
    """Customers who are alike in the scores asked for, and what they spent."""

    customers: int
    sales: Decimal


@dataclass(frozen=True, slots=True)
class Band:
    """A score of one measure: its customers, and the least and greatest value among them."""

    score: int
    part: Part
    low: Any
    high: Any


@dataclass(frozen=True, slots=True)
class Rfm:
    """Groups by the three scores. ``on``: the day that recency counts from.

    ``groups``: (recency, frequency, money, customers, sales, least and greatest days, baskets, sales).
    """

    groups: tuple[tuple[Any, ...], ...]
    currency: str
    on: date | None
    period: Period | None
    sql: str = ""

    def part(
        self, recency: int | None = None, frequency: int | None = None, money: int | None = None
    ) -> Part:
        """The customers with these scores; any where a score is not given."""
        wanted = (recency, frequency, money)
        return _sum(row for row in self.groups if _fits(row, wanted))

    def bands(self, measure: int) -> list[Band]:
        """The scores of recency (0), frequency (1) or money (2), the best first; empty ones are left out."""
        found = []
        for score in SCORES:
            rows = [row for row in self.groups if row[measure] == score]
            low, high = 5 + 2 * measure, 6 + 2 * measure
            if rows:
                ends = min(row[low] for row in rows), max(row[high] for row in rows)
                found.append(Band(score, _sum(rows), *ends))
        return found


@dataclass(frozen=True, slots=True)
class Member:
    """One customer with scores. ``days`` since the last purchase."""

    customer: int
    days: int
    baskets: int
    sales: Decimal
    recency: int
    frequency: int
    money: int


def rfm(pinned: Pinned, scope: Scope, within: Scope | None = None, period: Period | None = None) -> Rfm:
    """Scores of the customers who bought in the period; raise SeveralCurrencies."""
    held = buyers(pinned, scope, within, period)
    if held is None:
        return Rfm((), "", None, period)
    rows = held.fetch(_SCORED + _GROUPS)
    return Rfm(tuple(rows), held.currency, held.on, period, held.shown(_SCORED + _GROUPS))


def members(
    pinned: Pinned,
    scope: Scope,
    within: Scope | None = None,
    period: Period | None = None,
    *,
    scores: tuple[int | None, int | None, int | None] = (None, None, None),
    limit: int,
    offset: int = 0,
) -> list[Member]:
    """Customers with these scores (recency, frequency, money; None: any), who spent most first."""
    held = buyers(pinned, scope, within, period)
    if held is None:
        return []
    names = ("recency", "frequency", "money")
    chosen = [f"{name} = {int(score)}" for name, score in zip(names, scores, strict=True) if score]
    rows = held.fetch(
        f"{_SCORED}SELECT customer_id, days, baskets, sales, recency, frequency, money FROM scored "  # noqa: S608  # only numbers are written in
        f"WHERE {' AND '.join(chosen) or 'true'} ORDER BY sales DESC, customer_id "
        f"LIMIT {int(limit)} OFFSET {int(offset)}"
    )
    return [Member(*row) for row in rows]


def _fits(row: tuple[Any, ...], wanted: tuple[int | None, ...]) -> bool:
    return all(score is None or row[place] == score for place, score in enumerate(wanted))


def _sum(rows: Iterable[tuple[Any, ...]]) -> Part:
    held = list(rows)
    return Part(sum(row[3] for row in held), sum((Decimal(row[4]) for row in held), Decimal(0)))
