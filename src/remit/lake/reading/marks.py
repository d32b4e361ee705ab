"""Which marks numbers use: asked of whole columns, settled by their neighbours, said where in doubt."""

# ruff: noqa: S608  # columns c0, c1, … of our own naming; no text of the file

from collections.abc import Iterable
from dataclasses import dataclass, replace

import duckdb
import pyarrow as pa

from remit.core.text import Text

from ..duck import quoted
from ..tables import Table
from .source import Source
from .vocabulary import Rule

# 2,000 may be two thousand or two; 9100,000 and 0,500 can only be decimals, 1,234,567 only groups
ONE_COMMA = r"[-+]?[1-9]\d{0,2},\d{3}"
ONE_POINT = r"[-+]?[1-9]\d{0,2}\.\d{3}"
KINDS = {
    "decimal": r"[-+]?(\d*,\d*|\d{1,3}(\.\d{3})+,\d*)",
    "grouped": r"[-+]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?",
    "one_comma": ONE_COMMA,
    "one_point": ONE_POINT,
    "pointed": r"[-+]?(\d*\.\d*|\d{1,3}(\.\d{3}){2,})",
    "both": r"[-+]?\d{1,3}(\.\d{3})+,\d*",
}


@dataclass(frozen=True, slots=True)
class Marks:
    """How many numbers of a column are written in which way; ``shown`` is one that can be read in two."""

    decimal: int
    grouped: int
    one_comma: int
    one_point: int
    pointed: int
    both: int
    shown: str

    @property
    def says_decimal(self) -> int:
        """Numbers whose comma can only be a decimal mark."""
        return self.decimal - self.one_comma

    @property
    def says_thousands(self) -> int:
        """Numbers whose comma can only stand between thousands."""
        return self.grouped - self.one_comma


def settle_marks(
    con: duckdb.DuckDBPyConnection, source: Source, table: Table, rules: dict[str, Rule], asked: Iterable[str]
) -> list[Text]:
    """Put the marks of numbers into ``rules``; return what was decided for a column that does not tell.

    ``asked``: names of the file's columns in which a comma or a point was seen. A column that can be read
    in two ways throughout follows those that cannot; where there are none, a file parted by semicolons
    writes decimal commas, and of others a comma before three digits stands between thousands.
    """
    wanted = set(asked)
    targets = [
        target for target, rule in rules.items()
        if rule.source in wanted and pa.types.is_decimal(table.by_name[target].type)
    ]  # fmt: skip
    found = {target: _marks(con, source, rules[target].source or "") for target in targets}
    surplus = sum(marks.says_decimal - marks.says_thousands for marks in found.values())
    by_comma = surplus > 0 or (surplus == 0 and source.delimiter == ";")
    notes = []
    for target, marks in found.items():
        decimal, thousands = _decided(marks, by_comma=by_comma)
        rules[target] = replace(rules[target], decimal=decimal, thousands=thousands)
        if _is_open(marks, by_comma=by_comma):
            notes.append(_note(table.by_name[target].title, marks.shown, decimal, thousands))
    return notes


def _marks(con: duckdb.DuckDBPyConnection, source: Source, name: str) -> Marks:
    text = f"trim(c{source.columns.index(name)})"
    counted = ", ".join(
        f"count(*) FILTER (regexp_full_match({text}, {quoted(form)}))" for form in KINDS.values()
    )
    doubtful = f"regexp_full_match({text}, {quoted(f'{ONE_COMMA}|{ONE_POINT}')})"
    row = con.sql(
        f"SELECT {counted}, coalesce(min({text}) FILTER ({doubtful}), '') FROM {source.relation()}"
        f" WHERE contains({text}, ',') OR contains({text}, '.')"
    ).fetchall()[0]
    return Marks(*row)


def _decided(marks: Marks, *, by_comma: bool) -> tuple[str | None, str | None]:
    """The decimal and the thousands mark; None for the point and for none."""
    if marks.says_decimal != marks.says_thousands:
        by_comma = marks.says_decimal > marks.says_thousands
    elif not marks.one_comma:  # points alone
        return (None, ".") if by_comma and marks.one_point == marks.pointed > 0 else (None, None)
    if by_comma:
        return ",", "." if marks.both or marks.one_point else None
    return None, ","


def _is_open(marks: Marks, *, by_comma: bool) -> bool:
    """Whether nothing in the column itself tells how it is to be read."""
    if marks.says_decimal or marks.says_thousands:
        return False
    return bool(marks.one_comma) or (by_comma and marks.one_point == marks.pointed > 0)


def _note(title: Text, shown: str, decimal: str | None, thousands: str | None) -> Text:
    plain = shown.replace(thousands, "") if thousands else shown
    plain = plain.replace(decimal, ".") if decimal else plain
    return Text(
        f"「{title.zh_hant}」的「{shown}」讀作 {plain}：單看這一欄，逗號和小數點分不出來。"
        "若不對，請在欄位對應寫明 decimal 或 thousands。",
        f"{title.en}: {shown} is read as {plain}, because the column alone does not tell thousands from "
        "decimals. If that is wrong, state decimal or thousands in the mapping.",
    )
