"""One version of a table, as a list of immutable files that any engine can read."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

import pyarrow as pa
import pyarrow.parquet as pq

from .tables import Table

DUCKDB_TYPES = {
    pa.int64(): "BIGINT",
    pa.int32(): "INTEGER",
    pa.string(): "VARCHAR",
    pa.date32(): "DATE",
    pa.bool_(): "BOOLEAN",
    pa.timestamp("us", tz="UTC"): "TIMESTAMPTZ",
}


def duckdb_type(kind: pa.DataType) -> str:
    """The DuckDB name of an Arrow type of the contracts."""
    if pa.types.is_decimal(kind):
        return f"DECIMAL({kind.precision},{kind.scale})"
    return DUCKDB_TYPES[kind]


@lru_cache(maxsize=4096)
def columns_in(file: str) -> frozenset[str]:
    """Names in the footer of a Parquet file of the lake; such files never change, so it is kept."""
    if "://" in file:
        from pyarrow import fs

        filesystem, path = fs.FileSystem.from_uri(file)
        return frozenset(pq.read_schema(path, filesystem=filesystem).names)
    return frozenset(pq.read_schema(file).names)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """``version`` −1 means that the table has never been written.

    ``first_day`` and ``last_day``: bounds of the business date over all files, None without rows or
    without a day. ``changed_at``: UTC time of the newest file, the freshness of an answer.
    """

    table: Table
    version: int
    files: tuple[str, ...]
    rows: int
    first_day: date | None = None
    last_day: date | None = None
    changed_at: datetime | None = None

    def sql(self) -> str:
        """A SELECT for DuckDB with exactly the contract's columns, in order and type.

        Files older than a column give null for it; a table without files gives no rows.
        """
        present = [columns_in(file) for file in self.files]
        found = frozenset().union(*present)
        parts = []
        for column in self.table.columns:
            value = f'"{column.name}"' if column.name in found else "NULL"
            parts.append(f'CAST({value} AS {duckdb_type(column.type)}) AS "{column.name}"')
        select = "SELECT " + ", ".join(parts)
        if not self.files:
            return select + " WHERE false"
        names = ", ".join("'" + file.replace("'", "''") + "'" for file in self.files)
        union = ", union_by_name = true" if any(p != present[0] for p in present) else ""
        return f"{select} FROM read_parquet([{names}]{union}, hive_partitioning = false)"
