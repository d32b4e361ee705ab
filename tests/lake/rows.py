"""Reading back what a test wrote."""

from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq

from remit.lake.reading.quarantine import read_left_out
from remit.lake.reading.staging import Staged
from remit.lake.store import Lake


def table_rows(lake: Lake, table: str, columns: str) -> list[tuple[Any, ...]]:
    """Rows of the newest snapshot, sorted."""
    return sorted(duckdb.sql(f"SELECT {columns} FROM ({lake.snapshot(table).sql()})").fetchall(), key=str)


def good_rows(staged: Staged, columns: str) -> list[tuple[Any, ...]]:
    """What was staged as good, sorted."""
    if not staged.files:
        return []
    names = [str(path) for path in staged.files]
    return sorted(duckdb.sql(f"SELECT {columns} FROM read_parquet({names})").fetchall(), key=str)


def reasons(staged: Staged, table: str = "order_lines", columns: int = 6) -> list[tuple[int, list[str]]]:
    """Line and sentences of every row left out."""
    if staged.quarantine is None:
        return []
    return [
        (row.line, [problem.say(table, "en") for problem in row.problems])
        for row in read_left_out(staged.quarantine, columns)
    ]


def rows_in(path: Path) -> int:
    return int(pq.read_metadata(path).num_rows)
