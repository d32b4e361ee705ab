"""A preview as a table for a page: rows that load and rows that do not, in the order of the file. Pure."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from remit.lake.reading.mapping import Mapping, Rule
from remit.lake.reading.preview import Preview
from remit.lake.reading.quarantine import LeftOut
from remit.lake.tables.table import Column


@dataclass(frozen=True, slots=True)
class ShownCell:
    """``problem`` is the sentence that says what is wrong, empty where nothing is."""

    text: str | None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class ShownRow:
    """``other``: problems that belong to no column shown."""

    line: int
    cells: tuple[ShownCell, ...]
    problems: bool = False
    other: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """``rows`` are the first of the file, ``new_codes`` by dimension those that would be entered."""

    columns: tuple[Column, ...]
    rows: tuple[ShownRow, ...]
    read: int
    good: int
    skipped: int
    wrong: int
    new_codes: dict[str, int]
    is_all: bool


def shown(
    preview: Preview, mapping: Mapping, file_columns: tuple[str, ...], language: str, rows_read: int
) -> Shown:
    """``rows_read``: how many rows a preview reads at most; fewer mean that it has seen the whole file."""
    names = preview.columns[1:] or tuple(mapping.columns)
    good = [
        ShownRow(int(row[0]), tuple(ShownCell(written(value)) for value in row[1:])) for row in preview.rows
    ]
    wrong = [_left_out(each, names, mapping, file_columns, language) for each in preview.left_out]
    staged = preview.staged
    by_name = mapping.contract.by_name
    return Shown(
        columns=tuple(by_name[name] for name in names),
        rows=tuple(sorted(good + wrong, key=lambda row: row.line)),
        read=staged.read,
        good=staged.good,
        skipped=staged.skipped,
        wrong=staged.left_out,
        new_codes=preview.new_codes,
        is_all=staged.read + staged.blank < rows_read,
    )


def _left_out(
    row: LeftOut, names: tuple[str, ...], mapping: Mapping, file_columns: tuple[str, ...], language: str
) -> ShownRow:
    said = [(problem.column, problem.say(mapping.table, language)) for problem in row.problems]
    cells = []
    for name in names:
        text = " ".join(sentence for column, sentence in said if column == name)
        cells.append(ShownCell(_raw(mapping.columns.get(name), row, file_columns), text))
    other = tuple(sentence for column, sentence in said if column not in names)
    return ShownRow(row.line, tuple(cells), True, other)


def _raw(rule: Rule | None, row: LeftOut, file_columns: tuple[str, ...]) -> str | None:
    """What the file says where a column of the table looks."""
    if rule is None:
        return None
    if rule.constant is not None:
        return rule.constant
    found = [row.cells[file_columns.index(name)] for name in rule.reads if name in file_columns]
    return rule.between.join(text for text in found if text is not None) or None


def written(value: Any) -> str | None:
    """A typed value as a person reads it."""
    if value is None:
        return None
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    return value.isoformat() if isinstance(value, date) else str(value)
