"""The mapping as fields of a page: one row per target column, read from a form and written into it. Pure.

The plain dictionaries are those of ``lake.reading.mapping``: what a form gives, ``mapping_of`` checks.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import pyarrow as pa

from remit.lake.tables.table import Column, Table

FROM = "from:"
SIMPLE = ("constant", "format", "otherwise", "attribute", "between", "decimal", "thousands")
LISTS = ("join", "sum")
OPTIONS = ("encoding", "delimiter", "sheet")
HEAD = ("zone", "currency")
DELIMITERS = {"tab": "\t"}
ARROW = "→"


class FormData(Protocol):
    """What of Django's ``QueryDict`` is read here."""

    def get(self, key: str, default: str, /) -> Any: ...


@dataclass(frozen=True, slots=True)
class Target:
    """A column of the table and what is chosen for it.

    ``origin``: empty (not in the file), ``from:NAME``, ``constant``, ``join``, ``sum``, ``attribute`` or
    ``row_number``. The other texts are those of the fields. ``samples``: values of the chosen column.
    """

    column: Column
    required: bool
    origin: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    samples: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.column.name

    @property
    def source(self) -> str | None:
        """The column of the file that is chosen, if one is."""
        return self.origin.removeprefix(FROM) if self.origin.startswith(FROM) else None

    @property
    def is_time(self) -> bool:
        return pa.types.is_temporal(self.column.type)

    @property
    def is_number(self) -> bool:
        return pa.types.is_decimal(self.column.type) or pa.types.is_integer(self.column.type)

    @property
    def values_text(self) -> str:
        """The field of that name: a template that looks for ``values`` in a dictionary finds its method."""
        return self.fields.get("values", "")

    @property
    def is_detailed(self) -> bool:
        """Whether something beyond the column itself is chosen, so that the page opens it."""
        return any(self.fields.values()) or self.origin in ("constant", "join", "sum", "attribute")


def targets_of(
    table: Table,
    raw: Mapping[str, Any],
    samples: Mapping[str, Sequence[str]],
    required: Sequence[str],
) -> list[Target]:
    """One target per column that a file may fill, with the choices of ``raw`` (a plain mapping)."""
    rules = raw.get("columns", {})
    found = []
    for column in table.given:
        rule = rules.get(column.name)
        rule = {"from": rule} if isinstance(rule, str) else dict(rule or {})
        found.append(
            Target(
                column=column,
                required=column.name in required,
                origin=_origin(rule),
                fields=_fields(rule),
                samples=tuple(samples.get(rule.get("from", ""), ())),
            )
        )
    return found


def raw_from(data: FormData, table: Table) -> dict[str, Any]:
    """The plain mapping that a form states; blanks are left out, nothing is judged."""
    columns = {}
    for column in table.given:
        rule = _rule(data, column.name)
        if rule:
            columns[column.name] = rule
    raw: dict[str, Any] = {"table": table.name, "columns": columns}
    for name in (*HEAD, "encoding", "sheet", "repeats"):
        if value := _text(data, name):
            raw[name] = value
    if delimiter := str(data.get("delimiter", "")):
        raw["delimiter"] = DELIMITERS.get(delimiter, delimiter)
    if data.get("header", "") == "no":
        raw["header"] = False
    unknown = {name: value for name in _dimensions(table) if (value := _text(data, f"unknown.{name}"))}
    return {**raw, "unknown": unknown} if unknown else raw


def policies(table: Table, raw: Mapping[str, Any]) -> list[tuple[str, str]]:
    """For each dimension that the table refers to: what happens with a code that is not known."""
    chosen = raw.get("unknown", {})
    return [(name, chosen.get(name, "create")) for name in _dimensions(table)]


def _dimensions(table: Table) -> list[str]:
    return list(dict.fromkeys(c.refers_to for c in table.given if c.refers_to))


def _rule(data: FormData, target: str) -> dict[str, Any]:
    origin = str(data.get(f"{target}.origin", ""))
    if not origin:
        return {}
    rule: dict[str, Any] = {}
    if origin.startswith(FROM):
        rule["from"] = origin.removeprefix(FROM)
    elif origin == "row_number":
        rule["row_number"] = True
    elif origin in LISTS:
        rule[origin] = _lines(data, f"{target}.parts")
    elif origin in ("constant", "attribute"):
        rule[origin] = _text(data, f"{target}.{origin}")
    for word in ("format", "otherwise", "decimal", "thousands"):
        if value := _text(data, f"{target}.{word}"):
            rule[word] = value
    if origin == "join" and (between := str(data.get(f"{target}.between", ""))):
        rule["between"] = between
    if values := _values(_lines(data, f"{target}.values")):
        rule["values"] = values
    if empty := _lines(data, f"{target}.empty"):
        rule["empty"] = empty
    return rule


def _values(lines: Sequence[str]) -> dict[str, str | None]:
    """``raw → meant`` (or ``raw = meant``) a line; nothing on the right means empty."""
    found: dict[str, str | None] = {}
    for line in lines:
        mark = ARROW if ARROW in line else "="
        raw, _mark, meant = line.partition(mark)
        found[raw.strip()] = meant.strip() or None
    return found


def _origin(rule: Mapping[str, Any]) -> str:
    if "from" in rule:
        return FROM + str(rule["from"])
    return next((word for word in ("constant", "join", "sum", "attribute", "row_number") if word in rule), "")


def _fields(rule: Mapping[str, Any]) -> dict[str, str]:
    found = {word: str(rule[word]) for word in SIMPLE if rule.get(word) is not None}
    parts = next((rule[word] for word in LISTS if word in rule), ())
    found["parts"] = "\n".join(map(str, parts if isinstance(parts, list | tuple) else [parts]))
    found["values"] = "\n".join(
        f"{raw} {ARROW} {meant or ''}".strip() for raw, meant in rule.get("values", {}).items()
    )
    empty = rule.get("empty", ())
    found["empty"] = "\n".join(map(str, empty if isinstance(empty, list | tuple) else [empty]))
    return {word: value for word, value in found.items() if value}


def _lines(data: FormData, name: str) -> list[str]:
    return [line.strip() for line in str(data.get(name, "")).splitlines() if line.strip()]


def _text(data: FormData, name: str) -> str:
    return str(data.get(name, "")).strip()
