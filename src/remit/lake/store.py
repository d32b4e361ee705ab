"""The lake: Delta tables in a folder or at a URL, written exactly once, read by snapshot. Pure: no Django.

Delta does not refuse the same application transaction twice by itself. What holds is to read the
transaction version and to commit on the *same* handle: a race is then refused by the optimistic lock,
and the retry sees the version and skips. Versions are integers, so (source, key) is the transaction's
name and the attempt its version.
"""

import random
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal

import pyarrow as pa
from deltalake import CommitProperties, DeltaTable, Field, Schema, Transaction
from deltalake.exceptions import CommitFailedError, DeltaError, TableNotFoundError

from . import files
from .snapshot import Snapshot
from .tables import TABLES, Table

RACES_MAX = 20
TARGET_FILE_BYTES = 128 * 2**20


class StoreError(Exception):
    """The lake cannot do it; the sentence says what and what to do."""


class TooManyRaces(StoreError):
    """Other writers came first again and again; nothing was written, so that it can be tried later."""


class Moved(StoreError):
    """The table changed since the caller looked; look again, decide again."""


class NewerAttempt(StoreError):
    """A later attempt of the same import is already in the table."""


class ForeignSnapshot(StoreError):
    """Another program wrote deletion vectors, which readers of plain Parquet would miss."""


@dataclass(frozen=True, slots=True)
class Appended:
    """``fresh`` is false when the same attempt was there before; nothing was written then."""

    version: int
    fresh: bool


@dataclass(frozen=True, slots=True)
class Guard:
    """Refuse a commit when another commit under the same name happened since ``seen``."""

    name: str
    seen: int | None


