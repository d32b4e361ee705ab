"""What a scan leaves out because it holds of every row, and what it reads once instead of twice."""

from dataclasses import replace
from decimal import Decimal

import pytest

from remit.core.period import parse_period
from remit.core.scope import Scope
from remit.lake.store import Lake
from remit.metrics.catalog.shipped import SHIPPED
from remit.metrics.catalog.spec import Distinct, Filter, Spec, Sum
from remit.metrics.engine.answer import Answer
from remit.metrics.engine.ask import answer
from remit.metrics.engine.question import Condition, Question
from remit.metrics.engine.reader import Reader

from .small import BOTH, EAST, EVERYTHING, JOURNEY, TAFENG


def ask(lake: Lake, *metrics: str, scope: Scope = JOURNEY, period: str = "", **rest: object) -> Answer:
    question = Question(metrics, scope, period=parse_period(period), **rest)
    return answer([question], lake, SHIPPED, remember=False)[0]


@pytest.mark.parametrize("metric", ["baskets", "net_sales", "buyers"])
def test_whole_months_and_those_before_them_are_read_once(metric: str, small: Lake) -> None:
    found = ask(small, metric, by=("month",), period="2017-02-01..2017-03-31", compare="previous")
    assert len(found.sql) == 1
    alone = [ask(small, metric, period=f"2017-0{month}").value(metric) for month in (1, 2, 3)]
    assert [row[1:3] for row in found.rows] == [(alone[1], alone[0]), (alone[2], alone[1])]


def test_parts_of_months_are_read_apart(small: Lake) -> None:
    """What was bought on the tenth and eleventh of February lies before the part compared with."""
    found = ask(small, "lines", by=("month",), period="2017-03-12..2017-03-31", compare="previous")
    assert len(found.sql) == 2
    (row,) = found.rows
    assert row[1:3] == (3, 0)


def test_companies_that_are_all_there_are_are_not_tested_row_by_row(small: Lake) -> None:
    whole = ask(small, "lines", scope=BOTH)
    assert 'unit_id" IN' not in whole.sql[0]
    assert whole.rows == [(30,)]


def test_how_many_rows_there_are_is_read_from_the_log_alone(
    small: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(small, "lines", scope=BOTH)  # how far the rows reach is known from here on
    read: list[str] = []
    fetch = Reader.fetch
    monkeypatch.setattr(Reader, "fetch", lambda self, sql: read.append(sql) or fetch(self, sql))
    for scope in (BOTH, EVERYTHING):
        assert ask(small, "lines", scope=scope).rows == [(30,)]
    assert read == []
    assert ask(small, "lines", scope=JOURNEY).rows == [(22,)]
    assert ask(small, "lines", scope=BOTH, period="2017").rows == [(22,)]
    assert ask(small, "lines", scope=BOTH, where=(Condition.parse("unit=tafeng"),)).rows == [(8,)]
    assert len(read) >= 3


@pytest.mark.parametrize(
    "scope",
    [JOURNEY, TAFENG, EAST, Scope(companies=frozenset({1}), outlets=frozenset({101, 102}))],
    ids=["journey", "tafeng", "east", "journey and outlets of it"],
)
def test_a_scope_that_leaves_rows_out_is_always_in_the_statement(scope: Scope, small: Lake) -> None:
    (sql,) = ask(small, "lines", scope=scope).sql
    assert ('unit_id" IN' in sql, 'outlet_id" IN' in sql) == (bool(scope.companies), bool(scope.outlets))


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        (Sum("net_sales", (Filter("region", "in", ("East",)),)), "26.00"),
        (Sum("net_sales", (Filter("region", "in", ("East",)), Filter("quantity", ">", (0,)))), "27.99"),
        (Sum("net_sales", (Filter("region", "not in", ("East",)),)), "53.79"),
        (Sum("net_sales", (Filter("region", "unknown"),)), "4.40"),
    ],
    ids=["in", "in, and of the row", "not in", "unknown"],
)
def test_filters_by_what_is_joined(spec: Spec, expected: str, small: Lake) -> None:
    """Before the join in all, after it by quarter; rows without an outlet have no region."""
    catalog = {"some": replace(SHIPPED["net_sales"], name="some", spec=spec)}
    questions = [Question(("some",), JOURNEY), Question(("some",), JOURNEY, by=("quarter",))]
    (whole,) = answer(questions[:1], small, catalog, remember=False)
    (split,) = answer(questions[1:], small, catalog, remember=False)
    assert whole.rows == [(Decimal(expected),)]
    assert sum(row[-1] for row in split.rows) == Decimal(expected)


def test_things_are_counted_by_what_is_known_of_them(small: Lake) -> None:
    spec = Distinct(("outlet_id",), (Filter("region", "known"),))
    catalog = {"some": replace(SHIPPED["selling_outlets"], name="some", spec=spec)}
    (found,) = answer([Question(("some",), JOURNEY)], small, catalog, remember=False)
    assert found.rows == [(2,)]
