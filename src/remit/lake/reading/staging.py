"""The one pass from a file to staged Parquet in the contract's columns and types.

Nothing here writes to the lake or the database; what it makes lies in a folder of its own, so that it can
be thrown away and done again at any time.
"""

# ruff: noqa: S608  # names of the contract and values made here

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import duckdb

from remit.core.text import Text

from ..duck import connect, named, quoted
from ..snapshot import Snapshot
from .dates import settle
from .expressions import Expression, expressions
from .faults import explained
from .fitting import alike_notes, check
from .keys import keys_differ, leave_out_known, leave_out_repeated
from .loading import GOOD, Loaded, load
from .quarantine import line_of, write_left_out
from .refusal import Unreadable
from .resolving import Dimensions, make_resolved, resolve_codes
from .source import Source
from .vocabulary import Mapping

SHOWN_FILE = "shown.parquet"
SHOWN_ROWS = 50
IN_MEMORY_BYTES_MAX = {"csv": 200 * 2**20, "parquet": 20 * 2**20}
# in a group of 122,880 rows: 8,000 would take a tenth of the writing and save a tenth of the file
DICTIONARY_VALUES_MAX = 1_000
STEPS = ("reading", "resolving", "checking", "writing", "quarantine")


@dataclass(frozen=True, slots=True)
class Destination:
    """Where the rows will stand. ``existing`` is the fact table as it is (None for a dimension).

    ``zones``: the company's zones, each from its day on; at least one. ``latest``: the last day on which
    something can have happened (None: it is not asked). ``pretend``: unknown codes count as made, and none
    is made; the mapping is settled already, over more rows than are staged.
    """

    unit_id: int
    import_id: int
    zones: Sequence[tuple[date, str]]
    dimensions: Dimensions
    existing: Snapshot | None = None
    latest: date | None = None
    pretend: bool = False


@dataclass(frozen=True, slots=True)
class Staged:
    """Rows ``read`` = ``good`` + ``skipped`` (there already, or said twice) + ``left_out`` (wrong).

    ``blank`` rows are not counted among them. ``files`` hold the good rows, ``quarantine`` the wrong ones.
    """

    read: int
    good: int
    skipped: int
    left_out: int
    blank: int
    files: tuple[Path, ...]
    quarantine: Path | None
    first_day: date | None = None
    last_day: date | None = None
    notes: tuple[Text, ...] = field(default=())
    new_codes: dict[str, int] = field(default_factory=dict)


def stage(
    source: Source,
    mapping: Mapping,
    destination: Destination,
    folder: Path,
    progress: Callable[[str, int], None] = lambda step, done: None,
) -> Staged:
    """Read, type, resolve, check and write; ``progress`` is told each step with its number.

    ``folder`` is empty and stays the caller's. Raise WrongMapping or Unreadable when the file as a whole
    does not fit; OSError when the disk is full.
    """
    check(mapping, source.columns)
    con = _database(folder, source)
    try:
        progress("reading", 0)
        mapping, notes = settle(con, source, mapping) if not destination.pretend else (mapping, [])
        targets = expressions(mapping, source)
        loaded = load(con, source, mapping, targets)
        if loaded.rows + loaded.broken == 0:
            raise Unreadable("檔案只有欄名，沒有資料列。", "The file has a header and no rows.")
        staged = _checked(con, source, mapping, targets, loaded, destination, folder, progress)
        said = (*source.notes, *alike_notes(mapping, source.columns), *notes, *loaded.notes)
        return replace(staged, notes=said)
    except duckdb.Error as error:
        raise explained(error, source) from error
    finally:
        con.close()
        (folder / "stage.duckdb").unlink(missing_ok=True)


def _database(folder: Path, source: Source) -> duckdb.DuckDBPyConnection:
    """In memory for what fits, which halves the work; else on disk, so that memory stays bounded."""
    con = connect(spill=folder / "spill")
    if source.path.stat().st_size > IN_MEMORY_BYTES_MAX.get(source.kind, 0):
        con.sql(f"ATTACH {quoted(str(folder / 'stage.duckdb'))} AS stage")
        con.sql("USE stage")
    con.sql(
        "CREATE TABLE left_out (row BIGINT, code VARCHAR, column_name VARCHAR, value VARCHAR, detail VARCHAR)"
    )
    con.sql("CREATE TABLE skipped (row BIGINT)")
    return con


