"""What each household of a company bought and which campaigns reached it, as sums from the lake."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from remit.lake.duck import connect, quoted
from remit.lake.queries import the_lake
from remit.org.models import Unit

from ..measuring import POOL_MAX, REACHED_MAX, Windows

FACTS = ("order_lines", "exposures", "redemptions", "coupons")
FETCHED = (
    "before", "baskets", "earlier", "earlier_baskets", "later", "during", "after", "reached", "kin",
    "of_other_kinds", "others",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Counted:
    """What a campaign did, without any comparison. ``discount``: the company's own, on the goods of redeemed
    coupons; ``coupon_value``: what makers paid for them; none where no coupon says what it is good for.
    """

    reach: int
    redemptions: int
    redeemers: int
    discount: Decimal | None
    coupon_value: Decimal | None


@dataclass(frozen=True, slots=True)
class Households:
    """One entry per household, reached or bought before and reached by no other campaign of the kind.

    Sums of sales in the windows, numbers of baskets; ``others``: contacts by other campaigns of these days.
    ``left_out``: who bought before, but was reached by another of the kind.
    """

    ids: NDArray[np.int64]
    before: NDArray[np.float64]
    baskets: NDArray[np.float64]
    earlier: NDArray[np.float64]
    earlier_baskets: NDArray[np.float64]
    later: NDArray[np.float64]
    during: NDArray[np.float64]
    after: NDArray[np.float64]
    reached: NDArray[np.bool_]
    of_other_kinds: NDArray[np.int64]
    others: NDArray[np.float64]
    left_out: int
    is_drawn: bool


@dataclass(frozen=True)
class Ledger:
    """A company's facts, opened once for all of its campaigns. ``first`` and ``last``: days of its sales."""

    con: duckdb.DuckDBPyConnection
    unit: Unit
    first: date | None
    last: date | None

    def counted(self, campaign_id: int) -> Counted:
        """Distinct customers and rows of one campaign; discounts on redemption days."""
        row = self._one(
            "SELECT (SELECT count(DISTINCT customer_id) FROM contact WHERE campaign_id = $c),"
            " count(*), count(DISTINCT customer_id) FROM redeemed WHERE campaign_id = $c",
            c=campaign_id,
        )
        known = self._one("SELECT count(*) FROM coupon WHERE campaign_id = $c", c=campaign_id)[0]
        given = self._one(DISCOUNT, c=campaign_id) if known else (None, None)
        return Counted(*row, *(None if value is None else Decimal(value) for value in given))

    def sales(self, campaign_id: int, windows: Windows) -> tuple[Decimal, Decimal, Decimal | None]:
        """Net sales of all reached households before, during and after."""
        row = self._one(SALES, c=campaign_id, **_days(windows))
        return row[0], row[1], row[2] if windows.after_on else None

    def households(
        self, campaign_id: int, windows: Windows, kin: Iterable[int], overlapping: Iterable[int]
    ) -> Households:
        """Sums per household; ``kin``: other campaigns of the kind on these days, ``overlapping``: all."""
        values = {"c": campaign_id, "kin": list(kin), "all": list(overlapping), **_days(windows)}
        found: Any = self._run(HOUSEHOLDS, values).fetchnumpy()
        columns = {name: np.ma.filled(found[name], 0) for name in ("customer_id", *FETCHED)}
        reached = columns["reached"].astype(bool)
        bought = columns["baskets"] > 0
        pool = ~reached & bought & (columns["kin"] == 0)
        keep = _drawn(reached, REACHED_MAX) | _drawn(pool, POOL_MAX)
        numbers = {name: columns[name].astype(np.float64)[keep] for name in FETCHED[:7]}
        return Households(
            ids=columns["customer_id"].astype(np.int64)[keep],
            **numbers,
            reached=reached[keep],
            of_other_kinds=(columns["of_other_kinds"] > 0).astype(np.int64)[keep],
            others=columns["others"].astype(np.float64)[keep],
            left_out=int((~reached & bought & (columns["kin"] > 0)).sum()),
            is_drawn=bool(keep.sum() < reached.sum() + pool.sum()),
        )

    def weeks(
        self, windows: Windows, ids: NDArray[np.int64], ones: NDArray[np.float64], others: NDArray[np.float64]
    ) -> list[tuple[int, int, float, float]]:
        """(week from the first day on, its days, sales weighted by ``ones``, and by ``others``)."""
        weights = {"customer_id": ids, "one": ones, "other": others}
        self.con.register("weight", _arrow(weights))
        try:
            return self._run(WEEKS, _days(windows)).fetchall()
        finally:
            self.con.unregister("weight")

    def _run(self, sql: str, values: dict[str, Any]) -> duckdb.DuckDBPyConnection:
        """With those of the values that the statement names: DuckDB refuses others."""
        named = {name: value for name, value in values.items() if f"${name}" in sql}
        return self.con.execute(sql, named)

    def _one(self, sql: str, **values: Any) -> tuple[Any, ...]:
        row = self._run(sql, values).fetchone()
        assert row is not None  # an aggregate always answers with one row
        return row


@contextmanager
def ledger_of(unit: Unit) -> Iterator[Ledger]:
    """Read a company's sales of known customers by household and day, in the currency of its books."""
    with TemporaryDirectory(prefix="remit-effect-") as spill, connect(spill=Path(spill)) as con:
        lake = the_lake()
        for name in FACTS:
            con.execute(f"CREATE VIEW {name} AS {lake.snapshot(name).sql()}")
        con.execute(OPENED.format(unit=int(unit.pk), currency=quoted(unit.currency)))
        extent = con.execute("SELECT min(day), max(day) FROM daily").fetchone()
        assert extent is not None  # an aggregate always answers with one row
        yield Ledger(con, unit, *extent)


