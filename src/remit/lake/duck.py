"""DuckDB connections with the bounds that every piece of background work keeps. Pure."""

import os
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import duckdb
import pyarrow as pa

MEMORY_LIMIT = "512MB"
THREADS = 2
LONG_LIST = 20_000


def connect(*, spill: Path | None = None, memory_limit: str = MEMORY_LIMIT) -> duckdb.DuckDBPyConnection:
    """An empty database in memory: at most ``memory_limit``, UTC, no downloads of extensions.

    ``spill``: a folder where work larger than that goes; without it such work fails.
    """
    settings: dict[str, str | bool | int | float | list[str]] = {
        "threads": THREADS,
        "memory_limit": memory_limit,
        "TimeZone": "UTC",
        "autoinstall_known_extensions": False,
        "temp_directory": str(spill) if spill else "",
    }
    return duckdb.connect(config=settings)


def scratch() -> duckdb.DuckDBPyConnection:
    """A cursor in a database in memory that the process shares: temporary tables are the cursor's alone.

    For short work, which a database of its own would cost fifteen milliseconds more.
    """
    return _shared(os.getpid()).cursor()


@lru_cache(maxsize=1)
def _shared(_process: int) -> duckdb.DuckDBPyConnection:
    """A forked process gets its own."""
    return connect()


def quoted(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def named(name: str) -> str:
    """A name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def as_arrow(columns: Mapping[str, Sequence[object]]) -> pa.Table:
    """Lists of Python values, equally long, as a table; types are found, and a list of nulls has none.

    pyarrow imports pandas for it where that is installed: a quarter of a second, which only long lists are
    worth.
    """
    if any(len(values) > LONG_LIST for values in columns.values()):
        return pa.table({name: pa.array(values) for name, values in columns.items()})
    lists = ", ".join(f"unnest(${place}) AS {named(name)}" for place, name in enumerate(columns, 1))
    with scratch() as con:
        return con.sql(f"SELECT {lists}", params=list(map(list, columns.values()))).to_arrow_table()
