"""Whose fault it is that a file was not read: the disk's, the memory's, or the file's."""

from pathlib import Path

import duckdb
import pytest

from remit.lake.reading.faults import explained
from remit.lake.reading.mapping import mapping_of, plain
from remit.lake.reading.refusal import Unreadable, WrongMapping
from remit.lake.reading.source import Source

CUT = Path("/imports/sales.parquet")


def source(kind: str) -> Source:
    made = object.__new__(Source)
    object.__setattr__(made, "kind", kind)
    object.__setattr__(made, "path", CUT)
    return made


@pytest.mark.parametrize(
    ("error", "kind", "becomes", "said"),
    [
        (
            duckdb.OutOfMemoryException("failed to allocate\nhint"),
            "csv",
            OSError,
            "Not enough memory or disk",
        ),
        (duckdb.IOException("No space left on device"), "csv", OSError, "No space left on device"),
        (duckdb.Error("write: File too large"), "parquet", OSError, "File too large"),
        (duckdb.IOException(f"short read of {CUT}"), "parquet", Unreadable, "breaks off while it is read"),
        (duckdb.Error("invalid thrift"), "parquet", Unreadable, "content of sales.parquet is damaged"),
        (duckdb.Error("something else"), "csv", duckdb.Error, "something else"),
    ],
)
def test_a_fault_is_told_as_whose_it_is(error, kind, becomes, said):
    told = explained(error, source(kind))
    assert type(told) is becomes
    assert said in str(told)
    assert "hint" not in str(told)


LINES = {"table": "outlets", "unit": "shop", "columns": {"code": "store", "name": "title"}}


@pytest.mark.parametrize(
    ("wrong", "en"),
    [
        ({"columns": {"code": 7}}, "The rule of column code cannot be understood"),
        ({"columns": {"code": "store", "area_m2": {"from": "size", "decimal": "x"}}}, "'x' is not a mark"),
        ({"unknown": ["products"]}, "Write unknown as {products: create or quarantine}"),
        ({"unknown": {"products": "guess"}}, "Write unknown as {products: create or quarantine}"),
        ({"repeats": "all"}, "repeats is one of quarantine, first, last, commonest"),
        ({"table": "spend", "repeats": "last", "columns": {"spend_code": "n"}}, "repeats is for lists only"),
    ],
)
def test_a_mapping_that_makes_no_sense_is_refused_with_what_can_be_written(wrong, en):
    with pytest.raises(WrongMapping) as refusal:
        mapping_of({**LINES, **wrong})
    assert en in refusal.value.text.en


def test_a_mapping_comes_back_as_it_was_written_with_what_differs_from_the_usual():
    written = {**LINES, "repeats": "last", "header": False}
    assert plain(mapping_of(written)) == written
    assert plain(mapping_of(LINES)) == LINES
