"""Figures from a Spark cluster: all that differs from DuckDB stands here.

Scans are compiled by Ibis for Spark; the few statements that are written by hand in DuckDB's words are
translated. Both read views of the files of one pinned version, as the embedded engine does.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

import pyarrow as pa

from remit.lake.snapshot import Snapshot
from remit.lake.spark import asking
from remit.lake.store import Lake
from remit.lake.tables import Table

from .reader import Reader

VERSIONS_KEPT = 8  # of a table, as views: an answer that has begun goes on reading its own
SCHEMES = {"s3://": "s3a://"}  # what Hadoop calls the same storage
TYPES = {
    pa.int64(): "BIGINT",
    pa.int32(): "INT",
    pa.string(): "STRING",
    pa.date32(): "DATE",
    pa.bool_(): "BOOLEAN",
    pa.float64(): "DOUBLE",
    pa.timestamp("us", tz="UTC"): "TIMESTAMP",
}


class SparkReader(Reader):
    """A lake that a cluster reads. Files of a folder have to be seen under the same path by its workers."""

    dialect = "pyspark"

    def __init__(self, lake: Lake) -> None:
        super().__init__(lake)
        self._name = hashlib.sha256(lake.url.encode()).hexdigest()[:8]
        self._views: dict[str, Any] = {}  # the session that knows it, by name

    def source(self, snapshot: Snapshot) -> str:
        view = f"remit_{self._name}_{snapshot.table.name}_{max(snapshot.version, 0)}"
        with asking(self.lake.engine) as spark, self._lock:
            if self._views.get(view) is not spark:
                rows = spark.read.schema(schema_of(snapshot.table))
                files = [address_of(file) for file in snapshot.files]
                found = (
                    rows.parquet(*files) if files else spark.createDataFrame([], schema_of(snapshot.table))
                )
                found.createOrReplaceTempView(view)
                self._views[view] = spark
                self._forget(snapshot.table, spark)
        return f"SELECT * FROM {view}"  # noqa: S608  # a name of ours

    def _forget(self, table: Table, spark: Any) -> None:
        """Drop the views of a table's versions of long ago."""
        own = [name for name in self._views if name.rpartition("_")[0] == f"remit_{self._name}_{table.name}"]
        for name in own[:-VERSIONS_KEPT]:
            if self._views.pop(name) is spark:
                spark.catalog.dropTempView(name)

    def fetch(self, sql: str) -> list[tuple[Any, ...]]:
        return self.run(translated(sql))

    def run(self, sql: str) -> list[tuple[Any, ...]]:
        with asking(self.lake.engine) as spark:
            found = spark.sql(sql).toArrow()
        return list(zip(*(map(_plain, column.to_pylist()) for column in found.columns), strict=True))

    def spelled(self, slots: Mapping[str, str]) -> Mapping[str, str]:
        return {name: _spelled(text) for name, text in slots.items()}


def schema_of(table: Table) -> str:
    """The contract's columns as Spark writes a schema: files older than a column give null for it."""
    return ", ".join(f"`{column.name}` {_type(column.type)}" for column in table.columns)


def _type(kind: pa.DataType) -> str:
    return f"DECIMAL({kind.precision},{kind.scale})" if pa.types.is_decimal(kind) else TYPES[kind]


def address_of(file: str) -> str:
    """A file of the lake as Spark calls it; a path is of this machine, whatever Hadoop is set to."""
    if "://" not in file:
        return f"file://{file}"
    for scheme, other in SCHEMES.items():
        file = file.replace(scheme, other, 1) if file.startswith(scheme) else file
    return file


@lru_cache(maxsize=1024)
def translated(sql: str) -> str:
    """A statement in DuckDB's words as Spark understands it, quotes and backslashes of literals included."""
    import sqlglot  # imported late: only a cluster needs it

    (found,) = sqlglot.transpile(sql, read="duckdb", write="spark")
    return str(found)


def _spelled(text: str) -> str:
    """A list of literals, or a SELECT."""
    if text.startswith("SELECT "):
        return text if text.startswith("SELECT * FROM remit_") else translated(text)
    return translated(f"SELECT {text}").removeprefix("SELECT ")  # literals, which are translated


def _plain(value: Any) -> Any:
    """Spark makes instants of the first days of buckets."""
    return value.date() if isinstance(value, datetime) else value