def _beside(con: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """A second connection to the same tables, for another thread."""
    database = con.sql("SELECT current_database()").fetchall()[0][0]
    second = con.cursor()
    second.sql(f"USE {named(database)}")
    return second


def _checked(
    con: duckdb.DuckDBPyConnection,
    source: Source,
    mapping: Mapping,
    targets: list[Expression],
    loaded: Loaded,
    destination: Destination,
    folder: Path,
    progress: Callable[[str, int], None],
) -> Staged:
    new_codes = _put_apart(con, mapping, targets, destination, progress)
    progress("writing", 3)
    good = _write_good(con, mapping, targets, folder / "good.parquet")
    if destination.pretend:
        _write_shown(con, source, targets, folder)
    progress("quarantine", 4)
    quarantine = folder / "quarantine.parquet"
    left_out = write_left_out(con, source, mapping, targets, quarantine)
    first_day, last_day = _days(con, mapping, folder / "good.parquet")
    read = loaded.rows - loaded.blank + loaded.broken
    return Staged(
        read=read,
        good=good,
        skipped=read - good - left_out,
        left_out=left_out,
        blank=loaded.blank,
        files=(folder / "good.parquet",) if good else (),
        quarantine=quarantine if left_out else None,
        first_day=first_day,
        last_day=last_day,
        new_codes=new_codes,
    )


def _put_apart(
    con: duckdb.DuckDBPyConnection,
    mapping: Mapping,
    targets: list[Expression],
    destination: Destination,
    progress: Callable[[str, int], None],
) -> dict[str, int]:
    """Turn codes into ids and mark the rows that are repeated or there already; return the new codes."""
    progress("resolving", 1)
    # keys are compared while codes are resolved, which is half Python
    with _beside(con) as second, ThreadPoolExecutor(1) as other:
        differ = other.submit(keys_differ, second, mapping, targets)
        new_codes = resolve_codes(
            con, mapping, targets, destination.unit_id, destination.dimensions, pretend=destination.pretend
        )
    make_resolved(
        con, mapping, targets,
        unit_id=destination.unit_id, import_id=destination.import_id, zones=destination.zones,
        latest=destination.latest,
    )  # fmt: skip
    progress("checking", 2)
    if not differ.result():
        leave_out_repeated(con, mapping, targets)
    if destination.existing is not None:
        leave_out_known(con, mapping, destination.existing, destination.unit_id)
    return new_codes


def _write_good(
    con: duckdb.DuckDBPyConnection, mapping: Mapping, targets: list[Expression], path: Path
) -> int:
    """A fact gets all columns of its contract; a list only those that the file gives."""
    if mapping.contract.kind == "fact":
        columns = [column.name for column in mapping.contract.columns]
    else:
        given = {target.column.name for target in targets}
        columns = [column.name for column in mapping.contract.columns if column.name in given]
    con.sql("SET preserve_insertion_order = false")
    con.sql(
        f"COPY (SELECT {', '.join(map(named, columns))} FROM resolved WHERE {_is_good(con)})"
        f" TO {quoted(str(path))} (FORMAT parquet, COMPRESSION snappy,"
        f" DICTIONARY_SIZE_LIMIT {DICTIONARY_VALUES_MAX})"
    )
    return int(con.sql(f"SELECT count(*) FROM read_parquet({quoted(str(path))})").fetchall()[0][0])


def _days(con: duckdb.DuckDBPyConnection, mapping: Mapping, path: Path) -> tuple[date | None, date | None]:
    """The first and last business day of the good rows."""
    day = mapping.contract.day
    if day is None or mapping.contract.kind == "dimension":
        return None, None
    first, last = con.sql(
        f"SELECT min({named(day)}), max({named(day)}) FROM read_parquet({quoted(str(path))})"
    ).fetchall()[0]
    return first, last


def _write_shown(
    con: duckdb.DuckDBPyConnection, source: Source, targets: list[Expression], folder: Path
) -> None:
    """The first good rows for a person's eyes: their line, and codes where the table holds ids."""
    made = {target.column.name: target for target in targets}
    chosen = [
        f"(SELECT typed.{target.name} FROM typed WHERE typed.rowid = row) AS {named(name)}"
        if target.column.refers_to
        else named(name)
        for name, target in made.items()
    ]
    con.sql(
        f"COPY (SELECT {line_of('row', source)} AS line, {', '.join(chosen)} FROM"
        f" (FROM resolved WHERE {_is_good(con)} ORDER BY row LIMIT {SHOWN_ROWS}))"
        f" TO {quoted(str(folder / SHOWN_FILE))} (FORMAT parquet)"
    )


def _is_good(con: duckdb.DuckDBPyConnection) -> str:
    """The condition on ``resolved`` for rows that load; it names only tables that hold something."""
    excluded = [
        f" AND row NOT IN (SELECT row FROM {table})"
        for table in ("left_out", "skipped")
        if con.sql(f"SELECT count(*) FROM {table}").fetchall()[0][0]
    ]
    return f"state = {GOOD}{''.join(excluded)}"
