"""The versions that one answer reads: looked up once, the same for all of its scans."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from remit.core.period import Period
from remit.core.scope import Scope
from remit.lake.snapshot import Snapshot
from remit.lake.tables import TABLES

from .reader import Reader
from .rollups import ROLLUPS, Rollup

BASKETS_MARK = "remit.rows_are_baskets"


@dataclass(frozen=True, slots=True)
class Extent:
    """How far one company's (outlet's, currency's) rows of a fact table reach.

    ``timed``: how many of them carry a time of day; only whether it is zero matters.
    """

    unit_id: int
    outlet_id: int | None
    currency: str | None
    first: date
    last: date
    timed: int


@dataclass
class Pinned:
    """Snapshots by table; everything derived from them is kept by their versions."""

    reader: Reader
    _snapshots: dict[str, Snapshot] = field(default_factory=dict)

    def snapshot(self, name: str) -> Snapshot:
        if name not in self._snapshots:
            self._snapshots[name] = self.reader.snapshot(name)
        return self._snapshots[name]

    def version(self, name: str) -> int:
        return self.snapshot(name).version

    def source(self, name: str) -> str:
        """A SELECT of the table's pinned files."""
        return self.reader.source(self.snapshot(name))

    def fetch(self, sql: str) -> list[tuple[Any, ...]]:
        return self.reader.fetch(sql)

    def has_history(self, dimension: str) -> bool:
        """Whether any row of a dimension table has more than one version."""
        version = self.version(dimension)
        if version < 0:
            return False
        sql = f"SELECT count(*) FROM ({self.source(dimension)}) WHERE valid_to < DATE '9999-12-31'"  # noqa: S608  # literals are escaped
        return bool(self.reader.kept(("history", dimension, version), lambda: self.fetch(sql)[0][0]))

    def extents(self, fact: str) -> tuple[Extent, ...]:
        """How far each company's and outlet's rows reach. One pass per version, from a rollup if it may."""
        version = self.version(fact)
        if version < 0:
            return ()
        return tuple(self.reader.kept(("extents", fact, version), lambda: self._extents(fact)))

    def _extents(self, fact: str) -> tuple[Extent, ...]:
        table = TABLES[fact]
        rollup = next((one for one in ROLLUPS.values() if one.fact == fact and self.is_current(one)), None)
        columns = table.by_name
        outlet = "outlet_id" if "outlet_id" in columns else "NULL"
        currency = "currency" if "currency" in columns else "NULL"
        timed = "count(*)"
        if rollup is not None:
            timed = f"sum({rollup.timed})"
        elif "sold_hour" in columns:
            timed = "count(sold_hour)"
        source = self.source(rollup.name if rollup else fact)
        found = self.fetch(
            f"SELECT unit_id, {outlet}, {currency}, min({table.day}), max({table.day}), {timed} "  # noqa: S608  # literals are escaped
            f"FROM ({source}) GROUP BY ALL"
        )
        return tuple(Extent(*row) for row in found)

    def is_current(self, rollup: Rollup) -> bool:
        """Whether a rollup was derived from exactly the pinned versions, by the present definition."""
        if self.version(rollup.name) < 0:
            return False
        found = self._marks(rollup)
        return all(found.get(key) == value for key, value in self.origin(rollup).items())

    def rows_are_baskets(self, rollup: Rollup) -> bool:
        """Whether each row of a rollup was found to be a basket of its own when it was made."""
        return self._marks(rollup).get(BASKETS_MARK) == "true"

    def _marks(self, rollup: Rollup) -> dict[str, str]:
        version = self.version(rollup.name)
        key = ("marks", rollup.name, version)
        found: dict[str, str] = self.reader.kept(key, lambda: origin_of(self.reader, rollup, version))
        return found

    def origin(self, rollup: Rollup) -> dict[str, str]:
        """What a rollup of the pinned versions would be marked with."""
        return {
            "remit.rollup": rollup.shape_digest,
            **{f"remit.source.{name}": str(self.version(name)) for name in rollup.sources},
        }


def origin_of(reader: Reader, rollup: Rollup, version: int) -> dict[str, str]:
    """The marks of a rollup's newest replacement; empty when there are none."""
    from deltalake import DeltaTable  # imported late: only where rollups are used

    options = dict(reader.lake.options) or None
    handle = DeltaTable(reader.lake.address(rollup.table), version=version, storage_options=options)
    for commit in handle.history(10):
        marks = {key: str(value) for key, value in commit.items() if key.startswith("remit.")}
        if marks:
            return marks
    return {}


def visible(extents: tuple[Extent, ...], scope: Scope, within: Scope | None) -> tuple[Extent, ...]:
    """The extents of rows that a scope, and a unit filter besides, may see."""
    return tuple(one for one in extents if _sees(scope, one) and (within is None or _sees(within, one)))


def _sees(scope: Scope, one: Extent) -> bool:
    return scope.everything or one.unit_id in scope.companies or one.outlet_id in scope.outlets


def overlapping(extents: tuple[Extent, ...], period: Period | None) -> tuple[Extent, ...]:
    """The extents that reach into a period."""
    if period is None:
        return extents
    return tuple(one for one in extents if one.first <= period.last and one.last >= period.first)
