"""Which figures of the catalogue can be read per person, and how. Pure.

Those whose rows belong to one customer each and add up over customers: sums, counts, numbers of baskets,
whether somebody bought, and ratios of such. Filters on the fact's own columns are kept as they stand.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from remit.lake.duck import named, quoted
from remit.lake.tables import TABLES
from remit.metrics.catalog.spec import (
    Better,
    Count,
    Distinct,
    Filter,
    Linear,
    Metric,
    Operand,
    Ratio,
    Sum,
    Unit,
)

WHEN = "{when}"  # where the window of days goes


class NotPerPerson(ValueError):
    """The figure does not add up over customers."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One number a person: an SQL aggregate over the rows of ``table`` of one customer in a window."""

    table: str
    sql: str


@dataclass(frozen=True, slots=True)
class PersonMeasure:
    """``top`` and ``bottom``: (sign, leaf) to be added up. ``is_amount``: outliers may be cut."""

    metric: Metric
    top: tuple[tuple[int, Leaf], ...]
    bottom: tuple[tuple[int, Leaf], ...] = ()

    @property
    def is_amount(self) -> bool:
        return not self.bottom and self.metric.unit is Unit.MONEY

    @property
    def tables(self) -> set[str]:
        return {leaf.table for _sign, leaf in (*self.top, *self.bottom)}


def measure_of(metric: Metric, catalogue: Mapping[str, Metric]) -> PersonMeasure:
    """How it is read per person; raise NotPerPerson."""
    if isinstance(metric.spec, Ratio):
        top = tuple(_parts(metric.spec.top, metric.table, catalogue))
        bottom = tuple(_parts(metric.spec.bottom, metric.table, catalogue))
        return PersonMeasure(metric, top, bottom)
    return PersonMeasure(metric, tuple(_parts(metric.spec, metric.table, catalogue)))


def measurable(catalogue: Mapping[str, Metric]) -> dict[str, PersonMeasure]:
    """All that can be read per person and has a good direction, by name."""
    found = {}
    for name, metric in catalogue.items():
        try:
            measure = measure_of(metric, catalogue)
        except NotPerPerson:
            continue
        if metric.better is not Better.NEITHER:
            found[name] = measure
    return found


def _parts(
    spec: Operand, table: str, catalogue: Mapping[str, Metric], sign: int = 1
) -> Iterator[tuple[int, Leaf]]:
    if isinstance(spec, str):
        other = catalogue.get(spec)
        if other is None:
            raise NotPerPerson(spec)
        yield from _parts(other.spec, other.table, catalogue, sign)
    elif isinstance(spec, Linear):
        for part in spec.plus:
            yield from _parts(part, table, catalogue, sign)
        for part in spec.minus:
            yield from _parts(part, table, catalogue, -sign)
    elif isinstance(spec, Sum | Count | Distinct):
        yield sign, _leaf(spec, spec.table or table)
    else:
        raise NotPerPerson(type(spec).__name__)


def _leaf(spec: Sum | Count | Distinct, table: str) -> Leaf:
    columns = TABLES[table].by_name
    if "customer_id" not in columns or TABLES[table].kind != "fact" or TABLES[table].day is None:
        raise NotPerPerson(table)
    where = " AND ".join([WHEN, *(_test(one, table) for one in spec.where)])
    if isinstance(spec, Sum):
        return Leaf(table, f"coalesce(sum({named(spec.column)}) FILTER ({where}), 0)::DOUBLE")
    if isinstance(spec, Count):
        return Leaf(table, f"count(*) FILTER ({where})")
    if set(spec.columns) == {"customer_id"}:
        return Leaf(table, f"(count(*) FILTER ({where}) > 0)::INTEGER")
    if "order_code" in spec.columns:  # a receipt is one customer's
        return Leaf(table, f"count(DISTINCT order_code) FILTER ({where})")
    raise NotPerPerson(", ".join(spec.columns))


def _test(one: Filter, table: str) -> str:
    if one.field not in TABLES[table].by_name:
        raise NotPerPerson(one.field)
    column = named(one.field)
    if one.op in ("known", "unknown"):
        return f"{column} IS {'NOT ' if one.op == 'known' else ''}NULL"
    values = [_literal(value) for value in one.values if value is not None]
    if one.op in ("in", "not in"):
        listed = f"coalesce({column} IN ({', '.join(values)}), {None in one.values})" if values else "false"
        return listed if one.op == "in" else f"NOT {listed}"
    return f"{column} {one.op} {values[0]}"


def _literal(value: str | int) -> str:
    return quoted(value) if isinstance(value, str) else str(value)
