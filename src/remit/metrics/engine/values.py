"""The values of a dimension that a scope may see: for filter lists, and to resolve codes to ids."""

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from remit.core.scope import Scope
from remit.core.text import Text
from remit.lake.tables import TABLES

from ..catalog.dimensions import BUCKETS, DIMENSIONS, Dimension, Kind
from .errors import CannotSplit, CountedOnly, UnknownName
from .pinned import Pinned, visible
from .question import Condition
from .render import listed, literal

FACTS = (
    "order_lines", "exposures", "redemptions", "spend", "stock", "placements", "occurrences", "charges",
)  # fmt: skip
NEAR_MAX = 5000
CURRENT = "valid_to = DATE '9999-12-31'"


@dataclass(frozen=True, slots=True)
class DimensionValue:
    """One value to choose: ``value`` goes into a condition, ``name`` is what people read."""

    value: str | int | None
    name: str


def values(
    pinned: Pinned,
    name: str,
    scope: Scope,
    within: Scope | None = None,
    *,
    search: str = "",
    limit: int = 200,
    language: str = "zh-hant",
) -> list[DimensionValue]:
    """Values of a dimension in the scope that contain ``search``, in order; at most ``limit``."""
    dimension = dimension_named(name)
    if name == "weekday":
        return [DimensionValue(day, str(day)) for day in range(1, 8)]
    if name == "hour":
        return [DimensionValue(hour, f"{hour:02}") for hour in range(24)]
    if dimension.kind is Kind.TIME:
        return []
    if name == "customer":
        scope = of_customers(scope)
    rows = pinned.fetch(_select(pinned, dimension, scope, within, search, limit))
    return [
        DimensionValue(value, _named(dimension, str(value), name, name_en, language))
        for value, name, name_en in rows
    ]


def of_customers(scope: Scope) -> Scope:
    """The part of a scope in which customers are named: whole companies. Raise CannotSplit where none is."""
    if scope.outlets and not scope.companies:
        raise CountedOnly(
            "Customers belong to a whole company; for a part of one they are counted, not named. "
            "Ask without customer."
        )
    return replace(scope, outlets=frozenset())


def dimension_named(name: str) -> Dimension:
    """Raise UnknownName, with near matches, for what is no dimension."""
    if name not in DIMENSIONS:
        raise UnknownName("dimension", name, DIMENSIONS)
    return DIMENSIONS[name]


def resolved(pinned: Pinned, condition: Condition, scope: Scope, within: Scope | None) -> Condition:
    """The condition with ids for codes and numbers for weekday and hour.

    Raise UnknownName for a value that the scope does not hold; near matches come from the scope only.
    """
    dimension = dimension_named(condition.dimension)
    if not condition.values:
        raise CannotSplit(f"The condition on {condition.dimension} names no value.")
    if dimension.kind in (Kind.TIME, Kind.HOUR):
        return _numbered(condition)
    asked = [str(value) for value in condition.values if value is not None]
    found: dict[str, list[Any]] = {}
    if asked:
        for value, key in pinned.fetch(_matching(pinned, dimension, scope, within, asked)):
            found.setdefault(value, []).append(key)
    for value in asked:
        if value not in found:
            near = values(pinned, dimension.name, scope, within, limit=NEAR_MAX)
            raise UnknownName(
                dimension.name, value, [str(one.value) for one in near if one.value is not None]
            )
    keys = [key for value in asked for key in found[value]]
    unknown = [None] if None in condition.values else []
    return Condition(condition.dimension, (*dict.fromkeys(keys), *unknown), condition.op)


def _numbered(condition: Condition) -> Condition:
    if condition.dimension in BUCKETS:
        raise CannotSplit(f"A {condition.dimension} is chosen by the period, not by a condition.")
    low, high = (1, 7) if condition.dimension == "weekday" else (0, 23)
    known = [str(number) for number in range(low, high + 1)]
    for value in condition.values:
        if str(value) not in known:
            raise UnknownName(condition.dimension, value, known)
    return Condition(condition.dimension, tuple(int(value or 0) for value in condition.values), condition.op)


def _matching(
    pinned: Pinned, dimension: Dimension, scope: Scope, within: Scope | None, asked: list[str]
) -> str:
    """(value, key) of the asked values: for an entity the code and its ids."""
    if dimension.kind is Kind.ENTITY:
        rows = f"SELECT code, id FROM ({pinned.source(dimension.table)}) WHERE {CURRENT}"  # noqa: S608  # literals are escaped
        seen = _seen_ids(pinned, dimension, scope, within)
        return f"{rows} AND code IN ({listed(asked)}) AND {seen}"
    inner = _select(pinned, dimension, scope, within, "", None)
    return f"SELECT value, value FROM ({inner}) WHERE value IN ({listed(asked)})"  # noqa: S608  # literals are escaped


