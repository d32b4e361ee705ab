"""Which rows state an amount more finely than it is kept: they are rounded, and that is said."""

# ruff: noqa: S608  # names and texts made here

from collections.abc import Sequence

import duckdb
import pyarrow as pa

from remit.core.text import Text

from ..duck import quoted
from .expressions import Expression, raw
from .source import Source
from .vocabulary import Mapping

FINER = "finer"  # a column of ``typed``: a bit for each target that can be rounded
# Digits looked at beyond those that are kept: 0.30000000000000004 is three tenths as a machine writes it.
LOOKED_AT = 8


def finer_sql(source: Source, mapping: Mapping, targets: Sequence[Expression]) -> str | None:
    """The bits of a row, over the texts of ``layered``; None where no target can be rounded.

    Length is asked first: it costs next to nothing, and few amounts are long.
    """
    asked = [_Asked(source, mapping, target) for target in _decimals(targets)]
    if not asked:
        return None
    bits = [f"CASE WHEN {one.finer} THEN {1 << place} ELSE 0 END" for place, one in enumerate(asked)]
    return f"CASE WHEN {' OR '.join(one.long for one in asked)} THEN {' + '.join(bits)} ELSE 0 END"


def notes_of(con: duckdb.DuckDBPyConnection, targets: Sequence[Expression], good: int) -> list[Text]:
    """A sentence for each target that was rounded somewhere in the good rows, with their number."""
    decimals = _decimals(targets)
    if not decimals:
        return []
    counting = ", ".join(f"count(*) FILTER ({FINER} & {1 << place} <> 0)" for place in range(len(decimals)))
    counts = con.sql(f"SELECT {counting} FROM typed WHERE state = {good}").fetchall()[0]
    return [_note(target, rows) for target, rows in zip(decimals, counts, strict=True) if rows]


def _decimals(targets: Sequence[Expression]) -> list[Expression]:
    return [
        target for target in targets if pa.types.is_decimal(target.column.type) and target.constant is None
    ]


class _Asked:
    """What is asked of the texts that a target is made of: ``long`` (it may be finer) and ``finer``."""

    def __init__(self, source: Source, mapping: Mapping, target: Expression) -> None:
        rule = mapping.columns[target.column.name]
        texts = [raw(name, source) for name in rule.sum] or [target.text]
        mark, scale = quoted(rule.decimal or "."), target.column.type.scale
        self.long = " OR ".join(f"strlen({text}) > {scale + 1}" for text in texts)
        self.finer = " OR ".join(
            f"(contains({text}, {mark}) AND NOT regexp_full_match("
            f"substr({text}, strpos({text}, {mark}) + {scale + 1}, {LOOKED_AT}), '0*|9{{{LOOKED_AT}}}'))"
            for text in texts
        )


def _note(target: Expression, rows: int) -> Text:
    column, scale = target.column, target.column.type.scale
    return Text(
        f"「{column.title.zh_hant}」有 {rows:,} 列寫到小數第 {scale} 位以後，已四捨五入至第 {scale} 位。",
        f"{rows:,} rows state {column.title.en} beyond {scale} decimals; it was rounded to {scale}.",
    )
