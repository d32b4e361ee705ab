"""Scans as Ibis expressions. Importing this is slow (Ibis); only a new shape of question needs it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import ibis

from remit.lake.tables import TABLES, Table

from ..catalog.dimensions import BUCKETS, DIMENSIONS, VIA, Kind
from ..catalog.spec import Filter
from .leaves import Leaf
from .rollups import ROLLUPS
from .shape import ScopeForm, Shape, Slotted, columns_read, dimension_tables, is_joined

type Rows = Any  # a table expression of Ibis, whose columns are attributes that no checker can know


def _slot(name: str, kind: type) -> Any:
    """A function of SQL that stands for literals, which are written in when the scan runs."""

    def slot(_slot: str) -> None:
        return None

    slot.__name__ = name
    slot.__annotations__ = {"_slot": str, "return": kind}
    return ibis.udf.scalar.builtin(slot)


slot_ints = _slot("slot_ints", int)
slot_texts = _slot("slot_texts", str)
slot_day = _slot("slot_day", date)


def lake_table(name: str) -> Rows:
    """A table of the lake, or one that is written into the statement (``fx``, ``freshest``, ``ends``)."""
    written = {
        "fx": {"currency": "string", "day": "date", "rate": "decimal(28, 16)"},
        "freshest": {"unit_id": "int64", "day": "date"},
        "ends": {"bucket": "date", "first": "date", "last": "date"},
    }
    schema = written.get(name) or ibis.Schema.from_pyarrow(contract(name).schema)
    return ibis.table(schema, name=name, database="lake")


def contract(name: str) -> Table:
    return ROLLUPS[name].table if name in ROLLUPS else TABLES[name]


def base(shape: Shape, *, with_period: bool = True) -> Rows:
    """Rows of the scope, with dimensions joined and conditions applied; the split as ``k0``, ``k1`` …"""
    rows = joined(limited(shape, with_period=with_period), shape)
    if shape.converts:
        day = TABLES[shape.fact].day
        fx = lake_table("fx").rename(fx_currency="currency", fx_day="day", fx_rate="rate")
        rows = rows.left_join(fx, [rows.currency == fx.fx_currency, rows[day] == fx.fx_day])
    return keyed(conditioned(rows, shape), shape)


def limited(shape: Shape, *, with_period: bool = True) -> Rows:
    """Rows of the scope and the period, with the columns that are needed."""
    rows = lake_table(shape.source)
    day = TABLES[shape.fact].day
    limits = [_scope(rows, shape.scope, "scope"), _scope(rows, shape.within, "within")]
    if with_period and shape.has_period:
        limits += [rows[day] >= slot_day("first"), rows[day] <= slot_day("last")]
    kept = [limit for limit in limits if limit is not None]
    rows = rows.filter(kept) if kept else rows
    return rows.select([name for name in rows.columns if name in columns_read(shape)])


def conditioned(rows: Rows, shape: Shape, *, joined_: bool | None = None) -> Rows:
    """Rows that meet the question's conditions; ``joined_``: only those that need a join, or the others."""
    kept = [
        _condition(rows, one, shape, f"c{i}")
        for i, one in enumerate(shape.where)
        if joined_ is None or is_joined(one.dimension) is joined_
    ]
    return rows.filter(kept) if kept else rows


def keyed(rows: Rows, shape: Shape, *, joined_: bool | None = None) -> Rows:
    """Rows with the split as ``k0``, ``k1`` …; ``joined_`` as in ``conditioned``."""
    keys = {
        f"k{i}": split(rows, name, shape)
        for i, name in enumerate(shape.by)
        if joined_ is None or is_joined(name) is joined_
    }
    return rows.mutate(**keys) if keys else rows


def where(rows: Rows, filters: Iterable[Filter], shape: Shape) -> Any | None:
    """The condition of a spec's own filters; None when it has none."""
    kept = None
    for one in filters:
        test = _tested(rows, one, shape)
        kept = test if kept is None else kept & test
    return kept


def _tested(rows: Rows, one: Filter, shape: Shape) -> Any:
    """A filter as a condition; one of a joined dimension was tested there: a thing, not a row at a time."""
    if one in shape.tests and shape.tests[one] in rows.columns:
        test = rows[shape.tests[one]]
        return test.fill_null(True) if _holds_unknown(one) else test
    columns = TABLES[shape.fact].by_name
    own = one.field in columns and one.field in rows.columns
    return _test(rows[one.field] if own else split(rows, one.field, shape), one.op, one.values)


