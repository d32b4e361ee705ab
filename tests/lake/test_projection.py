"""Dimensions keep their past."""

from datetime import date
from typing import Any

import pyarrow as pa
import pytest

from remit.lake.projection import FILES_MAX, NotADimension, project
from remit.lake.store import Lake
from remit.lake.tables import TABLES
from tests.lake.rows import table_rows

BEGINNING, END = date(1, 1, 1), date(9999, 12, 31)
MAY, JUNE = date(2024, 5, 1), date(2024, 6, 1)


def product(number: int, **values: Any) -> pa.Table:
    row = {"id": number, "code": f"p{number}", "unit_id": 1} | values
    return pa.Table.from_pylist([row])


def versions(lake: Lake) -> list[tuple[Any, ...]]:
    return table_rows(lake, "products", "id, department, valid_from, valid_to")


def test_the_first_version_holds_from_the_beginning(lake: Lake) -> None:
    assert project(lake, "products", product(1, department="DAIRY"), MAY) == 1
    assert versions(lake) == [(1, "DAIRY", BEGINNING, END)]


def test_a_change_closes_the_old_version_and_opens_a_new_one(lake: Lake) -> None:
    project(lake, "products", product(1, department="DAIRY"), MAY)
    project(lake, "products", product(1, department="FROZEN"), JUNE)
    assert versions(lake) == [(1, "DAIRY", BEGINNING, JUNE), (1, "FROZEN", JUNE, END)]


def test_the_same_rows_again_write_nothing(lake: Lake) -> None:
    project(lake, "products", product(1, department="DAIRY"), MAY)
    version = lake.snapshot("products").version
    assert project(lake, "products", product(1, department="DAIRY"), JUNE) == 0
    assert lake.snapshot("products").version == version


def test_what_said_nothing_yet_is_described_from_the_beginning(lake: Lake) -> None:
    project(lake, "products", product(1), MAY)
    project(lake, "products", product(1, department="DAIRY"), JUNE)
    assert versions(lake) == [(1, "DAIRY", BEGINNING, END)]


def test_a_second_change_on_one_day_corrects_the_first(lake: Lake) -> None:
    project(lake, "products", product(1, department="DAIRY"), MAY)
    project(lake, "products", product(1, department="FROZEN"), JUNE)
    project(lake, "products", product(1, department="BAKERY"), JUNE)
    assert versions(lake) == [(1, "BAKERY", JUNE, END), (1, "DAIRY", BEGINNING, JUNE)]


def test_rows_that_are_not_named_stay(lake: Lake) -> None:
    project(lake, "products", product(1, department="DAIRY"), MAY)
    project(lake, "products", product(2, department="FROZEN"), JUNE)
    assert versions(lake) == [(1, "DAIRY", BEGINNING, END), (2, "FROZEN", BEGINNING, END)]


def test_a_whole_history_replaces_the_history(lake: Lake) -> None:
    project(lake, "products", product(1, department="DAIRY"), MAY)
    history = pa.concat_tables(
        [
            product(1, department="A", valid_from=BEGINNING, valid_to=JUNE),
            product(1, department="B", valid_from=JUNE, valid_to=END),
        ]
    )
    project(lake, "products", history, JUNE)
    assert versions(lake) == [(1, "A", BEGINNING, JUNE), (1, "B", JUNE, END)]


def test_facts_are_not_projected(lake: Lake) -> None:
    with pytest.raises(NotADimension):
        project(lake, "order_lines", product(1), MAY)


def test_new_rows_are_added_without_writing_the_others_again(lake: Lake) -> None:
    project(lake, "products", product(1, department="DAIRY"), MAY)
    before = set(lake.snapshot("products").files)
    project(lake, "products", product(2, department="FROZEN"), JUNE)
    after = lake.snapshot("products").files
    assert (before < set(after), len(after)) == (True, 2)


def test_a_table_of_many_small_files_is_written_as_one(lake: Lake) -> None:
    for number in range(1, FILES_MAX + 2):
        project(lake, "products", product(number), MAY)
    assert len(lake.snapshot("products").files) == 1
    assert [row[0] for row in versions(lake)] == list(range(1, FILES_MAX + 2))


def test_every_fact_has_a_day_since_figures_ask_by_period() -> None:
    assert [table.name for table in TABLES.values() if table.kind == "fact" and table.day is None] == []