def versions_of_facts() -> str:
    """Which data an estimate read: equal text, equal data."""
    lake = the_lake()
    return ",".join(f"{name}@{lake.snapshot(name).version}" for name in FACTS)


def _days(windows: Windows) -> dict[str, date]:
    return {
        "before_on": windows.before_on, "later_on": windows.later_on, "starts_on": windows.starts_on,
        "ends_on": windows.ends_on, "last_on": windows.last_on,
    }  # fmt: skip


def _drawn(flags: NDArray[np.bool_], most: int) -> NDArray[np.bool_]:
    """All that are flagged, or an even draw of them by their place in the order of ids."""
    rows = np.flatnonzero(flags)
    if rows.size > most:
        rows = rows[np.linspace(0, rows.size - 1, most).astype(np.int64)]
    kept = np.zeros(flags.size, dtype=bool)
    kept[rows] = True
    return kept


def _arrow(columns: dict[str, Any]) -> Any:
    import pyarrow as pa

    return pa.table(columns)


OPENED = """
CREATE TEMP TABLE daily AS
    SELECT customer_id, sold_on AS day, sum(net_sales) AS sales, count(DISTINCT order_code) AS baskets
    FROM order_lines WHERE unit_id = {unit} AND currency = {currency} AND customer_id IS NOT NULL
    GROUP BY ALL;
CREATE TEMP TABLE contact AS
    SELECT DISTINCT campaign_id, customer_id FROM exposures WHERE unit_id = {unit};
CREATE TEMP TABLE redeemed AS
    SELECT campaign_id, customer_id, coupon_code, redeemed_on FROM redemptions WHERE unit_id = {unit};
CREATE TEMP TABLE coupon AS
    SELECT DISTINCT campaign_id, coupon_code, product_id FROM coupons WHERE unit_id = {unit};
CREATE TEMP TABLE reduced AS
    SELECT customer_id, product_id, sold_on, sum(discount) AS discount, sum(coupon_value) AS coupon_value
    FROM order_lines WHERE unit_id = {unit} AND currency = {currency}
        AND (discount <> 0 OR coupon_value <> 0)
        AND customer_id IN (SELECT customer_id FROM redeemed) GROUP BY ALL;
"""
DISCOUNT = """
SELECT coalesce(sum(r.discount), 0), coalesce(sum(r.coupon_value), 0) FROM reduced r JOIN (
    SELECT DISTINCT customer_id, product_id, redeemed_on FROM redeemed d
    JOIN coupon k ON k.campaign_id = d.campaign_id AND k.coupon_code = d.coupon_code
    WHERE d.campaign_id = $c
) d ON d.customer_id = r.customer_id AND d.product_id = r.product_id AND d.redeemed_on = r.sold_on
"""
SALES = """
SELECT coalesce(sum(sales) FILTER (day < $starts_on), 0),
    coalesce(sum(sales) FILTER (day BETWEEN $starts_on AND $ends_on), 0),
    coalesce(sum(sales) FILTER (day > $ends_on), 0)
FROM daily JOIN contact USING (customer_id)
WHERE campaign_id = $c AND day BETWEEN $before_on AND $last_on
"""
HOUSEHOLDS = """
WITH sums AS (
    SELECT customer_id,
        sum(sales) FILTER (day < $starts_on) AS before,
        sum(baskets) FILTER (day < $starts_on) AS baskets,
        sum(sales) FILTER (day < $later_on) AS earlier,
        sum(baskets) FILTER (day < $later_on) AS earlier_baskets,
        sum(sales) FILTER (day >= $later_on AND day < $starts_on) AS later,
        sum(sales) FILTER (day BETWEEN $starts_on AND $ends_on) AS during,
        sum(sales) FILTER (day > $ends_on) AS after
    FROM daily WHERE day BETWEEN $before_on AND $last_on GROUP BY 1
), own AS (
    SELECT customer_id, true AS reached FROM contact WHERE campaign_id = $c
), other AS (
    SELECT customer_id, count(*) AS others,
        count(*) FILTER (list_contains($kin, campaign_id)) AS kin
    FROM contact WHERE list_contains($all, campaign_id) GROUP BY 1
)
SELECT customer_id, coalesce(before, 0)::DOUBLE AS before, coalesce(baskets, 0) AS baskets,
    coalesce(earlier, 0)::DOUBLE AS earlier, coalesce(earlier_baskets, 0) AS earlier_baskets,
    coalesce(later, 0)::DOUBLE AS later, coalesce(during, 0)::DOUBLE AS during,
    coalesce(after, 0)::DOUBLE AS after, coalesce(reached, false) AS reached, coalesce(kin, 0) AS kin,
    coalesce(others, 0) - coalesce(kin, 0) AS of_other_kinds, coalesce(others, 0) AS others
FROM sums FULL JOIN own USING (customer_id) LEFT JOIN other USING (customer_id)
ORDER BY customer_id
"""
WEEKS = """
SELECT floor((day - $starts_on) / 7)::INTEGER AS week,
    (least(($starts_on + week * 7 + 6)::DATE, $last_on)
        - greatest(($starts_on + week * 7)::DATE, $before_on))::INTEGER + 1,
    sum(sales * one)::DOUBLE, sum(sales * other)::DOUBLE
FROM daily JOIN weight USING (customer_id)
WHERE day BETWEEN $before_on AND $last_on
GROUP BY 1 ORDER BY 1
"""
