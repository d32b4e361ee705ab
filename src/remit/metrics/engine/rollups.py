"""Declared pre-aggregates: what each holds, and which questions it can answer instead of the raw facts.

A rollup is a projection in the lake, derived from one version of its sources and used only while those
are the current ones. It is never the truth; a test proves that it gives the same figures.
"""

import hashlib
from dataclasses import dataclass
from functools import cached_property

import pyarrow as pa

from remit.core.text import Text
from remit.lake.tables import TABLES, Column, Table
from remit.lake.tables.table import AMOUNT, QUANTITY

from ..catalog.dimensions import DIMENSIONS, Kind
from ..catalog.shipped import SHIPPED
from ..catalog.spec import Count, Distinct, Filter, Sum
from .leaves import Leaf, filters_of, is_amount
from .plan import leaves, term

BASKET = ("unit_id", "order_code")
TIMED = Count((Filter("sold_hour", "known"),))


@dataclass(frozen=True)
class Rollup:
    """``keys`` are columns of the fact; ``attributes`` are dimensions whose values are kept beside them."""

    name: str
    fact: str
    keys: tuple[str, ...]
    attributes: tuple[str, ...]
    title: Text

    @cached_property
    def measures(self) -> dict[Leaf, tuple[str, ...]]:
        """The additive leaves of the shipped catalogue on the fact, each with its columns.

        A leaf that filters by a dimension that is not kept would tie the rollup to that dimension's version.
        """
        found = [
            leaf
            for leaf in _additive_leaves()
            if leaf.table == self.fact
            and all(one.field not in DIMENSIONS or self._computes(one.field) for one in filters_of(leaf))
        ]
        return {
            leaf: (f"m{i}", f"n{i}") if isinstance(leaf.spec, Sum) else (f"n{i}",)
            for i, leaf in enumerate(found)
        }

    @property
    def timed(self) -> str:
        """The column that counts facts with a time of day."""
        return self.measures[Leaf(self.fact, TIMED)][0]

    @cached_property
    def sources(self) -> tuple[str, ...]:
        """The tables that it is derived from, the fact first."""
        return (self.fact, *sorted({DIMENSIONS[name].table for name in self.attributes}))

    @cached_property
    def stored_attributes(self) -> dict[str, str]:
        """Column by dimension."""
        return {name: f"{DIMENSIONS[name].table}__{DIMENSIONS[name].column}" for name in self.attributes}

    @cached_property
    def table(self) -> Table:
        fact = TABLES[self.fact]
        meaning = Text("由明細彙總而來。", "Summed up from the facts.")
        columns = [fact.by_name[name] for name in self.keys]
        columns += [
            Column(column, pa.string(), DIMENSIONS[name].title, meaning)
            for name, column in self.stored_attributes.items()
        ]
        for leaf, names in self.measures.items():
            columns += [Column(name, _type(leaf, name), self.title, meaning) for name in names]
        return Table(
            name=self.name, title=self.title, grain=self.title, columns=tuple(columns),
            key=(*self.keys, *self.stored_attributes.values()), day=fact.day, kind="fact",
        )  # fmt: skip

    @cached_property
    def shape_digest(self) -> str:
        """Changes when the rollup means something else, so that an older one is not used."""
        text = repr((self.keys, self.attributes, tuple(self.measures.items())))
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def answers(self, by: tuple[str, ...], dimensions: tuple[str, ...], leaf: Leaf) -> bool:
        """Whether rows of the rollup are fine enough for a leaf split and filtered like that."""
        if not all(self._knows(name) for name in (*by, *dimensions)):
            return False
        if leaf in self.measures:
            return True
        day = TABLES[self.fact].day
        if isinstance(leaf.spec, Distinct):
            kept = self.keeps(leaf.spec.where) or self.counter(leaf.spec.where)
            return set(leaf.spec.columns) <= set(self.keys) and bool(kept)
        return not leaf.is_simple and {"unit_id", "customer_id", day} <= set(self.keys)

    def counter(self, where: tuple[Filter, ...]) -> str:
        """The column that counts the facts of a row that meet these filters; empty when there is none."""
        for leaf, names in self.measures.items():
            if filters_of(leaf) == where:
                return names[-1]
        return ""

    def keeps(self, where: tuple[Filter, ...]) -> bool:
        """Whether filters can be tested on the rollup's own keys and attributes."""
        return all(map(self._keeps, where))

    def _computes(self, name: str) -> bool:
        return name in self.attributes or DIMENSIONS[name].kind is Kind.OWN

    def _keeps(self, one: Filter) -> bool:
        return one.field in self.keys or one.field in self.attributes

    def _knows(self, name: str) -> bool:
        dimension = DIMENSIONS[name]
        if name in self.attributes or dimension.kind is Kind.TIME:
            return True
        if dimension.kind is Kind.HOUR:
            return "sold_hour" in self.keys
        if name == "unit":
            return {"unit_id", "outlet_id"} <= set(self.keys)
        return (dimension.column if dimension.kind is Kind.OWN else dimension.via) in self.keys


def _additive_leaves() -> list[Leaf]:
    found = {
        leaf: None
        for name in SHIPPED
        for leaf in leaves(term(name, SHIPPED, ""), SHIPPED)
        if leaf.is_additive
    }
    return [*found, Leaf("order_lines", TIMED)]


def _type(leaf: Leaf, name: str) -> pa.DataType:
    if name.startswith("n") or not isinstance(leaf.spec, Sum):
        return pa.int64()
    if is_amount(leaf.table, leaf.spec.column):
        return AMOUNT
    return QUANTITY


BASKETS = Rollup(
    name="order_lines__basket",
    fact="order_lines",
    keys=("unit_id", "outlet_id", "customer_id", "order_code", "sold_on", "sold_hour", "currency"),
    attributes=(),
    title=Text("購物籃彙總", "Baskets, summed up"),
)
DAYS = Rollup(
    name="order_lines__day",
    fact="order_lines",
    keys=("unit_id", "outlet_id", "sold_on", "currency"),
    attributes=("department", "brand"),
    title=Text("門店每日彙總", "Outlet days, summed up"),
)

# From the coarsest to the finest: the first that can answer is taken.
ROLLUPS: dict[str, Rollup] = {rollup.name: rollup for rollup in (DAYS, BASKETS)}
