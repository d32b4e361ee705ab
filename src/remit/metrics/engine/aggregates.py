"""What is summed and counted of the rows of a shape, as Ibis expressions."""

from dataclasses import replace
from typing import Any

import ibis

from remit.lake.tables import TABLES

from ..catalog.dimensions import DIMENSIONS, VIA
from ..catalog.spec import Count, Distinct, Filter, Sum
from .expressions import Rows, base, conditioned, converted, joined, keyed, limited, where
from .leaves import Leaf, filters_of
from .rollups import BASKET, ROLLUPS, Rollup
from .shape import Shape, dimension_tables, is_joined, told_apart


def simple(shape: Shape) -> Rows:
    """All simple aggregates of a shape in one pass: columns ``k…``, then ``a0``, ``a1`` … leaf by leaf."""
    if shape.sums_first:
        return _summed_first(shape)
    rows = base(shape)
    if _are_things(shape):
        return _things(rows, shape)
    rows, shape = _narrowed(rows, shape)
    return _by_key(rows, shape, [value for leaf in shape.leaves for value in aggregate(rows, leaf, shape)])


def summed(shape: Shape, rollup: Rollup) -> Rows:
    """The facts of a shape as rows of a rollup: its keys, attributes and measures."""
    rows = base(shape)
    keys = {column: rows[f"k{i}"] for i, column in enumerate(rollup.stored_attributes.values())}
    values = {
        name: value
        for leaf, names in rollup.measures.items()
        for name, value in zip(names, aggregate(rows, leaf, shape, counted=True), strict=True)
    }
    attributes = [value.name(name) for name, value in keys.items()]
    return rows.group_by([*rollup.keys, *attributes]).aggregate(**values)


def aggregate(rows: Rows, leaf: Leaf, shape: Shape, *, counted: bool = False) -> list[Any]:
    """The aggregates of one simple leaf, from rows of the fact or of a rollup.

    Beside a sum stands how many rows it is of; unless ``counted`` it may only tell whether there are any.
    """
    spec = leaf.spec
    if shape.source in ROLLUPS and not isinstance(spec, Distinct):
        columns = ROLLUPS[shape.source].measures[leaf]
        return [converted(rows, rows[name], leaf, shape).sum() for name in columns]
    keep = _kept(rows, leaf, shape)
    if isinstance(spec, Sum):
        amount = converted(rows, rows[spec.column], leaf, shape)
        total = (amount if keep is None else keep.ifelse(amount, None)).sum()
        told = _is_known(spec, shape.fact) and not counted
        return [total, total.notnull().cast("int8") if told else rows.count(where=keep)]
    if isinstance(spec, Distinct):
        if shape.rows_are_baskets and spec.columns == BASKET:
            return [rows.count(where=keep)]
        return [_distinct(rows, told_apart(spec, shape), keep)]
    return [rows.count(where=keep)]


def _by_key(rows: Rows, shape: Shape, values: list[Any]) -> Rows:
    keys = [f"k{i}" for i in range(len(shape.by))]
    named = {f"a{number}": value for number, value in enumerate(values)}
    return rows.group_by(keys).aggregate(**named) if keys else rows.aggregate(**named)


def _is_known(spec: Sum, fact: str) -> bool:
    """Whether every row that a sum keeps has a value: then it is null only where there is no row."""
    return not TABLES[fact].by_name[spec.column].nullable or Filter(spec.column, "known") in spec.where


def _narrowed(rows: Rows, shape: Shape) -> tuple[Rows, Shape]:
    """Rows that at least one leaf could count, and the leaves without the filters that all rows now meet.

    Not where there is a split: a group of which nothing counts is a row of the answer all the same.
    """
    if shape.by or shape.source in ROLLUPS:
        return rows, shape
    common = frozenset.intersection(*(_implied(leaf) for leaf in shape.leaves))
    common &= {one for leaf in shape.leaves for one in filters_of(leaf)}
    if not common:
        return rows, shape
    rows = rows.filter(where(rows, sorted(common, key=repr), shape))
    leaves = tuple(
        _filtered(leaf, tuple(one for one in filters_of(leaf) if one not in common)) for leaf in shape.leaves
    )
    return rows, replace(shape, leaves=leaves)


def _filtered(leaf: Leaf, filters: tuple[Filter, ...]) -> Leaf:
    """A simple leaf with other filters."""
    assert isinstance(leaf.spec, Sum | Count | Distinct)
    return replace(leaf, spec=replace(leaf.spec, where=filters))


def _implied(leaf: Leaf) -> frozenset[Filter]:
    """What holds of every row that a leaf counts: its filters, and that it knows what it tells apart."""
    columns = leaf.spec.columns if isinstance(leaf.spec, Distinct) else ()
    nullable = [name for name in columns if TABLES[leaf.table].by_name[name].nullable]
    return frozenset(filters_of(leaf)) | {Filter(name, "known") for name in nullable}


