"""Customers who bought in a period: how long ago, how often, for how much. RFM and quadrant rest on it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

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


class SeveralCurrencies(CannotAnswer):
    """Customers of different currencies cannot be ranked by value together."""


@dataclass(frozen=True, slots=True)
class Buyers:
    """A statement to ask further: ``people`` has customer_id, days, baskets and sales, one row a customer.

    ``days`` are those since the last purchase, counted from the day ``on``.
    """

    pinned: Pinned
    currency: str
    on: date
    table: str
    people: str

    def fetch(self, rest: str) -> list[tuple[Any, ...]]:
        """Run a statement over ``people``: further parts of its WITH first, each after a comma."""
        lines = f"FROM ({self.pinned.source(self.table)})"
        return self.pinned.fetch((self.people + rest).replace("FROM lines", lines))

    def shown(self, rest: str) -> str:
        """The same statement for people to read."""
        return (self.people + rest).replace("FROM lines", f'FROM "{self.table}"')


def buyers(pinned: Pinned, scope: Scope, within: Scope | None, period: Period | None) -> Buyers | None:
    """None where no sales are seen. Raise SeveralCurrencies: amounts of one currency only are ranked."""
    seen = overlapping(visible(pinned.extents(FACT), scope, within), period)
    if not seen:
        return None
    currencies = sorted({one.currency for one in seen if one.currency})
    if len(currencies) > 1:
        raise SeveralCurrencies(f"Amounts are in {', '.join(currencies)}: choose a unit with one currency.")
    last = max(one.last for one in seen)
    on = min(period.last, last) if period else last
    is_summed = pinned.is_current(BASKETS)
    amount = BASKETS.measures[Leaf(FACT, Sum("net_sales"))][0] if is_summed else "net_sales"
    days = f"AND sold_on BETWEEN {literal(period.first)} AND {literal(period.last)} " if period else ""
    people = (
        f"WITH people AS (SELECT customer_id, date_diff('day', max(sold_on), {literal(on)}) AS days, "
        f"count(DISTINCT (unit_id, order_code)) AS baskets, sum({amount}) AS sales\n"
        f"FROM lines WHERE customer_id IS NOT NULL {days}AND {scope_sql(FACT, scope)} "
        f"AND {scope_sql(FACT, within)} GROUP BY 1)"
    )
    return Buyers(
        pinned, currencies[0] if currencies else "", on, BASKETS.name if is_summed else FACT, people
    )
