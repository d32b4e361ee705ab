"""From a rule of the mapping to DuckDB expressions: the typed value, and what can be wrong with it."""

# ruff: noqa: S608  # names of the contract; texts are quoted by duck.quoted

import re
from dataclasses import dataclass

import pyarrow as pa

from ..duck import named, quoted
from ..tables import Column
from .conversions import DAYS_TAKEN, day_sql, instant_sql, number_sql, sum_sql, too_far_sql
from .examine import BLANKS
from .refusal import WrongMapping
from .source import Source
from .vocabulary import Mapping, Rule

CODE_LENGTH_MAX = 80
ROW_NUMBER = "row_label"  # a column that the loading adds


@dataclass(frozen=True, slots=True)
class Check:
    """``wrong`` is true where the row has problem ``code``; ``detail`` is what was expected."""

    code: str
    wrong: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Expression:
    """How a target is made in layers, so that nothing is computed twice.

    ``reading``: SQL over the stripped columns for what the file says, blank as null; it is called ``text``
    in the next layer. ``converting``: SQL over that for the typed value, null where it cannot be; it is
    called ``value`` in the last. ``checks`` speak of both. ``whole``: the value in one expression over the
    stripped columns. ``constant``: the same text for all rows, which then needs no column of its own.
    """

    column: Column
    reading: str
    converting: str
    whole: str
    checks: tuple[Check, ...]
    constant: str | None = None

    @property
    def name(self) -> str:
        """The column of the staged table that holds the value."""
        return named(self.column.name)

    @property
    def text(self) -> str:
        return named(f"text of {self.column.name}")

    @property
    def value(self) -> str:
        return named(f"value of {self.column.name}")


def layered(relation: str, source: Source, targets: list[Expression]) -> str:
    """The relation with ``text`` and ``value`` of every target beside the file's own columns."""
    made = [target for target in targets if target.constant is None]
    wanted = " ".join(target.reading for target in made)
    stripped_columns = "".join(
        f", {stripped(f'c{i}', source.blanks)} AS {_stripped_name(i)}"
        for i in range(len(source.columns))
        if _stripped_name(i) in wanted
    )
    texts = "".join(f", {target.reading} AS {target.text}" for target in made)
    values = "".join(f", {target.converting} AS {target.value}" for target in made)
    return f"(SELECT *{values} FROM (SELECT *{texts} FROM (SELECT *{stripped_columns} FROM {relation})))"


def expressions(mapping: Mapping, source: Source) -> list[Expression]:
    """One for every target that a rule or the head of the mapping fills, in the contract's order.

    Attributes of dimensions are not here: they are known only once codes are resolved.
    """
    made: dict[str, Expression] = {}
    rules = dict(mapping.columns)
    if "currency" in mapping.contract.by_name and "currency" not in rules and mapping.currency:
        rules["currency"] = Rule(constant=mapping.currency)
    ordered = sorted(rules, key=lambda target: _uses_targets(rules[target]))
    for target in ordered:
        rule = rules[target]
        if rule.attribute is None:
            column = mapping.contract.by_name[target]
            made[target] = _expression(column, rule, source, made)
    return [made[c.name] for c in mapping.contract.columns if c.name in made]


def _uses_targets(rule: Rule) -> bool:
    return any(part.startswith("=") for part in rule.join)


def _expression(column: Column, rule: Rule, source: Source, made: dict[str, Expression]) -> Expression:
    reading = _text(rule, source, made)
    if _is_bare(column, rule):
        bare = f"c{source.columns.index(rule.source or '')}"
        # a cast takes blanks around digits; a time has one inside, which is none to cut
        reading = bare if pa.types.is_decimal(column.type) else _outer_cut(bare)
    text = named(f"text of {column.name}")
    if rule.row_number:
        return Expression(column, reading, text, reading, ())
    if rule.constant is not None and pa.types.is_string(column.type):
        _require_allowed(column, rule.constant)
        return Expression(column, reading, text, reading, (), constant=rule.constant)
    if column.refers_to or pa.types.is_string(column.type):
        return Expression(column, reading, text, reading, _text_checks(column, rule, text))
    value = named(f"value of {column.name}")
    converting = _converted(text, column, rule, source)
    blank = f"({text} IS NULL OR trim({text}) = '')"  # asked only where there is no value
    checks = _value_checks(column, rule, text, value, blank)
    if column.allowed:
        checks.append(_allowed(column, text))
    if not column.nullable:
        checks.append(Check("missing", f"(CASE WHEN {value} IS NULL THEN {blank} ELSE false END)"))
    return Expression(column, reading, converting, _converted(reading, column, rule, source), tuple(checks))


def _value_checks(column: Column, rule: Rule, text: str, value: str, blank: str) -> list[Check]:
    """What is wrong with a text that gives no value; it is asked only where there is none."""
    code, detail = _expected(column, rule)
    is_time = pa.types.is_timestamp(column.type)
    if not (is_time or pa.types.is_date(column.type)) or rule.sum:
        return [Check(code, f"(CASE WHEN {value} IS NULL THEN NOT {blank} ELSE false END)", detail)]
    far = too_far_sql(text, rule.format, is_time=is_time)
    return [
        Check(code, f"(CASE WHEN {value} IS NULL THEN NOT {blank} AND NOT {far} ELSE false END)", detail),
        Check("too_far", f"(CASE WHEN {value} IS NULL THEN {far} ELSE false END)", DAYS_TAKEN),
    ]


