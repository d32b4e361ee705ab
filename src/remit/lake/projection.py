"""Tables that follow the database: dimensions with their past, and facts that no file brings. Pure."""

# ruff: noqa: S608  # names of the contracts' own columns; values travel as parameters

from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from .duck import named, scratch
from .snapshot import Snapshot, duckdb_type
from .store import Lake, Moved
from .tables import TABLES, Table

BEGINNING = "DATE '0001-01-01'"
OPEN_END = "DATE '9999-12-31'"
TRIES_MAX = 20
FILES_MAX = 8  # a table of more is written anew, so that reading it stays one look


class NotADimension(ValueError):
    """Only dimensions are projections; facts come by import."""


class FilledByImports(ValueError):
    """Only facts that no file brings are replaced."""


def mirror(lake: Lake, name: str, rows: pa.Table) -> bool:
    """Make ``rows`` the whole content of a table that no file brings; false where it was so already."""
    table = TABLES[name]
    if table.kind == "dimension" or table.imported:
        raise FilledByImports(f"{name} is filled by imports.")
    rows = rows.select(table.schema.names).cast(pa.schema([(c.name, c.type) for c in table.columns]))
    tries = 0
    while True:
        snapshot = lake.snapshot(table)
        if _is_same(snapshot, rows):
            return False
        try:
            lake.replace(table, rows, seen_version=snapshot.version)
        except Moved:
            tries += 1
            if tries == TRIES_MAX:
                raise
            continue
        return True


def _is_same(snapshot: Snapshot, rows: pa.Table) -> bool:
    if snapshot.rows != rows.num_rows:
        return False
    with scratch() as con:
        con.register("rows", rows)
        found = con.sql(f"SELECT count(*) FROM ((FROM rows) EXCEPT ALL ({snapshot.sql()}))").fetchall()
    return bool(found[0][0] == 0)


def project(lake: Lake, name: str, rows: pa.Table, day: date) -> int:
    """Bring a dimension up to ``rows``, keyed by id; return how many ids changed or are new.

    A changed row's open version ends on ``day`` (excluded) and a new one starts there. The first version
    starts on 0001-01-01; one that said nothing yet (all attributes null), or that itself started on
    ``day`` or later, is corrected in place. Ids that ``rows`` does not name stay as they are. Rows with
    ``valid_from`` and ``valid_to`` are taken as the whole history of their ids.
    """
    table = TABLES[name]
    if table.kind != "dimension":
        raise NotADimension(f"{name} is a fact table: it is filled by imports.")
    tries = 0
    while True:
        snapshot = lake.snapshot(table)
        change = _change(snapshot, rows, day)
        if not change.ids:
            return 0
        write = lake.replace if change.is_whole else lake.extend
        try:
            write(table, change.content, seen_version=snapshot.version, properties={"day": day.isoformat()})
        except Moved:
            tries += 1
            if tries == TRIES_MAX:
                raise
            continue
        return change.ids


@dataclass(frozen=True, slots=True)
class _Change:
    """``content``: the whole table as it shall be, or only what comes to it. ``ids``: how many differ."""

    content: pa.Table
    ids: int
    is_whole: bool


def _change(snapshot: Snapshot, rows: pa.Table, day: date) -> _Change:
    """Only the ids that ``rows`` names are worked on; where all are new, the others are not even read."""
    table = snapshot.table
    with scratch() as con:
        con.register("rows", rows)
        con.execute(f"CREATE TEMP TABLE given AS {_given(table, rows)}")
        con.execute(f"CREATE TEMP TABLE old AS SELECT * FROM ({snapshot.sql()}) SEMI JOIN given USING (id)")
        if "valid_from" in rows.schema.names:
            con.execute("CREATE TEMP TABLE fresh AS FROM given")
        else:
            con.execute(f"CREATE TEMP TABLE fresh AS {_merged(table)}", {"day": day})
        ids = con.sql(
            "SELECT count(DISTINCT id) FROM"
            " ((FROM fresh EXCEPT ALL FROM old) UNION ALL (FROM old EXCEPT ALL FROM fresh))"
        ).fetchall()[0][0]
        any_old = con.sql("SELECT count(*) FROM old").fetchall()[0][0]
        is_whole = bool(ids) and (any_old > 0 or len(snapshot.files) >= FILES_MAX)
        others = f"SELECT * FROM ({snapshot.sql()}) ANTI JOIN given USING (id)"
        source = f"(FROM fresh UNION ALL {others})" if is_whole else "fresh"
        content = con.sql(f"FROM {source} ORDER BY id, valid_from").to_arrow_table()
    return _Change(content, int(ids), is_whole)


def _given(table: Table, rows: pa.Table) -> str:
    """The rows in the contract's columns and types; what they lack is null, or the open validity."""
    absent = {"valid_from": BEGINNING, "valid_to": OPEN_END}
    parts = []
    for column in table.columns:
        there = column.name in rows.schema.names
        value = named(column.name) if there else absent.get(column.name, "NULL")
        parts.append(f"CAST({value} AS {duckdb_type(column.type)}) AS {named(column.name)}")
    return f"SELECT {', '.join(parts)} FROM rows"


def _merged(table: Table) -> str:
    """Old versions kept, closed or corrected, and new ones opened. Needs the parameter ``day``."""
    compared = [c.name for c in table.columns if c.name not in ("id", "valid_from", "valid_to")]
    told = [c.name for c in table.columns if c.name in compared and c.name != "code" and c.refers_to is None]
    same = " AND ".join(f"o.{named(c)} IS NOT DISTINCT FROM g.{named(c)}" for c in compared)
    blank = " AND ".join(f"o.{named(c)} IS NULL" for c in told)
    columns = ", ".join(f"g.{named(c)}" for c in ("id", *compared))
    kept = ", ".join(f"o.{named(c)}" for c in ("id", *compared))
    order = ", ".join(named(c.name) for c in table.columns)
    return f"""
        WITH open AS (SELECT * FROM old WHERE valid_to = {OPEN_END}),
        pairs AS (
            SELECT o.id AS id, ({same}) AS same, (({blank}) OR o.valid_from >= $day) AS in_place
            FROM open o JOIN given g ON g.id = o.id
        )
        SELECT {order} FROM (
            SELECT {kept}, o.valid_from,
                CASE WHEN p.id IS NOT NULL AND NOT p.same AND o.valid_to = {OPEN_END}
                    THEN $day ELSE o.valid_to END AS valid_to
            FROM old o LEFT JOIN pairs p ON p.id = o.id
            WHERE p.id IS NULL OR p.same OR NOT p.in_place OR o.valid_to <> {OPEN_END}
            UNION ALL BY NAME
            SELECT {columns},
                CASE WHEN o.id IS NULL THEN {BEGINNING} WHEN p.in_place THEN o.valid_from ELSE $day
                    END AS valid_from,
                {OPEN_END} AS valid_to
            FROM given g LEFT JOIN open o ON o.id = g.id LEFT JOIN pairs p ON p.id = g.id
            WHERE o.id IS NULL OR NOT p.same
        )"""
