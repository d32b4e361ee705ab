"""One row per key: within the file, and beside what the table holds already."""

# ruff: noqa: S608  # names of the contract and values made here

import duckdb

from ..duck import named, quoted
from ..snapshot import Snapshot
from .expressions import Expression
from .loading import GOOD
from .vocabulary import Mapping

BOUND = ("unit_id", "company_id")  # the same in every row of an import


def keys_differ(con: duckdb.DuckDBPyConnection, mapping: Mapping, targets: list[Expression]) -> bool:
    """Whether no two good rows of the file have one key."""
    keys = _keys(mapping, targets)
    if not keys:
        return True
    rows, distinct = con.sql(
        f"SELECT count(*), count(DISTINCT hash({', '.join(keys)})) FROM typed WHERE state = {GOOD}"
    ).fetchall()[0]
    return bool(rows == distinct)


def leave_out_repeated(con: duckdb.DuckDBPyConnection, mapping: Mapping, targets: list[Expression]) -> None:
    """Keep the first row of a key; put the others in ``left_out``, or in ``skipped`` where they say the same.

    A list may ask for the last or the commonest row instead; then no row is left out, only skipped.
    Needed only where ``keys_differ`` says no.
    """
    keys = _keys(mapping, targets)
    hashed = f"hash({', '.join(keys)})"
    standing = f"FROM typed WHERE state = {GOOD} AND rowid NOT IN (SELECT row FROM left_out)"
    suspects = f"SELECT {hashed} FROM typed WHERE state = {GOOD} GROUP BY 1 HAVING count(*) > 1"
    content = f"hash({', '.join(t.name for t in targets if t.constant is None)})"
    con.sql(
        f"CREATE TEMP TABLE suspects AS SELECT rowid AS row, {', '.join(keys)}, {content} AS content,"
        f" count(*) OVER (PARTITION BY {', '.join(keys)}, content) AS frequency"
        f" {standing} AND {hashed} IN ({suspects})"
    )
    order = {
        "quarantine": "row",
        "first": "row",
        "last": "row DESC",
        "commonest": "frequency DESC, row",
    }[mapping.repeats]
    same_goes = mapping.contract.kind == "dimension"
    con.sql(
        f"CREATE TEMP TABLE repeats AS SELECT row, content, {_shown(keys)} AS shown,"
        f" first_value(row) OVER w AS kept, first_value(content) OVER w AS kept_content"
        f" FROM suspects WINDOW w AS (PARTITION BY {', '.join(keys)} ORDER BY {order})"
    )
    harmless = (
        "true" if mapping.repeats != "quarantine" else "content = kept_content" if same_goes else "false"
    )
    con.sql(f"INSERT INTO skipped SELECT row FROM repeats WHERE row <> kept AND ({harmless})")
    con.sql(
        "INSERT INTO left_out"
        " SELECT row, CASE WHEN content = kept_content THEN 'identical' ELSE 'repeated' END, '', shown,"
        " CAST(kept AS VARCHAR) FROM repeats"
        f" WHERE row <> kept AND NOT ({harmless})"
    )


def leave_out_known(
    con: duckdb.DuckDBPyConnection, mapping: Mapping, existing: Snapshot, unit_id: int
) -> None:
    """Skip rows that the table holds already; leave out those whose key it holds with other content.

    Only the days of the import are looked at, so that the work grows with the file, not with the table.
    """
    table = mapping.contract
    if not existing.rows or table.day is None:
        return
    first, last = con.sql(
        f"SELECT min({named(table.day)}), max({named(table.day)}) FROM resolved WHERE state = {GOOD}"
    ).fetchall()[0]
    if first is None:
        return
    if existing.first_day and existing.last_day and (existing.last_day < first or last < existing.first_day):
        return
    keys = [named(name) for name in table.key if name not in BOUND]
    same = " AND ".join(
        f"f.{named(c.name)} IS NOT DISTINCT FROM e.{named(c.name)}"
        for c in table.columns
        if c.name != "import_id"
    )
    con.sql(
        f"CREATE TEMP TABLE known AS SELECT f.row AS row, any_value(e.import_id) AS import_id,"
        f" bool_or({same}) AS same,"
        f" any_value({_shown([f'f.{key}' for key in keys])}) AS shown"
        f" FROM resolved f JOIN ({existing.sql()}) e"
        f" ON {' AND '.join(f'f.{key} IS NOT DISTINCT FROM e.{key}' for key in keys)}"
        f" WHERE e.unit_id = {int(unit_id)}"
        f" AND e.{named(table.day)} BETWEEN DATE {quoted(str(first))} AND DATE {quoted(str(last))}"
        f" AND f.state = {GOOD} AND f.row NOT IN (SELECT row FROM left_out) GROUP BY f.row"
    )
    con.sql("INSERT INTO skipped SELECT row FROM known WHERE same")
    con.sql(
        "INSERT INTO left_out SELECT row, 'already_there', '', shown, CAST(import_id AS VARCHAR) FROM known"
        " WHERE NOT same"
    )


def _keys(mapping: Mapping, targets: list[Expression]) -> list[str]:
    made = {target.column.name for target in targets if target.constant is None}
    return [named(name) for name in mapping.contract.key if name in made]


def _shown(keys: list[str]) -> str:
    return f"concat_ws(' · ', {', '.join(f'CAST({key} AS VARCHAR)' for key in keys)})"
