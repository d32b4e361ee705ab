"""The instruments of the benchmark measure what they say."""

import sqlite3
from datetime import date
from decimal import Decimal

import duckdb
import pyarrow as pa
import pytest

from bench.growth import CUSTOMER_STEP, copy_home, grow
from bench.measure import Pair, interleaved, percentile
from bench.report import milliseconds
from remit.lake.store import Lake
from remit.lake.tables import TABLES


def filled(table: str, *rows: dict[str, object]) -> pa.Table:
    schema = TABLES[table].schema
    return pa.Table.from_pylist([dict.fromkeys(schema.names) | row for row in rows], schema=schema)


@pytest.fixture
def home(tmp_path):
    """A home with two lines of one basket and their customer."""
    home = tmp_path / "one"
    home.mkdir()
    sqlite3.connect(home / "remit.sqlite3").execute("CREATE TABLE kept (word)").connection.close()
    lake = Lake(str(home / "lake"))
    line = {
        "import_id": 1, "unit_id": 1, "customer_id": 7, "order_code": "b1", "sold_on": date(2017, 3, 1),
        "net_sales": Decimal("2.50"), "currency": "USD",
    }  # fmt: skip
    lines = filled("order_lines", line | {"line_code": "1"}, line | {"line_code": "2"})
    lake.append("order_lines", lines, source="test", key="1")
    always = {"valid_from": date(1, 1, 1), "valid_to": date(9999, 12, 31)}
    customer = filled("customers", {"id": 7, "code": "C7", "unit_id": 1, "age_group": "25-34"} | always)
    lake.replace("customers", customer, seen_version=-1)
    return home


def test_a_grown_home_has_more_customers_and_baskets_of_the_same_kind(home, tmp_path):
    copy_home(home, tmp_path / "ten")
    grow(tmp_path / "ten", 10, lambda _words: None)
    lake = Lake(str(tmp_path / "ten/lake"))
    lines = f"({lake.snapshot('order_lines').sql()})"
    found = duckdb.sql(
        "SELECT count(*), count(DISTINCT order_code), count(DISTINCT customer_id), sum(net_sales)"
        f" FROM {lines}"
    ).fetchall()
    assert found == [(20, 10, 10, Decimal("50.0000"))]
    customers = duckdb.sql(f"SELECT id, age_group FROM ({lake.snapshot('customers').sql()})").fetchall()
    assert sorted(customers) == [(7 + n * CUSTOMER_STEP, "25-34") for n in range(10)]


def test_growing_leaves_the_home_that_it_came_from_alone(home, tmp_path):
    copy_home(home, tmp_path / "three")
    grow(tmp_path / "three", 3, lambda _words: None)
    assert Lake(str(home / "lake")).snapshot("order_lines").rows == 2
    assert not (tmp_path / "three/growth").exists()


def test_the_two_sides_take_turns_and_the_first_turn_does_not_count():
    seen: list[str] = []
    pair = interleaved(lambda: seen.append("ours"), lambda: seen.append("theirs"), rounds=2)
    assert seen == ["theirs", "ours", "theirs", "ours", "ours", "theirs"]
    assert (len(pair.ours), len(pair.theirs)) == (2, 2)


def test_the_median_speaks_and_not_the_slowest():
    pair = Pair(ours=(1.0, 2.0, 90.0), theirs=(1.0, 1.0, 1.0))
    assert (pair.ours_s, pair.theirs_s, pair.ratio) == (2.0, 1.0, 2.0)


@pytest.mark.parametrize(
    ("count", "share", "expected"), [(100, 0.95, 95), (20, 0.95, 19), (1, 0.95, 1), (3, 0.5, 2)]
)
def test_a_percentile_is_the_nearest_rank(count, share, expected):
    assert percentile(range(count, 0, -1), share) == expected


def test_long_times_are_written_in_seconds():
    assert (milliseconds(0.0123), milliseconds(12.34)) == ("12.3 ms", "12.3 s")
