"""Cohorts: the same as a slow and plain count, from facts and from pre-aggregates, within the scope."""

import random
from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from remit.core.period import Period, add_months
from remit.core.scope import Scope
from remit.lake.store import Lake
from remit.metrics.engine.buyers import SeveralCurrencies
from remit.metrics.engine.cohorts import Cell, Cohorts, cohorts
from remit.metrics.engine.pinned import Pinned
from remit.metrics.engine.quadrant import SEGMENTS, quadrant
from remit.metrics.engine.reader import reader_of
from remit.metrics.engine.rollup_build import refresh_all

from .small import BOTH, EAST, JOURNEY, TAFENG, put, small_lake

MONTHS = 12


def asked(lake: Lake, scope: Scope, **rest: Any) -> Cohorts:
    return cohorts(Pinned(reader_of(lake)), scope, **rest)


def lines(seed: int, people: int = 12, count: int = 160) -> list[dict[str, Any]]:
    """Sales of two outlets over eight months, and some of another company that ends earlier."""
    dice = random.Random(seed)
    rows = []
    for n in range(count):
        company = 1 if dice.random() < 0.8 else 2
        last = 240 if company == 1 else 150
        person = dice.randrange(people) + (0 if company == 1 else 100)
        rows.append(
            {
                "import_id": 1,
                "unit_id": company,
                "outlet_id": dice.choice((101, 102)) if company == 1 else None,
                "customer_id": person or None,
                "order_code": f"o{dice.randrange(60)}",
                "line_code": str(n),
                "sold_on": date(2017, 1, 1) + timedelta(days=dice.randrange(last)),
                "net_sales": Decimal(dice.randrange(-200, 900)) / 100,
                "currency": "USD" if company == 1 else "TWD",
            }
        )
    return rows


def month(day: date) -> date:
    return day.replace(day=1)


def plainly(rows: list[dict[str, Any]], period: Period | None = None) -> dict[date, list[Cell | None]]:
    """The definition, read aloud: one customer after the other, one month after the other."""
    visits: dict[int, set[date]] = defaultdict(set)
    company_of: dict[int, int] = {}
    ends: dict[int, date] = {}
    for row in rows:
        ends[row["unit_id"]] = max(row["sold_on"], ends.get(row["unit_id"], row["sold_on"]))
        if row["customer_id"] is not None:
            visits[row["customer_id"]].add(month(row["sold_on"]))
            company_of[row["customer_id"]] = row["unit_id"]
    found: dict[date, list[Cell | None]] = {}
    for first in sorted({min(months) for months in visits.values()}):
        if period and not period.first <= first <= period.last:
            continue
        people = [person for person, months in visits.items() if min(months) == first]
        cells: list[Cell | None] = []
        for later in range(1, MONTHS + 1):
            then = add_months(first, later)
            over = add_months(then, 1) - timedelta(days=1)
            whole = [person for person in people if ends[company_of[person]] >= over]
            back = [person for person in whole if then in visits[person]]
            cells.append(Cell(len(back), len(whole)) if whole else None)
        found[first] = cells
    return found


@pytest.mark.parametrize("seed", range(6))
def test_cohorts_equal_a_slow_and_plain_count(tmp_path: Path, seed: int) -> None:
    lake, rows = Lake(str(tmp_path)), lines(seed)
    put(lake, "order_lines", rows, key="x")
    found = asked(lake, BOTH)
    assert {row.month: list(row.cells) for row in found.rows} == plainly(rows)


@pytest.mark.parametrize("scope", [BOTH, JOURNEY, TAFENG, EAST, Scope(), Scope(outlets=frozenset({102}))])
def test_cohorts_from_pre_aggregates_are_the_same(tmp_path: Path, scope: Scope) -> None:
    lake = Lake(str(tmp_path))
    put(lake, "order_lines", lines(7), key="x")
    before = asked(lake, scope).rows
    refresh_all(lake)
    after = asked(lake, scope)
    assert (after.rows, "order_lines__basket" in after.sql) == (before, bool(before))


