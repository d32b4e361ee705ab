"""The aggregates that are really computed by a query; everything else is arithmetic on them."""

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Any

from remit.lake.tables import TABLES
from remit.lake.tables.table import AMOUNT

from ..catalog.spec import (
    Count,
    Distinct,
    Filter,
    FirstTime,
    Repurchase,
    Retention,
    Spec,
    Sum,
    Trailing,
)

Simple = Sum | Count | Distinct
People = FirstTime | Repurchase | Retention | Trailing


@dataclass(frozen=True, slots=True)
class Leaf:
    """One aggregate over one fact table. Its raw result is a tuple of ``width`` numbers."""

    table: str
    spec: Simple | People

    @property
    def is_simple(self) -> bool:
        return isinstance(self.spec, Sum | Count | Distinct)

    @property
    def is_additive(self) -> bool:
        """Whether groups add up: then a total follows from a finer split without another scan."""
        return isinstance(self.spec, Sum | Count)

    @property
    def is_money(self) -> bool:
        return is_amount(self.table, self.spec.column) if isinstance(self.spec, Sum) else False

    @property
    def width(self) -> int:
        return 2 if isinstance(self.spec, Sum | Repurchase | Retention) else 1


@lru_cache(maxsize=256)
def is_amount(table: str, column: str) -> bool:
    """Whether a column holds amounts of money (it stands beside a currency)."""
    columns = TABLES[table].by_name
    return column in columns and columns[column].type == AMOUNT and "currency" in columns


def leaf_of(spec: Simple | People, table: str) -> Leaf:
    """The leaf of a spec; the table of a nested spec is the metric's unless it names its own."""
    if isinstance(spec, Sum | Count | Distinct):
        return Leaf(spec.table or table, replace(spec, table=""))
    return Leaf(table, spec)


def filters_of(leaf: Leaf) -> tuple[Filter, ...]:
    """The filters that belong to a leaf's own spec."""
    spec = leaf.spec
    return spec.where if isinstance(spec, Sum | Count | Distinct) else ()


def is_leaf(spec: Spec) -> bool:
    return isinstance(spec, Sum | Count | Distinct | FirstTime | Repurchase | Retention | Trailing)


def value_of(leaf: Leaf, raw: tuple[Any, ...], when_nothing: Decimal | None) -> Decimal | None:
    """The figure of a raw result. Amounts that are all unknown give None; no row gives ``when_nothing``."""
    if isinstance(leaf.spec, Sum):
        total, rows = raw
        if not rows:
            return when_nothing
        return None if total is None else Decimal(total)
    if isinstance(leaf.spec, Repurchase | Retention):
        came_back, people = raw
        return quotient(Decimal(came_back), Decimal(people))
    return Decimal(raw[0]) if raw[0] else when_nothing


def added(leaf: Leaf, one: tuple[Any, ...], other: tuple[Any, ...]) -> tuple[Any, ...]:
    """Two raw results of an additive leaf as one; an unknown part is left out, as in one scan."""
    return tuple(b if a is None else a if b is None else a + b for a, b in zip(one, other, strict=True))


def quotient(top: Decimal, bottom: Decimal) -> Decimal | None:
    """``top / bottom`` to twelve decimals; None for a bottom of zero."""
    if not bottom:
        return None
    return round(top / bottom, 12)
