"""Who is in an experiment and what they did, as moments per variant: one statement over the lake."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import numpy as np

from remit.kernels.experiments.assigning import Definition
from remit.kernels.experiments.comparing import Measured
from remit.kernels.experiments.moments import Moments
from remit.lake.duck import as_arrow, connect, named
from remit.lake.queries import the_lake
from remit.lake.tables import TABLES
from remit.org.models import Unit

from ..asking import Company, Days, columns_of, measured_as, pairs_of, statement
from ..per_person import PersonMeasure

KEEP = """CREATE TEMP TABLE {table} AS
    SELECT * FROM memory.{table} WHERE unit_id = $unit AND {day} BETWEEN $first AND $last"""
EXTENT = "SELECT min({day}), max({day}) FROM {table} WHERE unit_id = $unit"


@dataclass(frozen=True)
class Gathered:
    """``counts`` and ``moments`` by variant; ``measured`` says which columns make a metric, by its name."""

    counts: dict[str, int]
    moments: dict[str, Moments]
    measured: dict[str, Measured] = field(default_factory=dict)


@dataclass(frozen=True)
class Source:
    """A company's customers and facts, opened once for several questions. ``versions``: which data."""

    con: duckdb.DuckDBPyConnection
    unit: Unit
    versions: str

    def last_day(self, tables: Sequence[str]) -> date | None:
        """How far all of these facts reach; none where one has no rows of the company."""
        days = [self._extent(table)[1] for table in tables]
        return min((day for day in days if day is not None), default=None) if all(days) else None

    def first_day(self, tables: Sequence[str]) -> date | None:
        """From when on all of these facts are there."""
        days = [self._extent(table)[0] for table in tables]
        return max((day for day in days if day is not None), default=None) if all(days) else None

    def _extent(self, table: str) -> tuple[date | None, date | None]:
        day = TABLES[table].day
        sql = EXTENT.format(day=day, table=named(table))
        ((first, last),) = self.con.execute(sql, {"unit": int(self.unit.pk)}).fetchall()
        return first, last

    def keep(self, tables: Sequence[str], first: date, last: date) -> None:
        """Copy the company's rows of these days once, where many days are read one after the other."""
        for table in tables:
            sql = KEEP.format(table=named(table), day=TABLES[table].day)
            self.con.execute(sql, {"unit": int(self.unit.pk), "first": first, "last": last})

    def gather(
        self,
        definition: Definition,
        measures: Sequence[PersonMeasure],
        days: Days,
        *,
        enrolled: Sequence[tuple[str, str, date]] | None = None,
        cap: float | None = None,
    ) -> Gathered:
        """Moments per variant of those whom the definition assigns, or of the ``enrolled`` (person, variant,
        day of entry) who are customers. ``cap``: the percentile of those above zero to which amounts are cut.
        """
        names = [measured_as(place, one, has_past=days.has_past) for place, one in enumerate(measures)]
        if enrolled is not None:
            self.con.register("enrolled", _table(enrolled))
        try:
            sql = statement(
                definition, measures, names, days, Company(int(self.unit.pk), self.unit.currency),
                enrolled is not None, cap,
            )  # fmt: skip
            rows = self.con.execute(sql).fetchall()
        finally:
            if enrolled is not None:
                self.con.unregister("enrolled")
        columns = columns_of(names)
        pairs = pairs_of(names)
        moments = {row[0]: _moments(columns, pairs, row[1:]) for row in rows}
        empty = Moments(columns, 0, np.zeros(len(columns)), np.zeros((len(columns), len(columns))))
        codes = [one.code for one in definition.variants]
        return Gathered(
            {code: moments[code].n if code in moments else 0 for code in codes},
            {code: moments.get(code, empty) for code in codes},
            {one.metric.name: name for one, name in zip(measures, names, strict=True)},
        )


@contextmanager
def source_of(unit: Unit, tables: Sequence[str]) -> Iterator[Source]:
    """Open a company's customers and these facts at their present versions."""
    with TemporaryDirectory(prefix="remit-learning-") as spill, connect(spill=Path(spill)) as con:
        lake, versions = the_lake(), []
        for table in sorted({"customers", *tables}):
            snapshot = lake.snapshot(table)
            con.execute(f"CREATE VIEW {named(table)} AS {snapshot.sql()}")
            versions.append(f"{table}@{snapshot.version}")
        yield Source(con, unit, ",".join(versions))


def _moments(columns: tuple[str, ...], pairs: Sequence[tuple[str, str]], row: Sequence[Any]) -> Moments:
    count, sums = int(row[0]), np.array(row[1 : len(columns) + 1], dtype=np.float64)
    products, at = np.zeros((len(columns), len(columns))), {name: n for n, name in enumerate(columns)}
    for (one, other), value in zip(pairs, row[len(columns) + 1 :], strict=True):
        products[at[one], at[other]] = products[at[other], at[one]] = value
    return Moments(columns, count, sums, products)


def _table(enrolled: Sequence[tuple[str, str, date]]) -> Any:
    people, variants, days = zip(*enrolled, strict=True) if enrolled else ((), (), ())
    if not enrolled:
        import pyarrow as pa

        schema = pa.schema([("person", pa.string()), ("variant", pa.string()), ("entered", pa.date32())])
        return schema.empty_table()
    return as_arrow({"person": people, "variant": variants, "entered": days})