def test_a_region_counts_only_what_happened_in_its_outlets(tmp_path: Path) -> None:
    lake, rows = Lake(str(tmp_path)), lines(3)
    put(lake, "order_lines", rows, key="x")
    east = [row for row in rows if row["outlet_id"] == 101]
    assert {row.month: list(row.cells) for row in asked(lake, EAST).rows} == plainly(east)


def test_a_period_chooses_cohorts_by_their_first_month(tmp_path: Path) -> None:
    lake, rows = Lake(str(tmp_path)), lines(4)
    put(lake, "order_lines", rows, key="x")
    spring = Period(date(2017, 3, 1), date(2017, 5, 31))
    found = asked(lake, JOURNEY, period=spring)
    own = [row for row in rows if row["unit_id"] == 1]
    assert {row.month: list(row.cells) for row in found.rows} == plainly(own, spring)


def test_the_average_adds_people_not_percentages(small: Lake) -> None:
    found = asked(small, JOURNEY)
    cells = [row.cells[0] for row in found.rows if row.cells[0]]
    assert found.average(1) == Cell(sum(c.returned for c in cells), sum(c.people for c in cells))


def test_nothing_to_see_is_no_cohort_and_no_average(small: Lake) -> None:
    found = asked(small, Scope())
    assert (found.rows, found.average(1), found.last) == ((), None, None)


# -- quadrant ---------------------------------------------------------------------------------


def median(values: list[Any]) -> Decimal:
    ordered = sorted(map(Decimal, values))
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def ranked(rows: list[dict[str, Any]], on: date) -> dict[str, tuple[int, Decimal]]:
    """Customers and sales by segment, customer after customer."""
    people: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        if row["customer_id"] is not None:
            people[row["customer_id"]].append(row)
    facts = {
        person: (
            (on - max(row["sold_on"] for row in own)).days,
            len({row["order_code"] for row in own}),
            sum((row["net_sales"] for row in own), Decimal(0)),
        )
        for person, own in people.items()
    }
    days, baskets, sales = (median([fact[place] for fact in facts.values()]) for place in range(3))
    found: dict[str, tuple[int, Decimal]] = {}
    for d, b, s in facts.values():
        name = SEGMENTS[d <= days, b >= baskets, s >= sales]
        count, total = found.get(name, (0, Decimal(0)))
        found[name] = (count + 1, total + s)
    return found


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("is_summed", [False, True])
def test_segments_equal_a_slow_and_plain_ranking(tmp_path: Path, seed: int, is_summed: bool) -> None:
    lake, rows = Lake(str(tmp_path)), lines(seed)
    put(lake, "order_lines", rows, key="x")
    if is_summed:
        refresh_all(lake)
    found = quadrant(Pinned(reader_of(lake)), JOURNEY)
    own = [row for row in rows if row["unit_id"] == 1]
    assert {s.name: (s.customers, s.sales) for s in found.segments} == ranked(
        own, max(r["sold_on"] for r in own)
    )
    assert sum(bubble.customers for bubble in found.bubbles) == found.customers


def test_the_quadrant_of_a_period_forgets_what_lies_outside(tmp_path: Path) -> None:
    lake, rows = Lake(str(tmp_path)), lines(5)
    put(lake, "order_lines", rows, key="x")
    spring = Period(date(2017, 3, 1), date(2017, 5, 31))
    found = quadrant(Pinned(reader_of(lake)), JOURNEY, None, spring)
    own = [row for row in rows if row["unit_id"] == 1 and spring.first <= row["sold_on"] <= spring.last]
    assert {s.name: (s.customers, s.sales) for s in found.segments} == ranked(own, spring.last)


def test_customers_of_two_currencies_are_refused(small: Lake) -> None:
    with pytest.raises(SeveralCurrencies):
        quadrant(Pinned(reader_of(small)), BOTH)


def test_nobody_to_see_is_an_empty_quadrant(tmp_path: Path) -> None:
    lake = small_lake(tmp_path)
    found = quadrant(Pinned(reader_of(lake)), Scope())
    assert (found.segments, found.bubbles, found.customers, found.sales) == ((), (), 0, Decimal(0))