def split(rows: Rows, name: str, shape: Shape) -> Any:
    """What rows are grouped by for a dimension: an id, an attribute, the first day of a bucket, a number."""
    dimension = DIMENSIONS[name]
    if dimension.kind is Kind.HOUR:
        return rows.sold_hour
    if dimension.kind is Kind.TIME:
        day = rows[TABLES[shape.fact].day]
        return _of_few(day, 0, shape.buckets) if name in BUCKETS and shape.buckets else bucket(day, name)
    if name == "unit":
        return (
            ibis.coalesce(rows.outlets__unit_id, rows.unit_id)
            if "outlet_id" in rows.columns
            else rows.unit_id
        )
    if dimension.kind is Kind.ENTITY:
        return rows[dimension.via]
    if dimension.kind is Kind.OWN:
        return rows[dimension.column]
    stored = f"{dimension.table}__{dimension.column}"
    return rows[stored]


def bucket(day: Any, name: str) -> Any:
    """First day of the bucket of a day; Monday is 1 for ``weekday``."""
    if name == "day":
        return day
    if name == "weekday":
        return (day.day_of_week.index() + 1).cast("int32")
    letter = {"week": "W", "month": "M", "quarter": "Q", "year": "Y"}[name]
    return day.truncate(letter).cast("date")


def _of_few(day: Any, first: int, last: int) -> Any:
    """First day of the bucket of a day, among those known: halving them is far quicker than a calendar."""
    if last - first == 1:
        return slot_day(f"b{first}")
    middle = (first + last) // 2
    return ibis.ifelse(day < slot_day(f"b{middle}"), _of_few(day, first, middle), _of_few(day, middle, last))


def _scope(rows: Rows, form: ScopeForm, slot: str) -> Any | None:
    if form.everything:
        return None
    companies = rows.unit_id.isin([slot_ints(f"{slot}_companies")]) if form.companies else None
    outlets = rows.outlet_id.isin([slot_ints(f"{slot}_outlets")]) if form.outlets else None
    if companies is None and outlets is None:
        return ibis.literal(False)
    if companies is None or outlets is None:
        return outlets if companies is None else companies
    return companies | outlets


def joined(rows: Rows, shape: Shape) -> Rows:
    """Rows with the columns of dimensions that are needed; an id that a dimension does not know has nulls."""
    day = TABLES[shape.fact].day
    for name, columns in dimension_tables(shape).items():
        missing = {column for column in columns if f"{name}__{column}" not in rows.columns}
        via = VIA[name]
        if not missing or via not in rows.columns:
            continue
        table = lake_table(name)
        kept = {f"{name}__id": table.id, **{f"{name}__{column}": table[column] for column in sorted(missing)}}
        if name in shape.history:
            kept |= {f"{name}__from": table.valid_from, f"{name}__to": table.valid_to}
        for one, test in shape.tests.items():
            if DIMENSIONS[one.field].table == name:
                kept[test] = _test(table[DIMENSIONS[one.field].column], one.op, one.values)
        side = table.select(**kept)
        matches = [rows[via] == side[f"{name}__id"]]
        if name in shape.history:
            matches += [rows[day] >= side[f"{name}__from"], rows[day] < side[f"{name}__to"]]
        rows = rows.left_join(side, matches)
    return rows


def _condition(rows: Rows, one: Slotted, shape: Shape, slot: str) -> Any:
    column = split(rows, one.dimension, shape)
    fill = slot_ints(slot) if column.type().is_integer() else slot_texts(slot)
    listed = column.isin([fill]) if one.listed else ibis.literal(False)
    matches = listed | column.isnull() if one.unknown else listed
    if one.op == "in":
        return matches
    rest = ~column.isin([fill]) if one.listed else ibis.literal(True)
    return (rest & column.notnull()) if one.unknown else (rest | column.isnull())


def _test(column: Any, op: str, values: tuple[Any, ...]) -> Any:
    if op == "known":
        return column.notnull()
    if op == "unknown":
        return column.isnull()
    if op in ("in", "not in"):
        listed = column.isin([value for value in values if value is not None])
        # An unknown value is one answer of the whole test: ``or is null`` would be tested row by row.
        matches = ibis.coalesce(listed, None in values)
        return matches if op == "in" else ~matches
    compare = {">": column.__gt__, ">=": column.__ge__, "<": column.__lt__, "<=": column.__le__}[op]
    return compare(values[0])


def _holds_unknown(one: Filter) -> bool:
    """Whether an unknown value meets a filter."""
    if one.op in ("in", "not in"):
        return (None in one.values) is (one.op == "in")
    return one.op == "unknown"


def converted(rows: Rows, amount: Any, leaf: Leaf, shape: Shape) -> Any:
    """An amount in the currency asked for."""
    counts_rows = amount.type().is_integer()
    return amount * rows.fx_rate if shape.converts and leaf.is_money and not counts_rows else amount
