"""Builds rollups from the facts: whole, or only the days that changed since the version it came from."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from remit.core.period import Period
from remit.lake.snapshot import duckdb_type
from remit.lake.store import Lake, Moved, StoreError
from remit.lake.tables import TABLES

from ..catalog.spec import Distinct
from .leaves import Leaf
from .pinned import BASKETS_MARK, Pinned, origin_of
from .reader import embedded
from .render import literal, statement
from .rollups import BASKET, ROLLUPS, Rollup
from .shape import ScopeForm, Shape, dimension_tables

CHUNK_ROWS = 20_000_000  # facts summed up at once, so that memory stays bounded
FREE = ScopeForm(True, False, False)


@dataclass(frozen=True, slots=True)
class Refreshed:
    """``done``: ``current`` (nothing to do), ``part``, ``whole``, or ``overtaken`` by another process."""

    rollup: str
    done: str
    days: Period | None = None


def refresh_all(lake: Lake) -> list[Refreshed]:
    """Bring every rollup up to the newest version of its sources."""
    return [refresh(lake, rollup) for rollup in ROLLUPS.values()]


def refresh(lake: Lake, rollup: Rollup) -> Refreshed:
    """Bring one rollup up to date; losing a race against another process changes nothing."""
    pinned = Pinned(embedded(lake))
    if pinned.version(rollup.fact) < 0 or pinned.is_current(rollup):
        return Refreshed(rollup.name, "current")
    fact = pinned.snapshot(rollup.fact)
    whole = Period(fact.first_day, fact.last_day) if fact.first_day and fact.last_day else None
    changed = changed_days(pinned, rollup)
    days = changed if changed is not None else whole
    with tempfile.TemporaryDirectory() as folder:
        files = list(_parts(pinned, rollup, days, keep=changed is not None, folder=Path(folder)))
        seen = pinned.version(rollup.name)
        try:
            marks = {**pinned.origin(rollup), BASKETS_MARK: _are_baskets(pinned, rollup, files)}
            lake.replace(rollup.table, files, seen_version=seen, properties=marks)
        except Moved:
            return Refreshed(rollup.name, "overtaken")
    lake.vacuum(rollup.table, keep=())  # files of older versions, a day after nobody can read them any more
    return Refreshed(rollup.name, "whole" if changed is None else "part", days)


def changed_days(pinned: Pinned, rollup: Rollup) -> Period | None:
    """The days whose facts differ from those that the rollup was made of; None: make it anew."""
    version = pinned.version(rollup.name)
    if version < 0:
        return None
    origin = origin_of(pinned.reader, rollup, version)
    if origin.get("remit.rollup") != rollup.shape_digest:
        return None
    try:
        if any(_has_changed(pinned, name, _version(origin, name)) for name in rollup.sources[1:]):
            return None
        before = _days_by_file(pinned.reader.lake, rollup.fact, _version(origin, rollup.fact))
        now = _days_by_file(pinned.reader.lake, rollup.fact, pinned.version(rollup.fact))
    except StoreError:
        return None  # that version is gone, so the difference cannot be told
    differing = [days for path, days in {**before, **now}.items() if (path in before) != (path in now)]
    if not differing or any(days is None for days in differing):
        return None
    known = [days for days in differing if days is not None]
    return Period(min(first for first, _ in known), max(last for _, last in known))


def _version(origin: dict[str, str], name: str) -> int:
    return int(origin[f"remit.source.{name}"])


def _has_changed(pinned: Pinned, dimension: str, version: int) -> bool:
    """Whether any row that was there is not there any more as it was; new rows change no old facts."""
    if version == pinned.version(dimension):
        return False
    old = pinned.reader.lake.snapshot(dimension, version).sql()
    gone = pinned.fetch(f"SELECT 1 FROM ({old} EXCEPT ALL {pinned.source(dimension)}) LIMIT 1")  # noqa: S608  # names of our own files
    return bool(gone)


def _days_by_file(lake: Lake, fact: str, version: int) -> dict[str, tuple[date, date] | None]:
    """First and last day of each file of a version, as the table's log states them."""
    import pyarrow as pa
    from deltalake import DeltaTable
    from deltalake.exceptions import DeltaError

    try:
        handle = DeltaTable(lake.address(fact), version=version, storage_options=dict(lake.options) or None)
    except DeltaError as error:
        raise StoreError(str(error)) from error
    found: dict[str, tuple[date, date] | None] = {}
    for add in pa.table(handle.get_add_actions(flatten=True)).to_pylist():
        first, last = (add.get(f"{end}.{TABLES[fact].day}") for end in ("min", "max"))
        found[add["path"]] = (_day(first), _day(last)) if first and last else None
    return found


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def _parts(
    pinned: Pinned, rollup: Rollup, days: Period | None, *, keep: bool, folder: Path
) -> Iterator[Path]:
    """Parquet files: with ``keep`` the rows of the present rollup outside ``days``, then the days anew."""
    day = TABLES[rollup.fact].day
    if keep and days is not None:
        outside = f"{day} NOT BETWEEN {literal(days.first)} AND {literal(days.last)}"
        rows = f"SELECT * FROM ({pinned.source(rollup.name)}) WHERE {outside}"  # noqa: S608  # literals are escaped
        yield from _copied(pinned, rollup, rows, folder / "kept.parquet")
    if days is None:
        return
    text = _template(pinned, rollup)
    sources = {name: pinned.source(name) for name in rollup.sources}
    for number, part in enumerate(_chunks(days, pinned.snapshot(rollup.fact).rows)):
        slots = {"first": literal(part.first), "last": literal(part.last)}
        rows = statement(text, slots, sources).run
        yield from _copied(pinned, rollup, rows, folder / f"{number}.parquet")


