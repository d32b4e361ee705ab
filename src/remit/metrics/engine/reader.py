"""Reads a lake: which version is current, and the engine on its files: DuckDB here, or a Spark cluster."""

import os
import tempfile
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from remit.lake.snapshot import Snapshot
from remit.lake.spark import EMBEDDED, is_spark
from remit.lake.store import Lake
from remit.lake.tables import TABLES, Table

from .rollups import ROLLUPS

KEPT_RESULTS = 2000
MOST_LAKES = 4  # a process reads one; the tests open hundreds


class Reader:
    """One lake in one process. Threads share it; each has a DuckDB cursor of its own.

    ``dialect``: that of statements as Ibis writes them for ``run``.
    """

    dialect = "duckdb"

    def __init__(self, lake: Lake) -> None:
        self.lake = lake
        self._local = threading.local()
        self._lock = threading.Lock()
        self._root: Any = None
        self._snapshots: dict[str, Snapshot] = {}
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()

    def snapshot(self, name: str) -> Snapshot:
        """The current version of a table or rollup; opened again only when there is a newer one."""
        known = self._snapshots.get(name)
        if known is None or not self._is_current(known):
            known = self.lake.snapshot(contract(name))
            self._snapshots[name] = known
        return known

    def _is_current(self, known: Snapshot) -> bool:
        """Versions are consecutive: the one after a known one exists, or the known one is the newest."""
        if not self.lake.is_local:
            return False
        log = f"{self.lake.address(known.table)}/_delta_log"
        if known.version < 0:
            return not Path(log).exists()
        return not os.path.exists(f"{log}/{known.version + 1:020}.json")  # noqa: PTH110  # on every question

    def source(self, snapshot: Snapshot) -> str:
        """A SELECT of a version's rows, for ``fetch`` and ``run``."""
        return str(self.kept(("source", snapshot.table.name, snapshot.version), snapshot.sql))

    def fetch(self, sql: str) -> list[tuple[Any, ...]]:
        """Run a statement that is written in DuckDB's words and return all rows."""
        return cast("list[tuple[Any, ...]]", self.cursor().execute(sql).fetchall())

    def run(self, sql: str) -> list[tuple[Any, ...]]:
        """Run a statement in the dialect of the engine."""
        return self.fetch(sql)

    def spelled(self, slots: Mapping[str, str]) -> Mapping[str, str]:
        """Literals and SELECTs in DuckDB's words as the dialect spells them."""
        return slots

    def cursor(self) -> Any:
        """The calling thread's DuckDB cursor."""
        cursor = getattr(self._local, "cursor", None)
        if cursor is None:
            cursor = self._local.cursor = self._connection().cursor()
        return cursor

    def _connection(self) -> Any:
        import duckdb  # imported late: 0.1 s

        with self._lock:
            if self._root is None:
                self._root = duckdb.connect(":memory:")
                self._spill = tempfile.TemporaryDirectory(prefix="remit-")
                self._root.execute(f"SET temp_directory = '{self._spill.name}'")
                # GLOBAL: otherwise the cursors, which do all the work, have it not
                self._root.execute("SET GLOBAL parquet_metadata_cache = true")
                self._root.execute("SET GLOBAL preserve_insertion_order = false")
            return self._root

    def kept(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """``make()``, remembered under a key that names every version it depends on."""
        found = self.recall(key)
        if found is None:
            found = make()
            self.keep(key, found)
        return found

    def recall(self, key: Hashable) -> Any:
        """What was kept under a key, or None."""
        with self._lock:
            if key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key]

    def keep(self, key: Hashable, value: Any) -> None:
        """Keep a value; the one least recently used goes when there are too many."""
        with self._lock:
            self._kept[key] = value
            self._kept.move_to_end(key)
            while len(self._kept) > KEPT_RESULTS:
                self._kept.popitem(last=False)


def contract(name: str) -> Table:
    """The contract of a table or a rollup."""
    return ROLLUPS[name].table if name in ROLLUPS else TABLES[name]


_readers: dict[tuple[int, str, str], Reader] = {}


def reader_of(lake: Lake) -> Reader:
    """The reader of a lake in this process (a forked one gets its own).

    Of several lakes those opened first are given up: each has a database with threads of its own.
    """
    key = (os.getpid(), lake.url, lake.engine)
    if key not in _readers:
        _readers[key] = _made(lake)
        for given_up in list(_readers)[:-MOST_LAKES]:
            _readers.pop(given_up, None)
    return _readers[key]


def embedded(lake: Lake) -> Reader:
    """The reader for work that is DuckDB's whatever answers questions: deriving rollups."""
    return reader_of(replace(lake, engine=EMBEDDED))


def _made(lake: Lake) -> Reader:
    if not is_spark(lake.engine):
        return Reader(lake)
    from .on_spark import SparkReader  # late: only where a cluster is set

    return SparkReader(lake)
