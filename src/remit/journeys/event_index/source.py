"""Where events come from, and how they are put in order: DuckDB sorts, beyond memory when it has to."""

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Self

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from remit.kernels.journeys.columns import CODES_MAX, Array
from remit.lake.duck import connect, named, quoted

from .manifest import EPOCH_S, LAST_S, CannotIndex

BATCH_ROWS = 1_000_000


@dataclass(frozen=True, slots=True)
class Source:
    """``sql``: a SELECT. ``person``, ``at``, ``event``, ``others`` (by name in the index): expressions of it.

    ``numbers``: further ones that are numbers, not names. ``zone`` is that of times without one.
    """

    sql: str
    person: str = "person"
    at: str = "time"
    event: str = "event"
    others: Mapping[str, str] = field(default_factory=dict)
    zone: str = "UTC"
    numbers: Mapping[str, str] = field(default_factory=dict)

    @property
    def columns(self) -> tuple[str, ...]:
        """All further columns, by name in the index."""
        return (*self.others, *self.numbers)

    def rows(self) -> str:
        """A SELECT of person, ms since 2000, event, others as text, numbers; null where it cannot be read."""
        others = "".join(f", nullif(CAST({text} AS VARCHAR), '') AS {named('o ' + n)}"
                         for n, text in self.others.items())  # fmt: skip
        for n, text in self.numbers.items():
            number = f"TRY_CAST({text} AS DOUBLE)"
            others += f", CASE WHEN isfinite({number}) THEN {number} ELSE 0 END AS {named('c ' + n)}"
        return (
            f"SELECT nullif(CAST({self.person} AS VARCHAR), '') AS person,"  # noqa: S608  # names are quoted, the rest is ours
            f" epoch_us(TRY_CAST({self.at} AS TIMESTAMPTZ)) // 1000 - {EPOCH_S * 1000} AS ms,"
            f" nullif(CAST({self.event} AS VARCHAR), '') AS event{others} FROM ({self.sql})"
        )


FIT = f"person IS NOT NULL AND event IS NOT NULL AND ms BETWEEN 0 AND {LAST_S}999"


@dataclass(frozen=True)
class Run:
    """Events by hash of person, person, instant: ``first`` int64 (people + 1), else as in the index."""

    persons: pa.Array
    hashes: Array
    first: Array
    seconds: Array
    within: Array
    codes: Array
    others: dict[str, Array]


