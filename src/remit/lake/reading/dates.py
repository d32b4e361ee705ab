"""Which way a column writes its days, found over the whole column and said, never guessed in silence."""

# ruff: noqa: S608  # expressions of our own making over columns c0, c1, …; no text of the file in them

import re
from dataclasses import dataclass, replace

import duckdb
import pyarrow as pa

from remit.core.text import Text

from ..duck import connect, quoted
from ..tables import Column
from .conversions import STATES_OFFSET, day_sql, instant_sql
from .expressions import stripped
from .refusal import WrongMapping
from .source import Source
from .vocabulary import Mapping, Rule

DAY_FORMATS = (
    "%Y%m%d",
    "%Y.%m.%d",
    "%Y年%m月%d日",
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%d-%m-%Y",
    "%m-%d-%Y",
    "%d.%m.%Y",
    "%d/%m/%y",
    "%m/%d/%y",
    "%d-%b-%Y",
    "%b %d, %Y",
    "roc",
)
CLOCKS = (" %H:%M:%S", " %H:%M", " %I:%M:%S %p", " %I:%M %p", "T%H:%M:%S")
TIME_FORMATS = (
    "%Y%m%d%H%M%S",
    *(day + clock for day in ("%Y-%m-%d", "%Y/%m/%d", *DAY_FORMATS[:-1]) for clock in CLOCKS),
)
SAMPLE_ROWS = 500
# years 80 and later: a smaller one is rather a day, or a year of the common era cut short
REPUBLIC = re.compile(r"民國|\d{3}[-/.年]|[89]\d[-/.年]|\d{7}$")


@dataclass(frozen=True, slots=True)
class Reading:
    """How many of ``total`` texts each format reads. An empty format is ISO (2017-01-31)."""

    counts: dict[str, int]
    total: int

    @property
    def best(self) -> list[str]:
        """The formats that read most, several where nothing tells them apart; none where none reads any."""
        most = max(self.counts.values(), default=0)
        return [name for name, count in self.counts.items() if count == most and most > 0]


def settle(con: duckdb.DuckDBPyConnection, source: Source, mapping: Mapping) -> tuple[Mapping, list[Text]]:
    """The mapping with a format for each day and time that is not ISO, and what was found, to be said.

    Raise WrongMapping where a column can be read in two ways throughout, or in no known way.
    """
    notes: list[Text] = []
    rules = dict(mapping.columns)
    for target, rule in mapping.columns.items():
        column = mapping.contract.by_name[target]
        if not _is_written(rule) or rule.format or not _is_time(column):
            continue
        samples = _sample(con, source, rule)
        if pa.types.is_timestamp(column.type) and any(re.search(STATES_OFFSET, text) for text in samples):
            stated, total = _stated_offsets(con, source, rule)
            if 2 * stated > total:
                rules[target] = replace(rule, format="offset")
                notes.append(_note_offset(column, stated, total))
                continue
        if all(_is_iso(text) for text in samples):
            continue
        reading = read_column(con, source, rule, column)
        form = _decided(reading, column, samples)
        _require_one_order(con, source, rule, column, form, reading)
        rules[target] = replace(rule, format=form or None)
        notes.append(_note(rules[target], column, reading))
    return replace(mapping, columns=rules), notes


def settle_file(source: Source, mapping: Mapping) -> tuple[Mapping, list[Text]]:
    """``settle`` on a connection of its own."""
    con = connect()
    try:
        return settle(con, source, mapping)
    finally:
        con.close()


def read_column(con: duckdb.DuckDBPyConnection, source: Source, rule: Rule, column: Column) -> Reading:
    """Try every format that reads any of the first texts on all texts of the column, in one pass."""
    text = _text(source, rule)
    make = instant_sql if pa.types.is_timestamp(column.type) else day_sql
    formats = ["", *DAY_FORMATS, *TIME_FORMATS]
    if make is instant_sql or not any(REPUBLIC.match(text) for text in _sample(con, source, rule)):
        formats.remove("roc")
    counting = ", ".join(f"count({make(text, name or None)})" for name in formats)
    head = con.sql(f"SELECT {counting} FROM (FROM {source.relation()} LIMIT {SAMPLE_ROWS})").fetchall()[0]
    likely = [name for name, count in zip(formats, head, strict=True) if count] or formats
    counting = ", ".join(f"count({make(text, name or None)})" for name in likely)
    total, *counts = con.sql(f"SELECT count({text}), {counting} FROM {source.relation()}").fetchall()[0]
    return Reading({name: count for name, count in zip(likely, counts, strict=True) if count}, total)


