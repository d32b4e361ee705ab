"""Every shipped metric against SQL that was written by hand from its meaning, not from the engine."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from remit.core.period import parse_period
from remit.core.scope import Scope
from remit.lake.store import Lake
from remit.lake.tables import TABLES
from remit.metrics.catalog.shipped import SHIPPED
from remit.metrics.engine.ask import answer
from remit.metrics.engine.question import Condition, Question

FOLDER = Path(__file__).parent / "cases"
CLOSE = Decimal("1e-9")


def cases() -> Iterator[Any]:
    for file in sorted(FOLDER.glob("*.yaml")):
        for number, case in enumerate(yaml.safe_load(file.read_text())):
            yield pytest.param(file.stem, case, id=f"{file.stem}-{number}")


def test_every_shipped_metric_has_a_case() -> None:
    assert {file.stem for file in FOLDER.glob("*.yaml")} == set(SHIPPED)


@pytest.mark.parametrize(("metric", "case"), list(cases()))
def test_a_metric_equals_its_hand_written_sql_on_the_small_lake(metric: str, case: Any, small: Lake) -> None:
    _compare(metric, case, small)


@pytest.mark.data
@pytest.mark.parametrize(("metric", "case"), list(cases()))
def test_a_metric_equals_its_hand_written_sql_on_the_real_data(metric: str, case: Any, real: Lake) -> None:
    _compare(metric, case, real)


def _compare(metric: str, case: dict[str, Any], lake: Lake) -> None:
    (found,) = answer([_question(metric, case, lake)], lake, SHIPPED, remember=False)
    connection = _connection(lake)
    expected = connection.execute(case["sql"])
    names = [column[0] for column in expected.description]
    # An index is compared as text, so that unknown values sort.
    wanted = [dict(zip(names, map(_plain, row), strict=True)) for row in expected.fetchall()]
    if not case.get("by"):
        wanted = wanted or [dict.fromkeys(names)]
    rows = [{name: _plain(row[name]) for name in names} for row in found.dicts()]
    index = [name for name in names if name != metric]

    def by_index(row: dict[str, Any]) -> list[str]:
        return [str(row[name]) for name in index]

    rows, wanted = sorted(rows, key=by_index), sorted(wanted, key=by_index)
    assert [by_index(row) for row in rows] == [by_index(row) for row in wanted]
    for row, other in zip(rows, wanted, strict=True):
        assert _same(row[metric], other[metric]), (row, other)


def _question(metric: str, case: dict[str, Any], lake: Lake) -> Question:
    return Question(
        metrics=(metric,),
        scope=_scope(case.get("scope", "journey"), lake),
        by=tuple(case.get("by", ())),
        where=tuple(Condition.parse(text) for text in case.get("where", ())),
        period=parse_period(str(case.get("period", ""))),
        currency=case.get("currency"),
    )


def _scope(name: str, lake: Lake) -> Scope:
    if name in ("journey", "tafeng"):
        return Scope(companies=frozenset({1 if name == "journey" else 2}))
    if name == "both":
        return Scope(companies=frozenset({1, 2}))
    ids = _connection(lake).execute("SELECT id FROM outlets WHERE region = 'East'").fetchall()
    return Scope(outlets=frozenset(row[0] for row in ids))


def _connection(lake: Lake) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    for name in TABLES:
        connection.execute(f"CREATE VIEW {name} AS {lake.snapshot(name).sql()}")
    return connection


def _plain(value: Any) -> Any:
    return value.date() if isinstance(value, datetime) else value


def _same(one: Any, other: Any) -> bool:
    if one is None or other is None or isinstance(one, date):
        return bool(one == other)
    one, other = Decimal(str(one)), Decimal(str(other))
    return abs(one - other) <= CLOSE * max(1, abs(other))
