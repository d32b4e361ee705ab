"""Scans as Ibis expressions. Importing this is slow (Ibis); only a new shape of question needs it."""

from datetime import date
from typing import Any

import ibis

from remit.lake.tables import TABLES, Table

from ..catalog.dimensions import DIMENSIONS, VIA, Kind
from ..catalog.spec import Distinct, Filter, Sum
from .leaves import Leaf, filters_of
from .rollups import BASKET, ROLLUPS, Rollup
from .shape import ScopeForm, Shape, Slotted, columns_read, dimension_tables

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
    rows = lake_table(shape.source)
    day = TABLES[shape.fact].day
    limits = [_scope(rows, shape.scope, "scope"), _scope(rows, shape.within, "within")]
    if with_period and shape.has_period:
        limits += [rows[day] >= slot_day("first"), rows[day] <= slot_day("last")]
    kept = [limit for limit in limits if limit is not None]
    rows = rows.filter(kept) if kept else rows
    rows = rows.select([name for name in rows.columns if name in columns_read(shape)])
    rows = _joined(rows, shape)
    if shape.converts:
        fx = lake_table("fx").rename(fx_currency="currency", fx_day="day", fx_rate="rate")
        rows = rows.left_join(fx, [rows.currency == fx.fx_currency, rows[day] == fx.fx_day])
    conditions = [_condition(rows, one, shape.fact, f"c{i}") for i, one in enumerate(shape.where)]
    rows = rows.filter(conditions) if conditions else rows
    keys = {f"k{i}": split(rows, name, shape.fact) for i, name in enumerate(shape.by)}
    return rows.mutate(**keys) if keys else rows


def simple(shape: Shape) -> Rows:
    """All simple aggregates of a shape in one pass: columns ``k…``, then ``a0``, ``a1`` … leaf by leaf."""
    rows = base(shape)
    keys = [f"k{i}" for i in range(len(shape.by))]
    if _is_one_thing(shape):
        return _things(rows, shape, keys)
    values: dict[str, Any] = {}
    for leaf in shape.leaves:
        for value in aggregate(rows, leaf, shape):
            values[f"a{len(values)}"] = value
    return rows.group_by(keys).aggregate(**values) if keys else rows.aggregate(**values)


def _is_one_thing(shape: Shape) -> bool:
    """Whether several filters are asked of the same different things, such as baskets."""
    things = {leaf.spec.columns if isinstance(leaf.spec, Distinct) else None for leaf in shape.leaves}
    return len(shape.leaves) > 1 and len(things) == 1 and None not in things and not shape.rows_are_baskets


def _things(rows: Rows, shape: Shape, keys: list[str]) -> Rows:
    """Find the different things once, and of each whether any of its rows meets each filter."""
    columns = next(leaf.spec.columns for leaf in shape.leaves if isinstance(leaf.spec, Distinct))
    rows = rows.filter([rows[name].notnull() for name in columns])
    met = {}
    for number, leaf in enumerate(shape.leaves):
        kept = _kept(rows, leaf, shape)
        met[f"f{number}"] = (rows[columns[0]].notnull() if kept is None else kept).any()
    things = rows.group_by(list(dict.fromkeys([*keys, *columns]))).aggregate(**met)
    counts = {f"a{number}": things.count(where=things[name]) for number, name in enumerate(met)}
    return things.group_by(keys).aggregate(**counts) if keys else things.aggregate(**counts)


def summed(shape: Shape, rollup: Rollup) -> Rows:
    """The facts of a shape as rows of a rollup: its keys, attributes and measures."""
    rows = base(shape)
    keys = {column: rows[f"k{i}"] for i, column in enumerate(rollup.stored_attributes.values())}
    values = {
        name: value
        for leaf, names in rollup.measures.items()
        for name, value in zip(names, aggregate(rows, leaf, shape), strict=True)
    }
    attributes = [value.name(name) for name, value in keys.items()]
    return rows.group_by([*rollup.keys, *attributes]).aggregate(**values)


def aggregate(rows: Rows, leaf: Leaf, shape: Shape) -> list[Any]:
    """The aggregates of one simple leaf, from rows of the fact or of a rollup."""
    spec = leaf.spec
    if shape.source in ROLLUPS and not isinstance(spec, Distinct):
        columns = ROLLUPS[shape.source].measures[leaf]
        return [_converted(rows, rows[name], leaf, shape).sum() for name in columns]
    keep = _kept(rows, leaf, shape)
    if isinstance(spec, Sum):
        amount = _converted(rows, rows[spec.column], leaf, shape)
        return [amount.sum(where=keep), rows.count(where=keep)]
    if isinstance(spec, Distinct):
        return [_distinct(rows, spec, keep, shape)]
    return [rows.count(where=keep)]


def where(rows: Rows, filters: tuple[Filter, ...], fact: str) -> Any | None:
    """The condition of a spec's own filters; None when it has none."""
    kept = None
    for one in filters:
        column = field(rows, one.field, fact)
        test = _test(column, one.op, one.values)
        kept = test if kept is None else kept & test
    return kept


def field(rows: Rows, name: str, fact: str) -> Any:
    """A column of the fact, or a dimension's value."""
    columns = TABLES[fact].by_name
    return rows[name] if name in columns and name in rows.columns else split(rows, name, fact)


def split(rows: Rows, name: str, fact: str) -> Any:
    """What rows are grouped by for a dimension: an id, an attribute, the first day of a bucket, a number."""
    dimension = DIMENSIONS[name]
    if dimension.kind is Kind.HOUR:
        return rows.sold_hour
    if dimension.kind is Kind.TIME:
        return bucket(rows[TABLES[fact].day], name)
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


def _joined(rows: Rows, shape: Shape) -> Rows:
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
        side = table.select(**kept)
        matches = [rows[via] == side[f"{name}__id"]]
        if name in shape.history:
            matches += [rows[day] >= side[f"{name}__from"], rows[day] < side[f"{name}__to"]]
        rows = rows.left_join(side, matches)
    return rows


def _condition(rows: Rows, one: Slotted, fact: str, slot: str) -> Any:
    column = split(rows, one.dimension, fact)
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
        matches = (listed | column.isnull()) if None in values else (listed & column.notnull())
        return matches if op == "in" else ~matches
    compare = {">": column.__gt__, ">=": column.__ge__, "<": column.__lt__, "<=": column.__le__}[op]
    return compare(values[0])


def _converted(rows: Rows, amount: Any, leaf: Leaf, shape: Shape) -> Any:
    counts_rows = amount.type().is_integer()
    return amount * rows.fx_rate if shape.converts and leaf.is_money and not counts_rows else amount


def _kept(rows: Rows, leaf: Leaf, shape: Shape) -> Any | None:
    """Rows that count: by the leaf's filters, or where a rollup only counted what met them, by that count."""
    filters = filters_of(leaf)
    rollup = ROLLUPS.get(shape.source)
    if rollup is None or rollup.keeps(filters):
        return where(rows, filters, shape.fact)
    return rows[rollup.counter(filters)] > 0


def _distinct(rows: Rows, spec: Distinct, keep: Any | None, shape: Shape) -> Any:
    columns = spec.columns
    if shape.rows_are_baskets and columns == BASKET:
        return rows.count(where=keep)
    if shape.single_company and "unit_id" in columns and len(columns) > 1:
        columns = tuple(name for name in columns if name != "unit_id")
    if len(columns) == 1:
        return rows[columns[0]].nunique(where=keep)
    for name in columns:
        keep = rows[name].notnull() if keep is None else keep & rows[name].notnull()
    return ibis.struct({name: rows[name] for name in columns}).nunique(where=keep)
