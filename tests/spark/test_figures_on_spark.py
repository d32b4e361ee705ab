"""A two-worker cluster gives the figures that the embedded engine gives, to the last place."""

from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest
import yaml

from remit.core.period import parse_period
from remit.lake.store import Lake
from remit.metrics.catalog.shipped import SHIPPED
from remit.metrics.engine.ask import answer
from remit.metrics.engine.cohorts import cohorts
from remit.metrics.engine.pinned import Pinned
from remit.metrics.engine.quadrant import quadrant
from remit.metrics.engine.question import Condition, Question
from remit.metrics.engine.reader import reader_of
from remit.metrics.engine.rfm import members, rfm
from remit.metrics.engine.rollup_build import refresh_all
from remit.metrics.engine.values import values
from tests.metrics.small import BOTH, EAST, JOURNEY, put
from tests.metrics.test_cases import FOLDER, _question

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

FURTHER = (
    Question(("net_sales", "gross_margin"), BOTH, by=("month", "company"), currency="USD"),
    Question(("net_sales", "baskets", "buyers"), BOTH, by=("weekday", "region"), currency="TWD"),
    Question(("lines",), JOURNEY, by=("hour",), where=(Condition("category", (None, 'O\'Neil \\ "x"')),)),
    Question(("buyers",), JOURNEY, by=("product",), order=("-buyers",), limit=3),
    Question(("net_sales",), JOURNEY, by=("quarter",), compare="previous"),
    Question(("baskets", "net_sales"), JOURNEY, within=EAST, by=("week",)),
)


@pytest.fixture(scope="module")
def lake(small: Lake) -> Lake:
    """With a product whose category would end a literal, were it not escaped."""
    odd = {"id": 9, "code": "p9", "unit_id": 1, "name": "Odd", "category": 'O\'Neil \\ "x"'}
    put(small, "products", [{**_dates(small), **odd}], key="odd")
    return small


def _dates(small: Lake) -> dict[str, Any]:
    (row,) = reader_of(small).fetch(
        f"SELECT valid_from, valid_to FROM ({small.snapshot('units').sql()}) LIMIT 1"
    )
    return {"valid_from": row[0], "valid_to": row[1]}


def test_every_shipped_metric_and_every_kind_of_question_is_answered_alike(lake: Lake, engine: str) -> None:
    pages = [
        (file.stem, case)
        for file in sorted(FOLDER.glob("*.yaml"))
        for case in yaml.safe_load(file.read_text())
    ]
    asked = [*(_question(name, case, lake) for name, case in pages), *FURTHER]
    assert {name for name, _case in pages} == set(SHIPPED)
    here = answer(asked, lake, SHIPPED, remember=False)
    there = answer(asked, replace(lake, engine=engine), SHIPPED, remember=False)
    for question, one, other in zip(asked, here, there, strict=True):
        assert replace(other, sql=()) == replace(one, sql=()), question
        assert [text.splitlines()[0] for text in other.sql] == [text.splitlines()[0] for text in one.sql]


def test_customers_and_values_are_told_alike(lake: Lake, engine: str) -> None:
    here, there = (Pinned(reader_of(replace(lake, engine=one))) for one in ("duckdb", engine))
    year = parse_period("2017")
    for ask in (
        lambda pinned: cohorts(pinned, BOTH, None, None, 3).rows,
        lambda pinned: replace(rfm(pinned, JOURNEY, None, year), sql=""),
        lambda pinned: members(pinned, JOURNEY, EAST, None, scores=(None, None, 1), limit=3, offset=1),
        lambda pinned: replace(quadrant(pinned, JOURNEY), sql=""),
        lambda pinned: values(pinned, "category", BOTH, search="o'neil \\"),
        lambda pinned: values(pinned, "customer", JOURNEY, limit=2),
    ):
        _are_alike(ask(there), ask(here))
    assert values(there, "category", BOTH, search="o'neil \\")


def test_a_new_version_is_seen_and_rollups_are_read_from_their_files(lake: Lake, engine: str) -> None:
    there = replace(lake, engine=engine)
    refresh_all(there)
    question = Question(("net_sales", "baskets"), JOURNEY, by=("month",))
    for _version in range(2):
        (one,), (other,) = (answer([question], one, SHIPPED, remember=False) for one in (lake, there))
        assert other.rows == one.rows
        assert "`baskets`" in other.sql[0] or "order_lines" in other.sql[0]
        first = reader_of(lake).fetch(f"SELECT * FROM ({lake.snapshot('order_lines').sql()}) LIMIT 1")[0]
        row = dict(zip(lake.snapshot("order_lines").table.by_name, first, strict=True))
        put(lake, "order_lines", [row | {"order_code": "new"}], key="new")


def _are_alike(one: Any, other: Any) -> None:
    """Equal, where a float may differ in its last place."""
    assert type(one) is type(other)
    if is_dataclass(one) and not isinstance(one, type):
        for field in fields(one):
            _are_alike(getattr(one, field.name), getattr(other, field.name))
    elif isinstance(one, tuple | list):
        assert len(one) == len(other)
        for a, b in zip(one, other, strict=True):
            _are_alike(a, b)
    else:
        assert one == (pytest.approx(other, rel=1e-12) if isinstance(other, float) else other)
