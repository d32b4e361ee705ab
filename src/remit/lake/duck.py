"""DuckDB connections with the bounds that every piece of background work keeps. Pure."""

from pathlib import Path

import duckdb

MEMORY_LIMIT = "512MB"
THREADS = 2


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


def quoted(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def named(name: str) -> str:
    """A name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'