def _text(source: Source, rule: Rule) -> str:
    names = rule.join or (rule.source or "",)
    text = f" || {quoted(rule.between)} || ".join(
        stripped(f"c{source.columns.index(name)}", source.blanks) for name in names
    )
    if not rule.empty:
        return text
    return f"(CASE WHEN {text} IN ({', '.join(map(quoted, rule.empty))}) THEN NULL ELSE {text} END)"


def _stated_offsets(con: duckdb.DuckDBPyConnection, source: Source, rule: Rule) -> tuple[int, int]:
    """How many texts of the column state their offset, and how many there are."""
    text = _text(source, rule)
    asked = f"SELECT count(*) FILTER (regexp_matches({text}, {quoted(STATES_OFFSET)})), count({text})"
    stated, total = con.sql(f"{asked} FROM {source.relation()}").fetchall()[0]
    return stated, total


def _require_one_order(
    con: duckdb.DuckDBPyConnection, source: Source, rule: Rule, column: Column, form: str, reading: Reading
) -> None:
    """Raise WrongMapping where some rows put the day first and others the month.

    Leaving out those that do not fit would not do: of the rest, 03/04 stands for two days.
    """
    other = form.translate(str.maketrans("dm", "md"))
    if other == form or other not in reading.counts:
        return
    make = instant_sql if pa.types.is_timestamp(column.type) else day_sql
    text = _text(source, rule)
    rows, shown = con.sql(
        f"SELECT count(*), min({text}) FROM {source.relation()}"
        f" WHERE {make(text, form)} IS NULL AND {make(text, other)} IS NOT NULL"
    ).fetchall()[0]
    if rows:
        raise WrongMapping(
            f"「{column.title.zh_hant}」混用了 {form} 與 {other}："
            f"{rows:,} 列只能以後者讀出，例如「{shown}」，其餘便無從分辨。請寫明 format，或先改正檔案。",
            f"{column.title.en} mixes {form} and {other}: {rows:,} rows can be read only as the latter, "
            f"such as {shown!r}, so that the others cannot be told apart. "
            "State its format, or put the file right.",
        )


def _decided(reading: Reading, column: Column, samples: list[str]) -> str:
    best = reading.best
    if len(best) == 1:
        return best[0]
    shown = samples[0] if samples else ""
    if not best:
        raise WrongMapping(
            f"「{column.title.zh_hant}」讀不出日期，例如「{shown}」。請寫明 format，例如 %d/%m/%Y。",
            f"No day can be read from {column.name}, such as {shown!r}. State its format, such as %d/%m/%Y.",
        )
    raise WrongMapping(
        f"「{column.title.zh_hant}」整欄有幾種讀法（{'、'.join(map(_shown, best))}），例如「{shown}」。"
        "請寫明 format。",
        f"All of {column.name} can be read in several ways ({', '.join(map(_shown, best))}), "
        f"such as {shown!r}. "
        "State its format.",
    )


def _note(rule: Rule, column: Column, reading: Reading) -> Text:
    form = _shown(rule.format or "")
    most = reading.counts[rule.format or ""]
    others = {name: n for name, n in reading.counts.items() if name != (rule.format or "")}
    rival = max(others, key=lambda name: others[name], default=None)
    beside_zh = f"；{_shown(rival)} 只讀得出 {others[rival]:,} 列" if rival is not None else ""
    beside_en = f"; {_shown(rival)} reads only {others[rival]:,}" if rival is not None else ""
    return Text(
        f"「{column.title.zh_hant}」以 {form} 讀出 {most:,}／{reading.total:,} 列{beside_zh}。",
        f"{column.title.en}: {form} reads {most:,} of {reading.total:,} rows{beside_en}.",
    )


def _note_offset(column: Column, stated: int, total: int) -> Text:
    return Text(
        f"「{column.title.zh_hant}」自帶時差，{stated:,}／{total:,} 列據以換算為世界協調時間。",
        f"{column.title.en} states its own offset: {stated:,} of {total:,} rows were turned into UTC by it.",
    )


def _shown(form: str) -> str:
    return form or "%Y-%m-%d"


def _is_time(column: Column) -> bool:
    return bool(pa.types.is_date(column.type) or pa.types.is_timestamp(column.type))


def _is_written(rule: Rule) -> bool:
    """Whether the text stands in the file, in one column or in several put together."""
    return rule.source is not None or bool(rule.join and not any(part.startswith("=") for part in rule.join))


def _is_iso(text: str) -> bool:
    return re.match(r"\d{4}-\d{1,2}-\d{1,2}(?!\d)(?!.*[AaPp][Mm]$)", text) is not None


def _sample(con: duckdb.DuckDBPyConnection, source: Source, rule: Rule) -> list[str]:
    rows = con.sql(f"SELECT {_text(source, rule)} FROM {source.relation()} LIMIT {SAMPLE_ROWS}").fetchall()
    return [text for (text,) in rows if text]