def _are_baskets(pinned: Pinned, rollup: Rollup, files: list[Path]) -> str:
    """Whether no basket has two rows (two hours, two outlets …), so that rows can be counted."""
    if not set(BASKET) <= set(rollup.keys) or not files:
        return "false"
    rows = f"read_parquet([{', '.join(literal(str(file)) for file in files)}])"
    repeated = f"SELECT 1 FROM {rows} GROUP BY {', '.join(BASKET)} HAVING count(*) > 1 LIMIT 1"  # noqa: S608  # names of our own files
    return "false" if pinned.fetch(repeated) else "true"


def _copied(pinned: Pinned, rollup: Rollup, rows: str, file: Path) -> Iterator[Path]:
    """Write rows to a file in the contract's types, by day, so that readers can skip."""
    columns = ", ".join(
        f'CAST("{one.name}" AS {duckdb_type(one.type)}) AS "{one.name}"' for one in rollup.table.columns
    )
    day = TABLES[rollup.fact].day
    pinned.reader.cursor().execute(
        f"COPY (SELECT {columns} FROM ({rows}) ORDER BY {day}) TO {literal(str(file))} "  # noqa: S608  # literals are escaped
        "(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)"
    )
    yield file


def _chunks(days: Period, rows: int) -> Iterator[Period]:
    """The days in parts of about ``CHUNK_ROWS`` facts."""
    count = min(max(1, -(-rows // CHUNK_ROWS)), days.days)
    step = -(-days.days // count)
    first = days.first
    while first <= days.last:
        last = min(first + timedelta(days=step - 1), days.last)
        yield Period(first, last)
        first = last + timedelta(days=1)


def _template(pinned: Pinned, rollup: Rollup) -> str:
    """The SQL that sums the facts up, with slots for the first and the last day."""
    import ibis  # imported late: half a second

    from .aggregates import summed

    shape = Shape(
        source=rollup.fact,
        fact=rollup.fact,
        by=rollup.attributes,
        where=(),
        has_period=True,
        scope=FREE,
        within=FREE,
        history=frozenset(name for name in rollup.sources[1:] if pinned.has_history(name)),
        single_company=False,
        converts=False,
        leaves=(*rollup.measures, Leaf(rollup.fact, Distinct(rollup.keys))),
    )
    assert set(dimension_tables(shape)) <= set(rollup.sources)
    return str(ibis.to_sql(summed(shape, rollup), dialect="duckdb"))
