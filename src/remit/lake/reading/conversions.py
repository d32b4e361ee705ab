"""DuckDB expressions that turn the text of a file into a number, a day or a time; null where they cannot."""

import re
from collections.abc import Sequence

from ..duck import quoted
from ..snapshot import duckdb_type
from ..tables import Column
from .vocabulary import Rule

GROUPED_BY_POINT = r"[-+]?[1-9]\d{0,2}(\.\d{3})+"
DAY_BEFORE, LAST_DAY = "1900-01-01", "2199-12-31"
DAYS_TAKEN = f"1900-01-02 – {LAST_DAY}"
# without an offset: a cast would drop one in silence
ISO_TIMES = (
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M:%S.%f",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%dT%H:%M:%S.%f",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%dT%H:%M",
    "%Y-%m-%d",
)
# a time of day and then the offset: the end of 2018-06-01 is none
STATES_OFFSET = r"\d\d:\d\d(:\d\d(\.\d+)?)?(Z| ?[+-]\d\d(:?\d\d)?)$"


def number_sql(text: str, column: Column, rule: Rule) -> str:
    value = f"TRY_CAST({_digits(text, rule)} AS {duckdb_type(column.type)})"
    if not rule.thousands:
        if rule.decimal in (None, "."):
            return value
        # beside decimal commas 1.234 stands for a thousand and some, and a cast takes it for one and some
        return f"(CASE WHEN NOT regexp_full_match({text}, {quoted(GROUPED_BY_POINT)}) THEN {value} END)"
    mark, point = re.escape(rule.thousands), re.escape(rule.decimal or ".")
    whole = rf"(?:\d{{1,3}}(?:{mark}\d{{3}})*|\d+)(?:{point}\d*)?"
    fits = f"regexp_full_match({text}, {quoted(rf'[-+]?(?:{whole}|{point}\d+)')})"  # 12,5 is not 125
    return f"(CASE WHEN {fits} THEN {value} END)"


def _digits(text: str, rule: Rule) -> str:
    if rule.thousands:
        text = f"replace({text}, {quoted(rule.thousands)}, '')"
    if rule.decimal and rule.decimal != ".":
        text = f"replace({text}, {quoted(rule.decimal)}, '.')"
    return text


def sum_sql(texts: Sequence[str], column: Column, rule: Rule) -> str:
    """The sum of what is there; null when nothing is, and when a part is no number."""
    total = " + ".join(
        f"(CASE WHEN {text} IS NULL THEN 0 ELSE {number_sql(text, column, rule)} END)" for text in texts
    )
    blank = " AND ".join(f"{text} IS NULL" for text in texts)
    return f"(CASE WHEN {blank} THEN NULL ELSE CAST({total} AS {duckdb_type(column.type)}) END)"


def day_sql(text: str, form: str | None) -> str:
    """A day from a text by a strptime format, ``roc`` (113/01/31), or ISO when there is none."""
    value = _day(text, form)
    # strptime reads the word infinity as the day before the first
    within = f"{value} > DATE '{DAY_BEFORE}' AND {value} <= DATE '{LAST_DAY}'"
    if not form:
        within += f" AND lower({text}) <> 'epoch'"  # a word that a cast takes for 1970
    return f"(CASE WHEN {within} THEN {value} END)"


def instant_sql(text: str, form: str | None) -> str:
    """A time as the file's clock shows it; by the format ``offset`` ISO with its offset, in UTC.

    By ``offset`` a time without one is not read: a cast would take it for UTC in silence.
    """
    value = _instant(text, form)
    within = f"{value} > TIMESTAMP '{DAY_BEFORE}' AND {value} <= TIMESTAMP '{LAST_DAY}'"
    if form == "offset":
        within += f" AND regexp_matches({text}, {quoted(STATES_OFFSET)})"
    return f"(CASE WHEN {within} THEN {value} END)"


def too_far_sql(text: str, form: str | None, *, is_time: bool) -> str:
    """Whether a text that is not taken is a day or time all the same, only too far away."""
    value = (_instant if is_time else _day)(text, form)
    far = rf"isfinite({value}) AND {value} <> DATE '{DAY_BEFORE}' AND regexp_matches({text}, '\d')"
    if form == "offset":
        far += f" AND regexp_matches({text}, {quoted(STATES_OFFSET)})"
    return f"coalesce({far}, false)"


def _day(text: str, form: str | None) -> str:
    if form == "roc":
        parted = rf"regexp_replace({text}, '^(\d{{2,3}})(\d{{2}})(\d{{2}})$', '\1-\2-\3')"
        pattern = r"'^(?:民國)?\s*(\d{1,3})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$'"
        year, month, day = (f"regexp_extract({parted}, {pattern}, {group})" for group in (1, 2, 3))
        return f"TRY_CAST(concat(TRY_CAST({year} AS INTEGER) + 1911, '-', {month}, '-', {day}) AS DATE)"
    return f"CAST(try_strptime({text}, {quoted(form)}) AS DATE)" if form else f"TRY_CAST({text} AS DATE)"


def _instant(text: str, form: str | None) -> str:
    if form == "offset":
        plain = (
            rf"regexp_replace(replace(replace({text}, ' +', '+'), ' -', '-'), '([+-]\d\d)(\d\d)$', '\1:\2')"
        )
        return f"CAST(TRY_CAST({plain} AS TIMESTAMPTZ) AS TIMESTAMP)"  # the connection's zone is UTC
    forms = ", ".join(quoted(known) for known in ((form,) if form else ISO_TIMES))
    return f"CAST(try_strptime({text}, [{forms}]) AS TIMESTAMP)"
