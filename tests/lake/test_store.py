"""The lake itself: exactly once, whole snapshots, versions that can be pinned."""

import dataclasses
import multiprocessing
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from remit.lake.snapshot import Snapshot
from remit.lake.store import Guard, Lake, Moved, NewerAttempt, StoreError
from remit.lake.tables import TABLES


def spend(import_id: int, *codes: str) -> pa.Table:
    values = {
        "import_id": import_id, "unit_id": 1, "campaign_id": None, "channel": "mail",
        "spent_on": date(2020, 1, import_id), "amount": Decimal("1.5"), "currency": "USD",
    }  # fmt: skip
    rows = [values | {"spend_code": code} for code in codes]
    return pa.Table.from_pylist(rows, schema=pa.schema([(c.name, c.type) for c in TABLES["spend"].columns]))


def codes(snapshot: Snapshot) -> list[str]:
    return [
        code for (code,) in duckdb.sql(f"SELECT spend_code FROM ({snapshot.sql()}) ORDER BY 1").fetchall()
    ]


def test_a_table_never_written_is_read_as_no_rows_of_its_contract(lake: Lake) -> None:
    snapshot = lake.snapshot("order_lines")
    relation = duckdb.sql(snapshot.sql())
    assert (snapshot.version, snapshot.files, relation.fetchall()) == (-1, (), [])
    assert relation.columns == [column.name for column in TABLES["order_lines"].columns]


def test_an_append_of_the_same_attempt_is_there_once(lake: Lake) -> None:
    first = lake.append("spend", spend(1, "a"), source="import", key="1")
    again = lake.append("spend", spend(1, "a"), source="import", key="1")
    assert (first.fresh, again.fresh, again.version) == (True, False, first.version)
    assert codes(lake.snapshot("spend")) == ["a"]


def test_a_later_attempt_is_appended_and_an_earlier_one_is_refused_afterwards(lake: Lake) -> None:
    lake.append("spend", spend(1, "a"), source="import", key="1", attempt=1)
    lake.append("spend", spend(1, "b"), source="import", key="1", attempt=2)
    with pytest.raises(NewerAttempt):
        lake.append("spend", spend(1, "c"), source="import", key="1", attempt=1)
    assert codes(lake.snapshot("spend")) == ["a", "b"]


def test_a_guard_refuses_what_came_between(lake: Lake) -> None:
    seen = lake.guard("spend", "1")
    lake.append("spend", spend(1, "a"), source="import", key="1", guard=seen)
    with pytest.raises(Moved):
        lake.append("spend", spend(2, "a"), source="import", key="2", guard=seen)
    lake.append("spend", spend(2, "b"), source="import", key="2", guard=lake.guard("spend", "1"))
    assert codes(lake.snapshot("spend")) == ["a", "b"]


def test_a_guard_of_another_company_does_not_refuse(lake: Lake) -> None:
    mine, theirs = lake.guard("spend", "1"), lake.guard("spend", "2")
    lake.append("spend", spend(1, "a"), source="import", key="1", guard=mine)
    assert lake.append("spend", spend(2, "b"), source="import", key="2", guard=theirs).fresh


def test_parquet_files_are_taken_over_as_they_are(lake: Lake, tmp_path: Path) -> None:
    path = tmp_path / "rows.parquet"
    duckdb.from_arrow(spend(1, "a", "b")).write_parquet(str(path))
    lake.append("spend", [path], source="import", key="1")
    snapshot = lake.snapshot("spend")
    assert (snapshot.rows, codes(snapshot)) == (2, ["a", "b"])
    assert (snapshot.first_day, snapshot.last_day) == (date(2020, 1, 1), date(2020, 1, 1))
    assert path.exists()


def test_undoing_an_import_takes_its_rows_and_no_others(lake: Lake) -> None:
    lake.append("spend", spend(1, "a", "b"), source="import", key="1")
    lake.append("spend", spend(2, "c"), source="import", key="2")
    lake.compact("spend")
    assert (lake.delete("spend", 1), lake.delete("spend", 1)) == (2, 0)
    assert codes(lake.snapshot("spend")) == ["c"]


def test_compaction_keeps_every_row_and_joins_files(lake: Lake) -> None:
    for number in range(1, 6):
        lake.append("spend", spend(number, f"code {number}"), source="import", key=str(number))
    assert lake.compact("spend") == (5, 1)
    snapshot = lake.snapshot("spend")
    assert (len(snapshot.files), codes(snapshot)) == (1, [f"code {number}" for number in range(1, 6)])


def test_vacuum_keeps_pinned_versions_readable_and_removes_the_others(lake: Lake) -> None:
    lake.append("spend", spend(1, "a"), source="import", key="1")
    lake.append("spend", spend(2, "b"), source="import", key="2")
    pinned = lake.snapshot("spend")
    lake.compact("spend")
    assert lake.vacuum("spend", keep=[pinned.version], retention_hours=0) == []
    assert codes(pinned) == ["a", "b"]
    assert len(lake.vacuum("spend", keep=[], retention_hours=0)) == 2
    assert codes(lake.snapshot("spend")) == ["a", "b"]


def test_a_column_added_to_the_contract_is_null_in_older_rows(lake: Lake) -> None:
    whole = TABLES["spend"]
    older = dataclasses.replace(whole, columns=tuple(c for c in whole.columns if c.name != "channel"))
    lake.append(older, spend(1, "a").drop_columns(["channel"]), source="import", key="1")
    read = "SELECT spend_code, channel FROM ({}) ORDER BY 1"
    assert duckdb.sql(read.format(lake.snapshot("spend").sql())).fetchall() == [("a", None)]
    lake.append("spend", spend(2, "b"), source="import", key="2")
    assert duckdb.sql(read.format(lake.snapshot("spend").sql())).fetchall() == [("a", None), ("b", "mail")]


def test_a_replacement_by_who_saw_an_older_version_is_refused(lake: Lake) -> None:
    first = lake.replace("spend", spend(1, "a"), seen_version=-1)
    with pytest.raises(Moved):
        lake.replace("spend", spend(2, "b"), seen_version=-1)
    lake.replace("spend", spend(2, "b"), seen_version=first)
    assert codes(lake.snapshot("spend")) == ["b"]
    assert codes(lake.snapshot("spend", first)) == ["a"]


def test_a_name_that_is_no_table_is_refused_with_the_names_that_are(lake: Lake) -> None:
    with pytest.raises(StoreError, match="There is no table 'sales'"):
        lake.snapshot("sales")


def append_many(url: str, key: int, turns: int) -> None:
    lake = Lake(url)
    for turn in range(turns):
        lake.append("spend", spend(1, f"{key}-{turn}"), source="race", key=f"{key}-{turn}")
        lake.append("spend", spend(1, "shared"), source="race", key="shared")


def test_racing_processes_lose_nothing_and_double_nothing(lake: Lake) -> None:
    context = multiprocessing.get_context("spawn")
    racers = [context.Process(target=append_many, args=(lake.url, key, 5)) for key in range(3)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join(60)
    assert [racer.exitcode for racer in racers] == [0, 0, 0]
    expected = sorted(["shared", *(f"{key}-{turn}" for key in range(3) for turn in range(5))])
    assert codes(lake.snapshot("spend")) == expected


def test_a_guard_that_was_never_taken_is_refused_once_somebody_took_it(lake: Lake) -> None:
    lake.append("spend", spend(1, "a"), source="import", key="1", guard=Guard("1", None))
    with pytest.raises(Moved):
        lake.append("spend", spend(1, "b"), source="import", key="2", guard=Guard("1", None))
