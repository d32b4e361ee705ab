"""The shape of a scan: everything that decides its SQL, but no value that fills it.

Values (ids of the scope, days, filter values) are slots in the text, so that a question asked of
another month or by another person needs no new compilation.
"""

from dataclasses import dataclass
from functools import cached_property

from remit.core.scope import Scope
from remit.lake.tables import TABLES

from ..catalog.dimensions import DIMENSIONS, VIA, Kind
from ..catalog.spec import Distinct, Filter, FirstTime, Sum, Trailing
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


@dataclass(frozen=True)
class Shape:
    """``source`` is the fact table or a rollup of it; ``history`` the dimensions with several versions a row.

    ``single_company``: rows of one company only, so that order codes need no company beside them.
    ``rows_are_baskets``: each row of the rollup is a basket of its own, so that counting rows counts baskets.
    ``buckets``: how many buckets of time the rows lie in, where they are few enough to write down (or 0).
    ``sums_first``: rows are summed up by what a dimension is joined by before it is joined.
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
    buckets: int = 0
    sums_first: bool = False

    @cached_property
    def tests(self) -> dict[Filter, str]:
        """Filters by an attribute of a joined dimension, each with the column that says whether it is met."""
        filters = dict.fromkeys(one for leaf in self.leaves for one in filters_of(leaf))
        attributes = [
            one for one in filters if one.field in DIMENSIONS and DIMENSIONS[one.field].kind is Kind.ATTRIBUTE
        ]
        return {one: f"{DIMENSIONS[one.field].table}__test{i}" for i, one in enumerate(attributes)}


def is_joined(name: str) -> bool:
    """Whether a dimension's values lie in a table beside the facts."""
    return name == "unit" or DIMENSIONS[name].kind is Kind.ATTRIBUTE


def told_apart(spec: Distinct, shape: Shape) -> tuple[str, ...]:
    """The columns whose values are counted; in one company only, things need no company beside them."""
    if shape.single_company and len(spec.columns) > 1:
        return tuple(name for name in spec.columns if name != "unit_id")
    return spec.columns


def may_sum_first(shape: Shape) -> str:
    """The one table that could be joined after summing up; empty when something needs the rows themselves."""
    tables = list(dimension_tables(shape))
    if len(tables) != 1 or tables[0] in shape.history or shape.source != shape.fact or shape.converts:
        return ""
    via = VIA[tables[0]]
    entities = [DIMENSIONS[name].via for name in shape.by if DIMENSIONS[name].kind is Kind.ENTITY]
    told = [told_apart(leaf.spec, shape) for leaf in shape.leaves if isinstance(leaf.spec, Distinct)]
    possible = (
        via in TABLES[shape.fact].by_name
        and all(leaf.is_simple for leaf in shape.leaves)
        and all(columns == (via,) for columns in told)
        and {*entities} <= {via, "unit_id"}
        and (shape.buckets > 0 or all(DIMENSIONS[name].kind is not Kind.TIME for name in shape.by))
    )
    return tables[0] if possible else ""


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
