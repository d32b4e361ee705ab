"""The rows that were left out, each with its line, its cells as the file has them, and what is wrong."""

# ruff: noqa: S608  # expressions made from the contract and the mapping; texts are quoted by duck.quoted

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq

from ..duck import quoted
from .expressions import Expression, layered
from .loading import BAD, all_checks, numbered
from .problems import Problem
from .source import LINE, Source
from .vocabulary import Mapping


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One row of the quarantine. ``cells`` follow the columns of the file."""

    line: int
    cells: list[str | None]
    problems: tuple[Problem, ...]


def write_left_out(
    con: duckdb.DuckDBPyConnection, source: Source, mapping: Mapping, targets: list[Expression], path: Path
) -> int:
    """Write line, cells and problems (JSON) of every row left out to Parquet; return how many.

    Reads the file a second time, only when there is something to write: rows that are right pay nothing.
    """
    wanted = f"SELECT rowid AS row FROM typed WHERE state = {BAD} UNION SELECT row FROM left_out"
    many, broken = con.sql(
        f"SELECT (SELECT count(*) FROM ({wanted})), (SELECT count(*) FROM broken)"
    ).fetchall()[0]
    if many + broken == 0:
        return 0
    con.sql("SET preserve_insertion_order = true")
    cells = ", ".join(f"c{i}" for i in range(len(source.columns)))
    line = LINE if source.own_lines else line_of("row", source)
    con.sql(
        f"CREATE TEMP TABLE again AS SELECT * FROM (SELECT row_number() OVER () - 1 AS row, *"
        f" FROM {numbered(source, mapping, source.relation())}) WHERE row IN ({wanted})"
    )
    con.sql(f"CREATE TEMP TABLE reasons AS {_later(source)}")
    con.sql(
        f"COPY (SELECT {line} AS line, to_json([{cells}])::VARCHAR AS cells,"
        f" to_json({_problems(mapping, targets)} || coalesce(reasons.problems, []))::VARCHAR AS problems"
        f" FROM {layered('again', source, targets)} LEFT JOIN reasons USING (row)"
        f" UNION ALL SELECT line, to_json([text])::VARCHAR,"
        f" to_json([{_struct('broken_row', '', None, 'detail')}])::VARCHAR FROM broken"
        f" ORDER BY line) TO {quoted(str(path))} (FORMAT parquet, COMPRESSION zstd)"
    )
    return int(many + broken)


def read_left_out(
    path: Path, columns: int, delimiter: str = ",", limit: int | None = None
) -> Iterator[LeftOut]:
    """Rows of a quarantine file in the order of their lines, ``limit`` at most."""
    given = 0
    for batch in pq.ParquetFile(path).iter_batches(batch_size=1_000):
        for row in batch.to_pylist():
            if limit is not None and given >= limit:
                return
            given += 1
            problems = tuple(_problem(raw) for raw in json.loads(row["problems"]))
            cells = json.loads(row["cells"])
            if any(problem.code == "broken_row" for problem in problems):
                cells = _parted(cells[0] or "", columns, delimiter)
            yield LeftOut(int(row["line"]), cells, problems)


def _problem(raw: dict[str, Any]) -> Problem:
    return Problem(**{name: raw.get(name) or "" for name in ("code", "column", "value", "detail")})


def _parted(text: str, columns: int, delimiter: str) -> list[str | None]:
    """The cells of a line that is no row, as far as they can be told; what is too much stays in the last."""
    line = " ".join(text.replace('"', "").split("\n"))
    found = next(csv.reader([line.replace("\r", "")], delimiter=delimiter), [])
    if len(found) > columns:
        found = [*found[: columns - 1], delimiter.join(found[columns - 1 :])]
    return [cell or None for cell in found] + [None] * (columns - len(found))


def line_of(row: str, source: Source) -> str:
    """The line of a row: its place, and one more for every broken line above it."""
    place = f"({row} + {source.first_line})"
    if source.kind != "csv":
        return place
    # the k-th broken line stands above the row when its line, less the k−1 before it, is at most the place
    least = "SELECT line - row_number() OVER (ORDER BY line) + 1 AS least FROM broken"
    above = f"(SELECT count(*) FROM ({least}) WHERE least <= {place})"
    return f"({place} + {above})"


def _struct(code: str, column: str, value: str | None, detail: str) -> str:
    shown = f"left(coalesce(CAST({value} AS VARCHAR), ''), 400)" if value else "''"
    return (
        f"{{'code': {quoted(code)}, 'column': {quoted(column)}, 'value': {shown},"
        f" 'detail': coalesce(CAST({detail} AS VARCHAR), '')}}"
    )


def _problems(mapping: Mapping, targets: list[Expression]) -> str:
    """A list of what the checks find in a row, read again."""
    made = {target.column.name: target for target in targets}
    cases = [
        f"CASE WHEN {check.wrong} THEN"
        f" {_struct(check.code, target.column.name, target.text, quoted(check.detail))} END"
        for target in targets
        for check in target.checks
    ]
    own = sum(len(target.checks) for target in targets)
    follows = [
        c for c in mapping.contract.columns if c.follows in made and c.name not in made and not c.nullable
    ]
    for check, column in zip(all_checks(mapping, targets)[own:], follows, strict=True):
        cases.append(f"CASE WHEN {check.wrong} THEN {_struct(check.code, column.name, None, quoted(''))} END")
    if not cases:
        return "[]"
    return f"list_filter([{', '.join(cases)}], lambda problem: problem IS NOT NULL)"


def _later(source: Source) -> str:
    """What was found after the first reading, by row; a line is told instead of a row."""
    told = (
        f"CASE WHEN code IN ('identical', 'repeated') THEN CAST({_told(source)} AS VARCHAR) ELSE detail END"
    )
    return (
        "SELECT row, list({'code': code, 'column': column_name, 'value': left(coalesce(value, ''), 400),"
        f" 'detail': coalesce(CAST({told} AS VARCHAR), '')}}) AS problems FROM left_out GROUP BY row"
    )


def _told(source: Source) -> str:
    first = "TRY_CAST(detail AS BIGINT)"
    if source.own_lines:
        return f"(SELECT any_value(typed.{LINE}) FROM typed WHERE typed.rowid = {first})"
    return line_of(first, source)
