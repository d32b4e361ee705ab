"""More of the same companies: the real order lines, k times, each time with other customers and baskets.

The range, the outlets and the calendar stay, as when a chain wins customers: copy n has the customers
``id + n × CUSTOMER_STEP`` and the order codes ``n:code``. Baskets, buyers and lines grow k times; every
distribution (basket sizes, seasons, how often a household returns) stays as it is in the real data.
"""

import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import duckdb

from remit.lake.store import Lake
from remit.lake.tables import TABLES

CUSTOMER_STEP = 10_000_000
COPIES_A_FILE = 2
COPIES_AN_APPEND = 8
SHIFTED = {
    "customer_id": f"customer_id + n * {CUSTOMER_STEP}",
    "order_code": "CASE n WHEN 0 THEN order_code ELSE n || ':' || order_code END",
}


def copy_home(source: Path, target: Path) -> None:
    """A home of its own with the same content: the database by its backup call, the lake's files linked.

    Files of the lake never change once they are written, so a link is as good as a copy; its log is copied.
    """
    target.mkdir(parents=True)
    with sqlite3.connect(source / "remit.sqlite3") as old, sqlite3.connect(target / "remit.sqlite3") as new:
        old.backup(new)
    for folder in ("lake", "files", "static"):
        if (source / folder).exists():
            shutil.copytree(source / folder, target / folder, copy_function=_link_parquet)


def grow(home: Path, times: int, say: Callable[[str], None]) -> None:
    """Append ``times − 1`` copies of all order lines to the lake of ``home``, and publish their customers."""
    lake = Lake(str(home / "lake"))
    original = lake.snapshot("order_lines")
    work = home / "growth"
    work.mkdir()
    with duckdb.connect() as connection:
        connection.execute(f"SET preserve_insertion_order = false; SET temp_directory = '{work}'")
        for start in range(1, times, COPIES_AN_APPEND):
            stop = min(start + COPIES_AN_APPEND, times)
            files = [
                _copies(connection, original.files, work, first, min(first + COPIES_A_FILE, stop))
                for first in range(start, stop, COPIES_A_FILE)
            ]
            lake.append("order_lines", files, source="growth", key=str(start))
            for file in files:
                file.unlink()
            say(f"{stop:,} × {original.rows:,} order lines")
        _grow_customers(connection, lake, times)
    shutil.rmtree(work)


def _copies(
    connection: duckdb.DuckDBPyConnection, files: tuple[str, ...], folder: Path, start: int, stop: int
) -> Path:
    """Write the lines once per number from ``start`` to before ``stop`` as one file of the contract."""
    chosen = ", ".join(
        f"{SHIFTED.get(column.name, column.name)} AS {column.name}"
        for column in TABLES["order_lines"].columns
    )
    target = folder / f"lines-{start}.parquet"
    connection.execute(
        f"COPY (SELECT {chosen} FROM range({start}, {stop}) AS copies(n), read_parquet($files)) "
        f"TO '{target}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 500000)",
        {"files": list(files)},
    )
    return target


def _grow_customers(connection: duckdb.DuckDBPyConnection, lake: Lake, times: int) -> None:
    """The published customers once per copy, with the ids that the grown lines carry."""
    snapshot = lake.snapshot("customers")
    chosen = ", ".join(
        {
            "id": f"id + n * {CUSTOMER_STEP} AS id",
            "code": "CASE n WHEN 0 THEN code ELSE n || ':' || code END AS code",
        }.get(column.name, column.name)
        for column in TABLES["customers"].columns
    )
    rows = connection.sql(
        f"SELECT {chosen} FROM range({times}) AS copies(n), ({snapshot.sql()}) AS customers"
    ).to_arrow_reader(500_000)
    lake.replace("customers", rows, seen_version=snapshot.version)


def _link_parquet(source: str, target: str) -> None:
    if source.endswith(".parquet") and "_delta_log" not in source:
        os.link(source, target)
    else:
        shutil.copy2(source, target)
