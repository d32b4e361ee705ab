"""Pre-aggregates: never the truth, always the same figures."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from remit.core.period import Period, parse_period
from remit.core.scope import Scope
from remit.lake.store import Lake
from remit.metrics.catalog.shipped import SHIPPED
from remit.metrics.engine.answer import Answer
from remit.metrics.engine.ask import answer
from remit.metrics.engine.pinned import Pinned
from remit.metrics.engine.question import Condition, Question
from remit.metrics.engine.reader import reader_of
from remit.metrics.engine.rollup_build import Refreshed, refresh_all
from remit.metrics.engine.rollups import BASKETS, DAYS

from .small import BOTH, EAST, EVERYTHING, JOURNEY, put, small_lake

SPLITS: Sequence[dict[str, Any]] = (
    {},
    {"by": ("month",)},
    {"by": ("company",), "period": parse_period("2017-Q1")},
    {"by": ("department",)},
    {"by": ("region", "weekday")},
    {"where": (Condition("age_group", ("25-34",)),)},
    {"where": (Condition("brand", ("Private",)),), "by": ("week",)},
    {"by": ("month",), "period": parse_period("2017"), "compare": "previous"},
)
ON_LINES = tuple(sorted(name for name, metric in SHIPPED.items() if metric.table == "order_lines"))
ABOUT_PEOPLE = ("new_", "repurchase", "retention", "active", "returning")
OF_ROWS = tuple(name for name in ON_LINES if not name.startswith(ABOUT_PEOPLE))


def ask(lake: Lake, *metrics: str, scope: Scope = JOURNEY, **rest: Any) -> Answer:
    return answer([Question(metrics, scope, **rest)], lake, SHIPPED, remember=False)[0]


@pytest.fixture(scope="module")
def summed(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    lake = small_lake(tmp_path_factory.mktemp("summed"))
    refresh_all(lake)
    return lake


@pytest.mark.parametrize("scope", [BOTH, EAST], ids=["both", "east"])
@pytest.mark.parametrize("rest", SPLITS, ids=str)
def test_a_rollup_gives_the_same_figures_as_the_facts(
    rest: dict[str, Any], scope: Scope, small: Lake, summed: Lake
) -> None:
    metrics = OF_ROWS if "weekday" in rest.get("by", ()) else ON_LINES
    assert ask(summed, *metrics, scope=scope, **rest).rows == ask(small, *metrics, scope=scope, **rest).rows


def test_the_coarsest_rollup_that_can_answer_is_read(summed: Lake) -> None:
    def source(metric: str, **rest: Any) -> str:
        (sql,) = ask(summed, metric, **rest).sql
        return next(name for name in (DAYS.name, BASKETS.name, "order_lines") if f'"{name}"' in sql)

    assert source("net_sales", by=("department",)) == DAYS.name
    assert source("net_sales", by=("age_group",)) == BASKETS.name
    assert source("baskets") == BASKETS.name
    assert source("repurchase_rate_30") == BASKETS.name
    assert source("net_sales", by=("hour",)) == BASKETS.name
    assert source("net_sales", by=("category",)) == "order_lines"
    assert source("products_sold") == "order_lines"


def test_a_rollup_of_older_facts_is_not_used(tmp_path: Path) -> None:
    lake = small_lake(tmp_path / "lake")
    refresh_all(lake)
    assert DAYS.name in ask(lake, "net_sales").sql[0]
    put(lake, "order_lines", [line("x", date(2017, 3, 3))], key="later")
    found = ask(lake, "lines")
    assert DAYS.name not in found.sql[0]
    assert found.rows == [(23,)]


def test_only_the_days_that_changed_are_summed_up_again(tmp_path: Path) -> None:
    lake, plain = small_lake(tmp_path / "lake"), small_lake(tmp_path / "plain")
    refresh_all(lake)
    for one in (lake, plain):
        put(one, "order_lines", [line("x", date(2017, 3, 1)), line("y", date(2017, 3, 12))], key="later")
    days = Period(date(2017, 3, 1), date(2017, 3, 12))
    assert refresh_all(lake) == [Refreshed(DAYS.name, "part", days), Refreshed(BASKETS.name, "part", days)]
    _same_everywhere(lake, plain)
    assert [found.done for found in refresh_all(lake)] == ["current", "current"]


def test_a_changed_product_makes_its_rollup_anew_and_a_new_one_does_not(tmp_path: Path) -> None:
    lake = small_lake(tmp_path / "lake")
    refresh_all(lake)
    always = {"valid_from": date(1, 1, 1), "valid_to": date(9999, 12, 31)}
    put(lake, "products", [{"id": 99, "code": "p99", "unit_id": 1, "department": "NEW", **always}], key="new")
    put(lake, "order_lines", [line("x", date(2017, 3, 1), product=99)], key="later")
    day = Period(date(2017, 3, 1), date(2017, 3, 1))
    assert refresh_all(lake)[0] == Refreshed(DAYS.name, "part", day)
    assert dict(ask(lake, "lines", by=("department",)).rows)["NEW"] == 1
    snapshot = lake.snapshot("products")
    renamed = Pinned(reader_of(lake)).fetch(f"SELECT * FROM ({snapshot.sql()})")
    names = [column.name for column in snapshot.table.columns]
    rows = [dict(zip(names, row, strict=True)) for row in renamed]
    for row in rows:
        row["department"] = "FRESH" if row["department"] == "PRODUCE" else row["department"]
    _replaced(lake, "products", rows)
    assert [found.done for found in refresh_all(lake)] == ["whole", "current"]
    assert "FRESH" in dict(ask(lake, "lines", by=("department",)).rows)


def test_an_undone_import_leaves_the_rollup_too(tmp_path: Path) -> None:
    lake, plain = small_lake(tmp_path / "lake"), small_lake(tmp_path / "plain")
    put(lake, "order_lines", [line("x", date(2017, 3, 1), import_id=7)], key="later")
    refresh_all(lake)
    lake.delete("order_lines", 7)
    refresh_all(lake)
    _same_everywhere(lake, plain)


DAY = st.integers(0, 400).map(lambda n: date(2017, 1, 1) + timedelta(days=n))
LINE = st.builds(
    lambda order, day, product, customer, outlet, amount: line(
        f"o{order}", day, product=product, customer=customer, outlet=outlet, amount=amount
    ),
    st.integers(0, 4),
    DAY,
    st.sampled_from([1, 2, 3, None]),
    st.sampled_from([1, 2, 3, None]),
    st.sampled_from([101, 102, None]),
    st.decimals(-5, 50, places=2),
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=st.lists(LINE, min_size=1, max_size=8), then=st.lists(LINE, min_size=1, max_size=4))
def test_whatever_is_imported_the_rollup_follows(
    tmp_path_factory: pytest.TempPathFactory, first: list[dict[str, Any]], then: list[dict[str, Any]]
) -> None:
    lake, plain = (small_lake(tmp_path_factory.mktemp("any")) for _ in range(2))
    for key, rows in (("first", first), ("then", then)):
        for one in (lake, plain):
            put(one, "order_lines", rows, key=key)
        refresh_all(lake)
        _same_everywhere(lake, plain)


def line(
    order: str,
    day: date,
    *,
    product: int | None = 1,
    customer: int | None = 1,
    outlet: int | None = 101,
    amount: Decimal = Decimal("2.50"),
    import_id: int = 2,
) -> dict[str, Any]:
    return {
        "import_id": import_id, "unit_id": 1, "outlet_id": outlet, "customer_id": customer,
        "product_id": product, "order_code": order, "line_code": "1", "sold_on": day,
        "quantity": Decimal(1), "sold_by": "piece",
        "net_sales": amount, "discount": Decimal(0), "currency": "USD",
    }  # fmt: skip


def _same_everywhere(lake: Lake, plain: Lake) -> None:
    for metrics, by in (
        (("net_sales", "lines", "units", "discount_rate", "own_brand_share"), ("month", "department")),
        (("baskets", "buyers", "selling_outlets", "net_sales"), ("region",)),
        (("new_buyers", "repurchase_rate_30", "active_customers"), ("month",)),
    ):
        questions = [Question(metrics, EVERYTHING, by=by)]
        one, other = (answer(questions, each, SHIPPED, remember=False)[0] for each in (lake, plain))
        assert one.rows == other.rows
        assert one.freshness[0].last == other.freshness[0].last
        assert any(DAYS.name in sql or BASKETS.name in sql for sql in one.sql)


def _replaced(lake: Lake, name: str, rows: list[dict[str, Any]]) -> None:
    import pyarrow as pa

    snapshot = lake.snapshot(name)
    schema = pa.schema([pa.field(c.name, c.type) for c in snapshot.table.columns])
    columns = [pa.array([row.get(one.name) for row in rows], type=one.type) for one in schema]
    lake.replace(name, pa.table(columns, schema=schema), seen_version=snapshot.version)
