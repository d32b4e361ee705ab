"""Cohorts and the quadrant of customers, against plain Python over the same rows."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from statistics import median

import pytest

from remit.core.period import add_months, parse_period
from remit.core.scope import Scope
from remit.lake.store import Lake
from remit.metrics.engine.buyers import SeveralCurrencies
from remit.metrics.engine.cohorts import Cell, cohorts
from remit.metrics.engine.pinned import Pinned
from remit.metrics.engine.quadrant import SEGMENTS, quadrant
from remit.metrics.engine.reader import reader_of
from remit.metrics.engine.rollup_build import refresh_all

from .small import BOTH, EAST, JOURNEY, TAFENG, small_lake

Row = tuple[int, int | None, int, date, Decimal, str]


def lines(lake: Lake, scope: Scope) -> list[Row]:
    found = Pinned(reader_of(lake)).fetch(
        "SELECT unit_id, outlet_id, customer_id, sold_on, net_sales, order_code "
        f"FROM ({lake.snapshot('order_lines').sql()}) WHERE customer_id IS NOT NULL"
    )
    return [row for row in found if row[0] in scope.companies or row[1] in scope.outlets]


@pytest.fixture(params=["facts", "rollup"])
def lake(request: pytest.FixtureRequest, tmp_path: Path) -> Lake:
    made = small_lake(tmp_path / "lake")
    if request.param == "rollup":
        refresh_all(made)
    return made


@pytest.mark.parametrize("scope", [JOURNEY, TAFENG, BOTH, EAST], ids=["journey", "tafeng", "both", "east"])
def test_a_cell_counts_who_came_back_in_a_month_that_is_over(scope: Scope, lake: Lake) -> None:
    rows = lines(lake, scope)
    months: dict[int, set[date]] = defaultdict(set)
    company, fresh = {}, defaultdict(lambda: date.min)
    for unit, _outlet, customer, day, _net, _order in rows:
        months[customer].add(day.replace(day=1))
        company[customer] = unit
        fresh[unit] = max(fresh[unit], day)
    # The freshest day counts anonymous sales too, which only the whole company sees.
    found = cohorts(Pinned(reader_of(lake)), scope, months=4)
    for row in found.rows:
        people = [one for one, seen in months.items() if min(seen) == row.month]
        assert row.people == len(people)
        for later, cell in enumerate(row.cells, start=1):
            month = add_months(row.month, later)
            whole = [one for one in people if add_months(month, 1) <= _after(fresh[company[one]])]
            back = sum(month in months[one] for one in whole)
            assert cell == (Cell(back, len(whole)) if whole else None), (row.month, later)
    assert sum(row.people for row in found.rows) == len(months)


def _after(day: date) -> date:
    return day + timedelta(days=1)


def test_the_quadrant_places_every_customer_once(lake: Lake) -> None:
    rows = lines(lake, JOURNEY)
    last: dict[int, date] = {}
    orders: dict[int, set[str]] = defaultdict(set)
    sales: dict[int, Decimal] = defaultdict(Decimal)
    for _unit, _outlet, customer, day, net, order in rows:
        last[customer] = max(day, last.get(customer, day))
        orders[customer].add(order)
        sales[customer] += net
    on = date(2017, 12, 31)
    days = {one: (on - day).days for one, day in last.items()}
    middle = (median(days.values()), median(len(o) for o in orders.values()), median(sales.values()))
    expected: dict[str, list[int]] = defaultdict(list)
    for one in last:
        key = (days[one] <= middle[0], len(orders[one]) >= middle[1], sales[one] >= middle[2])
        expected[SEGMENTS[key]].append(one)
    found = quadrant(Pinned(reader_of(lake)), JOURNEY)
    assert found.on == on
    assert {s.name: s.customers for s in found.segments} == {k: len(v) for k, v in expected.items()}
    assert {s.name: s.sales for s in found.segments} == {
        k: sum(sales[o] for o in v) for k, v in expected.items()
    }
    assert found.middle == pytest.approx(tuple(map(float, middle)))
    assert sum(bubble.customers for bubble in found.bubbles) == found.customers == len(last)


def test_customers_of_several_currencies_are_not_ranked_together(lake: Lake) -> None:
    with pytest.raises(SeveralCurrencies):
        quadrant(Pinned(reader_of(lake)), BOTH)
    assert quadrant(Pinned(reader_of(lake)), BOTH, period=parse_period("2017")).currency == "USD"
    assert quadrant(Pinned(reader_of(lake)), Scope()).segments == ()