def _is_bare(column: Column, rule: Rule) -> bool:
    """Whether a number or a time stands in the file as it is, in one column."""
    changed = rule.empty or rule.values or rule.otherwise is not None or rule.thousands or rule.decimal
    fits = pa.types.is_decimal(column.type) or pa.types.is_timestamp(column.type)
    return rule.source is not None and bool(fits) and not changed


def _outer_cut(column: str) -> str:
    around = f"starts_with({column}, ' ') OR ends_with({column}, ' ')"
    return f"(CASE WHEN {around} THEN nullif(trim({column}), '') ELSE {column} END)"


def _require_allowed(column: Column, constant: str) -> None:
    if column.allowed and not re.fullmatch(column.allowed, constant):
        raise WrongMapping(
            f"「{column.title.zh_hant}」不能是「{constant}」。{column.meaning.zh_hant}",
            f"{column.name} cannot be {constant!r}. {column.meaning.en}",
        )


def _converted(text: str, column: Column, rule: Rule, source: Source) -> str:
    """The typed value of a text; null where it cannot be."""
    if rule.sum:
        return sum_sql([_emptied(raw(name, source), rule) for name in rule.sum], column, rule)
    if pa.types.is_date(column.type):
        return day_sql(text, rule.format)
    if pa.types.is_timestamp(column.type):
        return instant_sql(text, rule.format)
    return number_sql(text, column, rule)


def _expected(column: Column, rule: Rule) -> tuple[str, str]:
    if pa.types.is_date(column.type):
        return "not_a_day", "113/01/31" if rule.format == "roc" else rule.format or "2017-01-31"
    if pa.types.is_timestamp(column.type):
        stated = "2017-01-31T13:45:00Z" if rule.format == "offset" else rule.format
        return "not_a_time", stated or "2017-01-31 13:45:00"
    return "not_a_number", f"1234{rule.decimal or '.'}5" if not pa.types.is_integer(column.type) else "1234"


# -- texts ------------------------------------------------------------------------------------


def stripped(column: str, blanks: str = BLANKS) -> str:
    """A column's text without blanks around it, null when nothing is left; a reader gives no empty texts.

    Looking at the edges is cheaper than cutting, and a blank that the file does not hold is not looked for.
    """
    if not blanks:
        return column
    signs = [f"chr({ord(blank)})" for blank in blanks]
    edges = [f"{column} < '!'"]  # what begins with a blank or a tab sorts before all that is printed
    edges += [f"starts_with({column}, chr({ord(blank)}))" for blank in blanks if not blank.isascii()]
    edges += [f"ends_with({column}, {sign})" for sign in signs]
    cut = f"nullif(trim({column}, {' || '.join(signs)}), '')"
    return f"(CASE WHEN {' OR '.join(edges)} THEN {cut} ELSE {column} END)"


def _stripped_name(place: int) -> str:
    return f"stripped_{place}_"


def raw(name: str, source: Source) -> str:
    """The stripped column of the file that is called ``name``."""
    return _stripped_name(source.columns.index(name))


def _text(rule: Rule, source: Source, made: dict[str, Expression]) -> str:
    """The text after joining, blanks and translation."""
    if rule.constant is not None:
        return quoted(rule.constant)
    if rule.row_number:
        return ROW_NUMBER
    if rule.join:
        parts = [
            f"CAST({made[part[1:]].whole} AS VARCHAR)" if part.startswith("=") else raw(part, source)
            for part in rule.join
        ]
        text = f" || {quoted(rule.between)} || ".join(parts)  # null when any part is
    elif rule.sum:
        text = f"coalesce({', '.join(raw(name, source) for name in rule.sum)})"
    else:
        text = raw(rule.source or "", source)
    return _translated(_emptied(text, rule), rule)


def _emptied(text: str, rule: Rule) -> str:
    if not rule.empty:
        return text
    words = ", ".join(quoted(word) for word in rule.empty)
    return f"(CASE WHEN {text} IN ({words}) THEN NULL ELSE {text} END)"


def _translated(text: str, rule: Rule) -> str:
    if not rule.values and rule.otherwise is None:
        return text
    cases = " ".join(f"WHEN {quoted(old)} THEN {_literal(new)}" for old, new in rule.values)
    rest = (
        text
        if rule.otherwise is None
        else f"CASE WHEN {text} IS NULL THEN NULL ELSE {quoted(rule.otherwise)} END"
    )
    return f"(CASE {text} {cases} ELSE {rest} END)" if cases else f"({rest})"


def _literal(text: str | None) -> str:
    return "NULL" if text is None else quoted(text)


def _text_checks(column: Column, rule: Rule, text: str) -> tuple[Check, ...]:
    longest = CODE_LENGTH_MAX if column.refers_to else column.length_max
    checks = []
    if rule.constant is None or len(rule.constant) > longest:
        checks.append(Check("too_long", _too_long(text, longest), str(longest)))
    if column.allowed:
        checks.append(_allowed(column, text))
    if not column.nullable and rule.constant is None:
        checks.append(Check("missing", f"({text} IS NULL)"))
    return tuple(checks)


def _too_long(text: str, longest: int) -> str:
    """Bytes are counted faster than characters, and there are never fewer of them."""
    return f"(CASE WHEN strlen({text}) > {longest} THEN length({text}) > {longest} ELSE false END)"


def _allowed(column: Column, text: str) -> Check:
    return Check("not_allowed", f"(NOT regexp_full_match({text}, {quoted(column.allowed or '')}))")
