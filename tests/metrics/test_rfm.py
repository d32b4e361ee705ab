"""Scores of recency, frequency and money, against SQL written by hand that counts who lies below."""

import random
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from remit.core.period import Period, parse_period
from remit.core.scope import Scope
from remit.lake.store import Lake
from remit.metrics.engine.buyers import SeveralCurrencies
from remit.metrics.engine.pinned import Pinned
from remit.metrics.engine.reader import reader_of
from remit.metrics.engine.rfm import SCORES, Member, Part, Rfm, members, rfm
from remit.metrics.engine.rollup_build import refresh_all

from .small import BOTH, EAST, JOURNEY, TAFENG, put, small_lake

SPRING = parse_period("2017-03")

# Each customer beside all others, one score after the other: slow, and nothing shared with the engine.
BY_HAND = """
WITH bought AS (
    SELECT customer_id, sold_on, unit_id || '/' || order_code AS basket, net_sales
    FROM ({lines}) WHERE customer_id IS NOT NULL AND {seen}
), p AS (
    SELECT customer_id, CAST('{on}' AS date) - max(sold_on) AS days, count(DISTINCT basket) AS baskets,
           sum(net_sales) AS sales
    FROM bought GROUP BY customer_id
)
SELECT customer_id, days, baskets, sales,
    1 + floor(5.0 * (SELECT count(*) FROM p AS o WHERE o.days > p.days) / (SELECT count(*) FROM p)),
    1 + floor(5.0 * (SELECT count(*) FROM p AS o WHERE o.baskets < p.baskets) / (SELECT count(*) FROM p)),
    1 + floor(5.0 * (SELECT count(*) FROM p AS o WHERE o.sales < p.sales) / (SELECT count(*) FROM p))
FROM p ORDER BY sales DESC, customer_id
"""


def by_hand(lake: Lake, seen: str, on: str) -> list[Member]:
    statement = BY_HAND.format(lines=lake.snapshot("order_lines").sql(), seen=seen, on=on)
    return [Member(*row[:4], *map(int, row[4:])) for row in duckdb.sql(statement).fetchall()]


def scores(lake: Lake, scope: Scope, **rest: Any) -> Rfm:
    return rfm(Pinned(reader_of(lake)), scope, **rest)


def listed(lake: Lake, scope: Scope, **rest: Any) -> list[Member]:
    return members(Pinned(reader_of(lake)), scope, **({"limit": 10_000} | rest))


@pytest.fixture(params=["facts", "rollup"])
def lake(request: pytest.FixtureRequest, tmp_path: Path) -> Lake:
    made = small_lake(tmp_path / "lake")
    if request.param == "rollup":
        refresh_all(made)
    return made


@pytest.mark.parametrize(
    ("scope", "period", "seen", "on"),
    [
        (JOURNEY, None, "unit_id = 1", "2017-12-31"),
        (TAFENG, None, "unit_id = 2", "2001-02-28"),
        (EAST, None, "outlet_id = 101", "2017-12-31"),
        (JOURNEY, SPRING, "unit_id = 1 AND sold_on BETWEEN '2017-03-01' AND '2017-03-31'", "2017-03-31"),
    ],
    ids=["journey", "tafeng", "east", "spring"],
)
def test_every_customer_has_the_scores_counted_by_hand(
    scope: Scope, period: Period | None, seen: str, on: str, lake: Lake
) -> None:
    expected = by_hand(lake, seen, on)
    assert listed(lake, scope, period=period) == expected
    found = scores(lake, scope, period=period)
    for r in (None, *SCORES):
        for f in (None, *SCORES):
            for m in (None, *SCORES):
                few = [
                    one
                    for one in expected
                    if r in (None, one.recency) and f in (None, one.frequency) and m in (None, one.money)
                ]
                assert found.part(r, f, m) == Part(len(few), sum((one.sales for one in few), Decimal(0)))
                if few:
                    assert listed(lake, scope, period=period, scores=(r, f, m)) == few


def shop(folder: Path, sales: list[tuple[int, date, str, str]]) -> Lake:
    """(customer, day, order, amount)."""
    lake = Lake(str(folder))
    rows = [
        {"import_id": 1, "unit_id": 1, "customer_id": customer, "sold_on": day, "order_code": order,
         "line_code": str(n), "net_sales": Decimal(amount), "currency": "USD"}
        for n, (customer, day, order, amount) in enumerate(sales)
    ]  # fmt: skip
    put(lake, "order_lines", rows, key="shop")
    return lake


@pytest.mark.parametrize("seed", range(4))
def test_scores_of_many_customers_are_those_counted_by_hand(seed: int, tmp_path: Path) -> None:
    dice = random.Random(seed)
    sales = [
        (dice.randrange(1, 180), date(2017, 1, 1) + timedelta(days=dice.randrange(60)),
         f"o{dice.randrange(400)}", str(dice.randrange(-3, 40)))
        for _n in range(600)
    ]  # fmt: skip
    lake = shop(tmp_path, sales)
    last = max(day for _customer, day, _order, _amount in sales)
    assert listed(lake, JOURNEY) == by_hand(lake, "true", str(last))


def test_a_fifth_of_the_customers_has_each_score_where_all_differ(tmp_path: Path) -> None:
    every = [(one, date(2017, 1, one), f"o{one}-{n}", "1") for one in range(1, 11) for n in range(one)]
    found = scores(shop(tmp_path, every), JOURNEY)
    for measure in range(3):
        assert [(band.score, band.part.customers) for band in found.bands(measure)] == [
            (5, 2), (4, 2), (3, 2), (2, 2), (1, 2),
        ]  # fmt: skip
    assert [(band.low, band.high) for band in found.bands(0)] == [(0, 1), (2, 3), (4, 5), (6, 7), (8, 9)]
    assert [(band.low, band.high) for band in found.bands(1)] == [(9, 10), (7, 8), (5, 6), (3, 4), (1, 2)]


def test_customers_who_are_alike_share_the_lower_score(tmp_path: Path) -> None:
    """Seven of ten came once: nobody of them is luckier than the other, and scores 2, 3 and 5 stay empty."""
    often = [(one, date(2017, 1, 1), f"o{one}-{n}", "1") for one in (8, 9, 10) for n in (1, 2)]
    once = [(one, date(2017, 1, 1), f"o{one}", "2") for one in range(1, 8)]
    found = scores(shop(tmp_path, often + once), JOURNEY)
    assert [(band.score, band.part.customers) for band in found.bands(1)] == [(4, 3), (1, 7)]
    assert [(band.score, band.part.customers) for band in found.bands(0)] == [(1, 10)]
    assert [(band.score, band.part.customers) for band in found.bands(2)] == [(1, 10)]


def test_members_come_in_pages(lake: Lake) -> None:
    whole = listed(lake, JOURNEY)
    pages = [listed(lake, JOURNEY, limit=2, offset=start) for start in range(0, len(whole) + 2, 2)]
    assert [one for page in pages for one in page] == whole


def test_a_unit_filter_scores_among_its_own_customers(lake: Lake) -> None:
    assert listed(lake, JOURNEY, within=EAST) == listed(lake, EAST)


def test_several_currencies_are_refused_and_nobody_to_see_is_empty(lake: Lake) -> None:
    with pytest.raises(SeveralCurrencies, match="TWD, USD"):
        scores(lake, BOTH)
    found = scores(lake, Scope())
    assert (found.part(), found.bands(0), listed(lake, Scope())) == (Part(0, Decimal(0)), [], [])
