"""The shape of a scan: everything that decides its SQL, but no value that fills it.

Values (ids of the scope, days, filter values) are slots in the text, so that a question asked of
another month or by another person needs no new compilation.
"""

from dataclasses import dataclass

from remit.core.scope import Scope
from remit.lake.tables import TABLES

from ..catalog.dimensions import DIMENSIONS, VIA, Kind
from ..catalog.spec import Distinct, FirstTime, Sum, Trailing
from .leaves import Leaf, filters_of
from .rollups import ROLLUPS


@dataclass(frozen=True, slots=True)
class Slotted:
    """A condition without its values. ``listed``: some are known; ``unknown``: None is one of them."""

    dimension: str
    op: str
    listed: bool
    unknown: bool


@dataclass(frozen=True, slots=True)
class ScopeForm:
    """Which columns a scope restricts: none of them when it sees everything."""

    everything: bool
    companies: bool
    outlets: bool

    @classmethod
    def of(cls, scope: Scope | None, has_outlets: bool) -> "ScopeForm":
        """``has_outlets``: the table has outlets; without them single outlets see nothing of it."""
        if scope is None or scope.everything:
            return cls(True, False, False)
        return cls(False, bool(scope.companies), bool(scope.outlets) and has_outlets)


@dataclass(frozen=True, slots=True)
class Shape:
    """``source`` is the fact table or a rollup of it; ``history`` the dimensions with several versions a row.

    ``single_company``: rows of one company only, so that order codes need no company beside them.
    ``rows_are_baskets``: each row of the rollup is a basket of its own, so that counting rows counts baskets.
    """

    source: str
    fact: str
    by: tuple[str, ...]
    where: tuple[Slotted, ...]
    has_period: bool
    scope: ScopeForm
    within: ScopeForm
    history: frozenset[str]
    single_company: bool
    converts: bool
    leaves: tuple[Leaf, ...]
    rows_are_baskets: bool = False


def dimension_tables(shape: Shape) -> dict[str, set[str]]:
    """Columns needed of each dimension table, by what the shape groups and filters by."""
    names = {*shape.by, *(one.dimension for one in shape.where)}
    names |= {one.field for leaf in shape.leaves for one in filters_of(leaf) if one.field in DIMENSIONS}
    needed: dict[str, set[str]] = {}
    for name in sorted(names):
        dimension = DIMENSIONS[name]
        if name == "unit":
            needed.setdefault("outlets", set()).add("unit_id")
        elif dimension.kind is Kind.ATTRIBUTE:
            needed.setdefault(dimension.table, set()).add(dimension.column)
    return needed


def columns_read(shape: Shape) -> set[str]:
    """Columns of the source that a scan needs; attributes kept in a rollup and its measures are included."""
    read = {"unit_id", TABLES[shape.fact].day or "unit_id", "currency" if shape.converts else "unit_id"}
    if not all(leaf.is_simple for leaf in shape.leaves):
        read.add("customer_id")
    named = {*shape.by, *(one.dimension for one in shape.where)}
    for leaf in shape.leaves:
        named |= {one.field for one in filters_of(leaf)}
        if isinstance(leaf.spec, Sum | FirstTime | Trailing):
            read.add(leaf.spec.column)
        elif isinstance(leaf.spec, Distinct):
            read |= set(leaf.spec.columns)
        if shape.source in ROLLUPS:
            rollup = ROLLUPS[shape.source]
            read |= {*rollup.measures.get(leaf, ()), rollup.counter(filters_of(leaf))}
    for name in named:
        read |= _columns_of(name)
    return read


def _columns_of(name: str) -> set[str]:
    """Where a filter's field, or a dimension, may be read from."""
    if name not in DIMENSIONS:
        return {name}
    dimension = DIMENSIONS[name]
    if name == "unit":
        return {"unit_id", "outlet_id"}
    if dimension.kind is Kind.HOUR:
        return {"sold_hour"}
    if dimension.kind is Kind.ATTRIBUTE:
        return {VIA[dimension.table], f"{dimension.table}__{dimension.column}"}
    return {dimension.via, dimension.column}