def _select(
    pinned: Pinned, dimension: Dimension, scope: Scope, within: Scope | None, search: str, limit: int | None
) -> str:
    """(value, name, English name) of a dimension's values in the scope."""
    if dimension.kind is Kind.OWN:
        inner = " UNION ".join(
            f"SELECT {dimension.column} AS value FROM ({pinned.source(fact)}) "  # noqa: S608  # literals are escaped
            f"WHERE {scope_sql(fact, scope)} AND {scope_sql(fact, within)}"
            for fact in FACTS
            if dimension.column in TABLES[fact].by_name
        )
        sql = f"SELECT DISTINCT value, value AS label, NULL AS label_en FROM ({inner})"  # noqa: S608  # literals are escaped
    else:
        source = pinned.source(dimension.table)
        seen = _seen_ids(pinned, dimension, scope, within)
        entity = dimension.kind is Kind.ENTITY
        value = "code" if entity else dimension.column
        label = dimension.label if entity and dimension.label else value
        names = f"{label} AS label, {dimension.label_en or 'NULL'} AS label_en"
        sql = f"SELECT DISTINCT {value} AS value, {names} FROM ({source}) WHERE {CURRENT} AND {seen}"  # noqa: S608  # literals are escaped
    sql = f"SELECT value, label, label_en FROM ({sql}) WHERE value IS NOT NULL"  # noqa: S608  # literals are escaped
    if search:
        pattern = literal(search.casefold())
        sql += f" AND contains(lower(concat_ws(chr(10), value, label, label_en)), {pattern})"
    return sql + " ORDER BY value" + ("" if limit is None else f" LIMIT {int(limit)}")


def _seen_ids(pinned: Pinned, dimension: Dimension, scope: Scope, within: Scope | None) -> str:
    """The condition on a dimension table's rows that the scope may know of."""
    if scope.everything and (within is None or within.everything):
        return "true"
    extents = [one for fact in FACTS for one in visible(pinned.extents(fact), scope, within)]
    companies = sorted({one.unit_id for one in extents})
    if dimension.table == "outlets":
        return f"id IN ({listed(sorted({one.outlet_id for one in extents if one.outlet_id is not None}))})"
    if dimension.name == "unit":
        outlets = listed(sorted({one.outlet_id for one in extents if one.outlet_id is not None}))
        run_by = f"SELECT unit_id FROM ({pinned.source('outlets')}) WHERE id IN ({outlets})"  # noqa: S608  # literals are escaped
        return f"(id IN ({listed(companies)}) OR id IN ({run_by}))"
    if dimension.table == "units":
        return f"id IN ({listed(companies)})"
    owned = f"(unit_id IN ({listed(companies)}) OR unit_id IS NULL)"
    if dimension.table == "customers" and not _whole_companies(scope, within, companies):
        bought = (
            f"SELECT customer_id FROM ({pinned.source('order_lines')}) "  # noqa: S608  # literals are escaped
            f"WHERE {scope_sql('order_lines', scope)} AND {scope_sql('order_lines', within)}"
        )
        return f"{owned} AND id IN ({bought})"
    return owned


def _whole_companies(scope: Scope, within: Scope | None, companies: list[int]) -> bool:
    """Whether all rows of these companies are seen; otherwise customers are only those of the seen rows."""
    sides = [one for one in (scope, within) if one is not None and not one.everything]
    return all(set(companies) <= one.companies for one in sides)


def scope_sql(fact: str, scope: Scope | None) -> str:
    """The scope as a condition on a fact table, for the few statements that are not compiled."""
    if scope is None or scope.everything:
        return "true"
    parts = []
    if scope.companies:
        parts.append(f"unit_id IN ({listed(sorted(scope.companies))})")
    if scope.outlets and "outlet_id" in TABLES[fact].by_name:
        parts.append(f"outlet_id IN ({listed(sorted(scope.outlets))})")
    return f"({' OR '.join(parts)})" if parts else "false"


def labels(
    pinned: Pinned, dimension: Dimension, ids: list[int], language: str = "zh-hant"
) -> dict[int, tuple[str, str]]:
    """Code and name of ids, as they are now."""
    if not ids:
        return {}
    label = dimension.label or "code"
    columns = f"id, code, {label}, {dimension.label_en or 'NULL'}"
    sql = f"SELECT {columns} FROM ({pinned.source(dimension.table)}) WHERE {CURRENT}"  # noqa: S608  # literals are escaped
    if len(ids) <= NEAR_MAX:  # those of a page are asked for again with each of its figures
        sql += f" AND id IN ({listed(ids)})"
        rows = pinned.reader.kept(
            ("labels", dimension.table, pinned.version(dimension.table), sql), partial(pinned.fetch, sql)
        )
    else:
        rows = pinned.fetch(sql)
    return {
        key: (code, _named(dimension, code, name, name_en, language)) for key, code, name, name_en in rows
    }


def _named(dimension: Dimension, code: str, name: str | None, name_en: str | None, language: str) -> str:
    """The name in a language; what has a single name keeps it in all of them."""
    shown = str(name or code)
    return Text(shown, name_en or shown).say(language) if dimension.label_en else shown