@dataclass(frozen=True)
class Lake:
    """All tables under one ``url``: a folder, or s3://, abfss://, hdfs:// …

    ``options`` are the storage options of deltalake (keys, region, endpoint). ``engine``: what answers
    questions about it, ``duckdb`` in this process or the address of a Spark cluster.
    """

    url: str
    options: Mapping[str, str] = field(default_factory=dict)
    engine: str = "duckdb"

    @property
    def is_local(self) -> bool:
        return "://" not in self.url

    def address(self, table: str | Table) -> str:
        return f"{self.url.rstrip('/')}/{_table(table).name}"

    # -- reading ------------------------------------------------------------------------------

    def snapshot(self, table: str | Table, version: int | None = None) -> Snapshot:
        """The newest version, or the one given. A table never written has version −1 and no files."""
        table = _table(table)
        handle = self._open(table, version)
        if handle is None:
            return Snapshot(table, -1, (), 0)
        # a stream, for which pyarrow does not ask whether it is of pandas, and so does not import it
        adds = pa.RecordBatchReader.from_stream(handle.get_add_actions(flatten=True)).read_all().to_pylist()
        _refuse_deletion_vectors(handle, adds, table)
        days = [(add.get(f"min.{table.day}"), add.get(f"max.{table.day}")) for add in adds]
        newest = max((add["modification_time"] for add in adds), default=None)
        return Snapshot(
            table=table,
            version=handle.version(),
            files=tuple(sorted(f"{self.address(table)}/{add['path']}" for add in adds)),
            rows=sum(add["num_records"] for add in adds),
            first_day=min((_day(low) for low, _ in days if low is not None), default=None),
            last_day=max((_day(high) for _, high in days if high is not None), default=None),
            changed_at=None if newest is None else datetime.fromtimestamp(newest / 1000, UTC),
        )

    def attempt_of(self, table: str | Table, source: str, key: str) -> int | None:
        """The last attempt of (source, key) that was committed, None when there was none."""
        return self._seen(self._open(_table(table)), f"{source}:{key}")

    def guard(self, table: str | Table, name: str) -> Guard:
        """Take it before checking the table; hand it to ``append``, which refuses what came between."""
        return Guard(name, self._seen(self._open(_table(table)), f"guard:{name}"))

    # -- writing ------------------------------------------------------------------------------

    def append(
        self,
        table: str | Table,
        data: Sequence[Path] | pa.Table | pa.RecordBatchReader,
        *,
        source: str,
        key: str,
        attempt: int = 1,
        guard: Guard | None = None,
    ) -> Appended:
        """Add rows once per (source, key, attempt), all of them visible at once or none.

        ``data`` is Parquet files in the contract's types (they are linked or copied in, and left
        in place), a table or a reader. Raise Moved when ``guard`` was overtaken, NewerAttempt
        when a higher attempt is already there, TooManyRaces when other writers never let go.
        """
        table = _table(table)
        name = f"{source}:{key}"
        adds = None
        for handle in self._tries(table):
            seen = self._seen(handle, name)
            if seen == attempt:
                return Appended(handle.version(), fresh=False)
            if seen is not None and seen > attempt:
                raise NewerAttempt(
                    f"Attempt {seen} of {name} is in {table.name} already; {attempt} is older."
                )
            marks = [Transaction(name, attempt)]
            if guard is not None:
                if self._seen(handle, f"guard:{guard.name}") != guard.seen:
                    raise Moved(f"Another import of {table.name} was committed meanwhile.")
                marks.append(Transaction(f"guard:{guard.name}", (guard.seen or 0) + 1))
            adds = adds or files.place(self, table, handle, data, stem=f"{source}-{key}-{attempt}")
            if self._commit(handle, adds, "append", CommitProperties(app_transactions=marks)):
                return Appended(handle.version(), fresh=True)
        raise TooManyRaces(f"{table.name}: {RACES_MAX} other writers came first. Try again later.")

    def replace(
        self,
        table: str | Table,
        data: Sequence[Path] | pa.Table | pa.RecordBatchReader,
        *,
        seen_version: int,
        properties: Mapping[str, str] | None = None,
    ) -> int:
        """Make ``data`` the whole content; return the new version. For projections.

        ``seen_version`` is the version from which ``data`` was derived (−1: none yet); raise Moved
        when the table is at another one. ``properties`` are kept with the commit.
        """
        return self._write(table, data, "overwrite", seen_version, properties)

    def extend(
        self,
        table: str | Table,
        data: Sequence[Path] | pa.Table | pa.RecordBatchReader,
        *,
        seen_version: int,
        properties: Mapping[str, str] | None = None,
    ) -> int:
        """Add ``data`` to the content; else like ``replace``."""
        return self._write(table, data, "append", seen_version, properties)

    def delete(self, table: str | Table, import_id: int) -> int:
        """Remove the rows of one import; return how many there were. Again: none."""
        table = _table(table)
        if self._open(table) is None:
            return 0
        for handle in self._tries(table):
            try:
                return int(handle.delete(f"import_id = {int(import_id)}")["num_deleted_rows"])
            except CommitFailedError:
                continue
        raise TooManyRaces(f"{table.name}: {RACES_MAX} other writers came first. Try again later.")

    # -- care ---------------------------------------------------------------------------------

    def compact(self, table: str | Table) -> tuple[int, int]:
        """Join small files; return (files read, files written). Losing a race changes nothing: (0, 0)."""
        handle = self._open(_table(table))
        if handle is None:
            return (0, 0)
        try:
            done = handle.optimize.compact(target_size=TARGET_FILE_BYTES, max_concurrent_tasks=1)
        except CommitFailedError:
            return (0, 0)
        return int(done["numFilesRemoved"]), int(done["numFilesAdded"])

    def checkpoint(self, table: str | Table) -> None:
        """Write a checkpoint, so that opening need not read the log from its start."""
        handle = self._open(_table(table))
        if handle is not None:
            handle.create_checkpoint()

    def vacuum(self, table: str | Table, *, keep: Iterable[int], retention_hours: int = 24) -> list[str]:
        """Remove files that no version of the last hours and no version in ``keep`` needs; name them.

        ``keep`` are the pinned versions. Files of an import not yet committed are younger than
        the retention and stay.
        """
        handle = self._open(_table(table))
        if handle is None:
            return []
        kept = sorted({version for version in keep if 0 <= version <= handle.version()})
        return list(
            handle.vacuum(
                retention_hours=retention_hours,
                dry_run=False,
                enforce_retention_duration=False,
                full=True,
                keep_versions=kept or None,
            )
        )

    # -- inside -------------------------------------------------------------------------------

    def _write(
        self,
        table: str | Table,
        data: Sequence[Path] | pa.Table | pa.RecordBatchReader,
        mode: Literal["append", "overwrite"],
        seen_version: int,
        properties: Mapping[str, str] | None,
    ) -> int:
        table = _table(table)
        handle = self._open(table)
        if (-1 if handle is None else handle.version()) != seen_version:
            raise Moved(f"{table.name} changed since version {seen_version}.")
        handle = handle or self._create(table)
        self._evolve(handle, table)
        adds = files.place(self, table, handle, data, stem=f"projection-{seen_version + 1}")
        details = CommitProperties(custom_metadata=dict(properties or {}), max_commit_retries=0)
        if not self._commit(handle, adds, mode, details):
            raise Moved(f"{table.name} changed while version {seen_version} was being written.")
        return int(handle.version())

    def _open(self, table: Table, version: int | None = None) -> DeltaTable | None:
        try:
            return DeltaTable(
                self.address(table), version=version, storage_options=dict(self.options) or None
            )
        except TableNotFoundError:
            if version is None:
                return None
            raise StoreError(f"{table.name} has no version {version}.") from None

    def _create(self, table: Table) -> DeltaTable:
        return DeltaTable.create(
            self.address(table),
            schema=_delta_schema(table),
            mode="ignore",
            description=table.title.en,
            configuration={
                "delta.checkpointInterval": "20",
                "delta.logRetentionDuration": "interval 30 days",
            },
            storage_options=dict(self.options) or None,
        )

    def _tries(self, table: Table) -> Iterator[DeltaTable]:
        """A fresh handle a try, with the contract's columns; a growing, uneven pause between them."""
        for race in range(RACES_MAX):
            if race:
                time.sleep(random.uniform(0.005, 0.02) * min(race, 10))  # noqa: S311  # no secret
            handle = self._open(table) or self._create(table)
            try:
                self._evolve(handle, table)  # before the caller reads the handle's transactions
            except CommitFailedError:
                continue
            yield handle

    @staticmethod
    def _seen(handle: DeltaTable | None, name: str) -> int | None:
        return None if handle is None else handle.transaction_version(name)

    @staticmethod
    def _commit(handle: DeltaTable, adds: list[files.Add], mode: str, details: CommitProperties) -> bool:
        """False when another writer came first."""
        try:
            handle.create_write_transaction(
                [add.action for add in adds], mode, handle.schema(), commit_properties=details
            )
        except CommitFailedError:
            return False
        handle.update_incremental()
        return True

    @staticmethod
    def _evolve(handle: DeltaTable, table: Table) -> None:
        """Add the contract's columns that the table does not have yet."""
        there = {f.name for f in handle.schema().fields}
        missing = [f for f in _delta_schema(table).fields if f.name not in there]
        if missing:
            handle.alter.add_columns(missing)


def _table(table: str | Table) -> Table:
    if isinstance(table, Table):
        return table
    if table not in TABLES:
        raise StoreError(f"There is no table {table!r}. Tables: {', '.join(TABLES)}.")
    return TABLES[table]


def _delta_schema(table: Table) -> Schema:
    """All columns nullable: what may be null is checked before rows get here, with a reason per row."""
    loose = pa.schema([pa.field(c.name, c.type) for c in table.columns])
    return Schema([Field.from_arrow(f) for f in loose])


def _refuse_deletion_vectors(handle: DeltaTable, adds: list[dict[str, object]], table: Table) -> None:
    features = handle.protocol().reader_features or []
    if "deletionVectors" not in features:
        return
    try:
        found = any(batch.num_rows for batch in map(pa.record_batch, handle.deletion_vectors()))
    except DeltaError:  # one that cannot even be read
        found = True
    if found:
        raise ForeignSnapshot(
            f"{table.name} holds deletion vectors of another program. Rewrite it there first "
            "(for example REORG TABLE … APPLY (PURGE)), then read it here."
        )


def _day(value: object) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))