@dataclass
class Sorter:
    """One reading of a source, as a context. ``names`` and ``values`` continue those that the index has."""

    source: Source
    spill: Path
    names: tuple[str, ...] = ()
    values: dict[str, tuple[str, ...]] = field(default_factory=dict)
    events: int = 0
    left_out: int = 0

    def __enter__(self) -> Self:
        self.spill.mkdir(parents=True, exist_ok=True)
        self.connection = connect(spill=self.spill)
        try:
            self._look()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_error: object) -> None:
        self.connection.close()
        shutil.rmtree(self.spill, ignore_errors=True)

    def _look(self) -> None:
        """Which names there are, and how many events."""
        self.connection.execute(f"SET TimeZone = {quoted(self.source.zone)}")
        self.connection.execute("SET enable_progress_bar = false")  # it would be drawn into the answer
        self._ask(f"CREATE TEMP VIEW events AS {self.source.rows()}")
        counts = f"SELECT count(*) FILTER (WHERE {FIT}), count(*) FROM events"  # noqa: S608  # names are quoted, the rest is ours
        ((self.events, all_rows),) = self._ask(counts).fetchall()
        self.left_out = all_rows - self.events
        self.names = self._known("event", self.names, "names of events")
        for name in self.source.others:
            before = self.values.get(name, ("",))
            self.values[name] = self._known(named("o " + name), before, f"values of {name}")

    def buckets(self, count: int) -> Iterator[tuple[int, Run]]:
        """Each bucket that has events, in order."""
        held: list[pa.RecordBatch] = []
        number = -1
        ordered: pa.RecordBatchReader = self._ask(self._ordered()).to_arrow_reader(BATCH_ROWS)
        for batch in ordered:
            hashes = batch.column("hash").to_numpy()
            at = bucket_of(hashes, count)
            cuts = [0, *(np.flatnonzero(at[1:] != at[:-1]) + 1).tolist(), len(at)]
            for low, high in pairwise(cuts):
                if held and int(at[low]) != number:
                    yield number, self._run(held)
                    held = []
                number = int(at[low])
                held.append(batch.slice(low, high - low))
        if held:
            yield number, self._run(held)

    def _ask(self, sql: str) -> duckdb.DuckDBPyRelation:
        try:
            return self.connection.sql(sql)
        except duckdb.Error as error:
            raise CannotIndex(f"The events cannot be read: {str(error).splitlines()[0]}") from error

    def _known(self, column: str, before: tuple[str, ...], what: str) -> tuple[str, ...]:
        sql = f"SELECT DISTINCT {column} FROM events WHERE {FIT} AND {column} IS NOT NULL"  # noqa: S608  # names are quoted, the rest is ours
        found = {row[0] for row in self._ask(f"{sql} LIMIT {CODES_MAX + 2}").fetchall()}
        names = (*before, *sorted(found - set(before)))
        if len(names) > CODES_MAX:
            raise CannotIndex(
                f"There are more than {CODES_MAX:,} {what}. A journey needs few names: is an id part of them?"
            )
        return names

    def _ordered(self) -> str:
        """A name's code is its place in an enumeration, which DuckDB finds fast."""
        coded = [("event", "code", self.names)]
        coded += [(named("o " + n), named("c " + n), self.values[n]) for n in self.source.others]
        parts = []
        for place, (column, out, names) in enumerate(coded):
            listed = ", ".join(map(quoted, names)) or "''"
            self.connection.execute(f"CREATE TEMP TYPE names{place} AS ENUM ({listed})")
            text = f"coalesce({column}, '')" if place else column
            parts.append(f"CAST(enum_code(CAST({text} AS names{place})) AS USMALLINT) AS {out}")
        numbers = [named("c " + n) for n in self.source.numbers]
        told = ", ".join([*(column for column, _out, _names in coded), *numbers])
        parts += numbers
        return (
            f"SELECT hash(person) AS hash, person, CAST(ms // 1000 AS UINTEGER) AS seconds,"  # noqa: S608  # names are quoted, the rest is ours
            f" CAST((ms % 1000) * 4194304 + hash({told}) % 4194304 AS UINTEGER) AS within, {', '.join(parts)}"
            f" FROM events WHERE {FIT} ORDER BY hash, person, seconds, within"
        )

    def _run(self, batches: list[pa.RecordBatch]) -> Run:
        table = pa.Table.from_batches(batches).combine_chunks()
        hashes = table["hash"].to_numpy()
        persons = table["person"].combine_chunks()
        new = np.ones(len(hashes), bool)
        new[1:] = pc.not_equal(persons[1:], persons[:-1]).to_numpy(zero_copy_only=False)
        begins = np.flatnonzero(new)
        return Run(
            persons=persons.take(pa.array(begins)),
            hashes=hashes[begins],
            first=np.append(begins, len(hashes)).astype(np.int64),
            seconds=table["seconds"].to_numpy(),
            within=table["within"].to_numpy(),
            codes=table["code"].to_numpy(),
            others={name: table[f"c {name}"].to_numpy() for name in self.source.columns},
        )


def bucket_of(hashes: Array, count: int) -> Array:
    """In which of ``count`` buckets, a power of two, each hash belongs; in order where they are."""
    bits = count.bit_length() - 1
    shifted = hashes >> np.uint64(64 - bits) if bits else np.zeros(len(hashes), np.uint64)
    return shifted.astype(np.int64)