def _are_things(shape: Shape) -> bool:
    """Whether all that is counted are things of several columns or under several filters, or parts of them.

    Then each is found once, with all that is asked of it: baskets, or the days on which somebody bought.
    """
    specs = [leaf.spec for leaf in shape.leaves if isinstance(leaf.spec, Distinct)]
    if len(specs) < len(shape.leaves):
        return False
    if shape.rows_are_baskets and any(spec.columns == BASKET for spec in specs):
        return False
    told = [frozenset(told_apart(spec, shape)) for spec in specs]
    whole = max(told, key=len)
    return all(one <= whole for one in told) and (len(whole) > 1 or len(specs) > 1)


def _things(rows: Rows, shape: Shape) -> Rows:
    """Find the different things once, and of each whether any of its rows meets each filter."""
    told = [told_apart(leaf.spec, shape) for leaf in shape.leaves if isinstance(leaf.spec, Distinct)]
    whole = max(told, key=len)
    common = [name for name in whole if all(name in one for one in told)]
    if common:
        rows = rows.filter([rows[name].notnull() for name in common])
    kept = [_kept(rows, leaf, shape) for leaf in shape.leaves]
    met = {f"f{number}": keep.any() for number, keep in enumerate(kept) if keep is not None}
    keys = [f"k{i}" for i in range(len(shape.by))]
    of_each = list(dict.fromkeys([*keys, *whole]))
    found = rows.group_by(of_each).aggregate(**met) if met else rows.select(of_each).distinct()
    values = []
    for number, columns in enumerate(told):
        keep = found[f"f{number}"] if f"f{number}" in met else None
        if len(columns) < len(whole):
            values.append(_distinct(found, columns, keep))
            continue
        for name in set(whole) - set(common):
            keep = found[name].notnull() if keep is None else keep & found[name].notnull()
        values.append(found.count(where=keep))
    return _by_key(found, shape, values)


def _summed_first(shape: Shape) -> Rows:
    """Sum rows up by what they are joined by, join the few that are left, and sum up again."""
    rows = keyed(conditioned(limited(shape), shape, joined_=False), shape, joined_=False)
    parts = {
        f"p{number}_{place}": value
        for number, leaf in enumerate(shape.leaves)
        for place, value in enumerate(aggregate(rows, _before_join(leaf), shape))
    }
    held = [VIA[table] for table in dimension_tables(shape)]
    held += ["unit_id"] if "unit" in _named(shape) else []
    held += [f"k{i}" for i, name in enumerate(shape.by) if not is_joined(name)]
    few = joined(rows.group_by(held).aggregate(**parts), shape)
    few = keyed(conditioned(few, shape, joined_=True), shape, joined_=True)
    values: list[Any] = []
    for number, leaf in enumerate(shape.leaves):
        keep = where(few, _by_joined(leaf), shape)
        if isinstance(leaf.spec, Distinct):
            met = few[f"p{number}_0"] > 0
            values.append(_distinct(few, told_apart(leaf.spec, shape), met if keep is None else met & keep))
        else:
            values += [few[f"p{number}_{place}"].sum(where=keep) for place in range(leaf.width)]
    return _by_key(few, shape, values)


def _before_join(leaf: Leaf) -> Leaf:
    """What is summed up before the join: a leaf without its filters by joined dimensions."""
    own = tuple(one for one in filters_of(leaf) if one not in _by_joined(leaf))
    return _filtered(leaf, own) if isinstance(leaf.spec, Sum) else replace(leaf, spec=Count(own))


def _by_joined(leaf: Leaf) -> tuple[Filter, ...]:
    return tuple(one for one in filters_of(leaf) if one.field in DIMENSIONS and is_joined(one.field))


def _named(shape: Shape) -> set[str]:
    filters = {one.field for leaf in shape.leaves for one in filters_of(leaf)}
    return {*shape.by, *(one.dimension for one in shape.where), *filters}


def _kept(rows: Rows, leaf: Leaf, shape: Shape) -> Any | None:
    """Rows that count: by the leaf's filters, or where a rollup only counted what met them, by that count."""
    filters = filters_of(leaf)
    rollup = ROLLUPS.get(shape.source)
    if rollup is None or rollup.keeps(filters):
        return where(rows, filters, shape)
    return rows[rollup.counter(filters)] > 0


def _distinct(rows: Rows, columns: tuple[str, ...], keep: Any | None) -> Any:
    if len(columns) == 1:
        return rows[columns[0]].nunique(where=keep)
    for name in columns:
        keep = rows[name].notnull() if keep is None else keep & rows[name].notnull()
    return ibis.struct({name: rows[name] for name in columns}).nunique(where=keep)
