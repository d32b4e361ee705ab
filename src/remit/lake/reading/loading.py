"""Read the file once, into typed columns and a mark for rows that something is wrong with."""

# ruff: noqa: S608  # expressions made from the contract and the mapping; texts are quoted by duck.quoted

from dataclasses import dataclass

import duckdb

from remit.core.text import Text

from .expressions import ROW_NUMBER, Check, Expression, layered, stripped
from .refusal import Unreadable
from .rounding import FINER, finer_sql, notes_of
from .source import LINE, Source
from .vocabulary import Mapping

GOOD, BAD, BLANK = 0, 1, 2
REJECT_CHARS_MAX = 10_000  # DuckDB keeps no more of a rejected line


@dataclass(frozen=True, slots=True)
class Loaded:
    """What the table ``typed`` holds: its rows are the file's in order, ``rowid`` from 0.

    ``notes``: what was rounded.
    """

    rows: int
    bad: int
    blank: int
    broken: int
    notes: tuple[Text, ...] = ()


def load(
    con: duckdb.DuckDBPyConnection, source: Source, mapping: Mapping, targets: list[Expression]
) -> Loaded:
    """Make ``typed`` (a column per target, ``state``, ``finer``, ``line`` where known) and ``broken``.

    ``broken`` holds lines that are no rows: too many or too few columns, an open quote, an endless line.
    """
    reads = sorted({source.columns.index(name) for rule in mapping.columns.values() for name in rule.reads})
    blank = " AND ".join(f"{stripped(f'c{i}', source.blanks)} IS NULL" for i in reads) or "false"
    wrong = " OR ".join(check.wrong for check in all_checks(mapping, targets)) or "false"
    columns = [f"{target.value} AS {target.name}" for target in targets if target.constant is None]
    columns.append(
        f"CAST(CASE WHEN {wrong} THEN CASE WHEN {blank} THEN {BLANK} ELSE {BAD} END"
        f" ELSE {GOOD} END AS TINYINT) AS state"
    )
    if finer := finer_sql(source, mapping, targets):
        columns.append(f"CAST({finer} AS SMALLINT) AS {FINER}")
    if source.own_lines:
        columns.append(LINE)
    relation = layered(numbered(source, mapping, source.relation(keep_rejects=True)), source, targets)
    con.sql(f"CREATE TABLE typed AS SELECT {', '.join(columns)} FROM {relation}")
    _keep_broken(con, source)
    counts = con.sql(
        f"SELECT count(*), count(*) FILTER (state = {BAD}), count(*) FILTER (state = {BLANK}) FROM typed"
    ).fetchall()[0]
    broken = con.sql("SELECT count(*) FROM broken").fetchall()[0][0]
    rounded = notes_of(con, targets, GOOD)
    return Loaded(rows=counts[0], bad=counts[1], blank=counts[2], broken=broken, notes=tuple(rounded))


def all_checks(mapping: Mapping, targets: list[Expression]) -> list[Check]:
    """Every check of every target, and that a column which follows a time has one to follow."""
    checks = [check for target in targets for check in target.checks]
    made = {target.column.name: target for target in targets}
    for column in mapping.contract.columns:
        if column.follows in made and column.name not in made and not column.nullable:
            checks.append(Check("missing", f"({made[column.follows].text} IS NULL)"))
    return checks


def numbered(source: Source, mapping: Mapping, relation: str) -> str:
    """The relation with the label of each row where a rule asks for it.

    The label is the row's line; rows that were put right later carry an r, so that none meets another's.
    """
    if not any(rule.row_number for rule in mapping.columns.values()):
        return relation
    line = f"'r' || {LINE}" if source.own_lines else f"row_number() OVER () + {source.first_line - 1}"
    return f"(SELECT *, CAST({line} AS VARCHAR) AS {ROW_NUMBER} FROM {relation})"


def _keep_broken(con: duckdb.DuckDBPyConnection, source: Source) -> None:
    if source.kind != "csv":
        con.sql("CREATE TABLE broken (line BIGINT, detail VARCHAR, text VARCHAR)")
        return
    _require_closed_quotes(con)
    con.sql(
        "CREATE TABLE broken AS SELECT CAST(line AS BIGINT) AS line, lower(min(CAST(error_type AS VARCHAR)))"
        " AS detail, left(any_value(csv_line), 4000) AS text FROM reject_errors GROUP BY line"
    )


def _require_closed_quotes(con: duckdb.DuckDBPyConnection) -> None:
    """Raise Unreadable where a quote swallows the lines after it: they would be missing without a trace."""
    quotes = "length(csv_line) - length(replace(csv_line, '\"', ''))"
    found = con.sql(
        "SELECT min(line) FROM reject_errors WHERE error_type = 'UNQUOTED VALUE'"
        f" AND contains(csv_line, chr(10)) AND (({quotes}) % 2 = 1 OR length(csv_line) >= {REJECT_CHARS_MAX})"
    ).fetchall()[0][0]
    if found is not None:
        raise Unreadable(
            f"第 {found:,} 行開了引號卻沒有關上，之後的各行都被當成它的內容。請補上引號，或重新匯出檔案。",
            f"A quote opens on line {found:,} and is never closed, so that the lines after it stand inside "
            "it. Close it, or export the file again.",
        )
