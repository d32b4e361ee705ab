"""Which figures of the catalogue can be read per outlet or region and week. Pure."""

from collections.abc import Iterator, Mapping

from remit.lake.tables import TABLES
from remit.metrics.catalog.dimensions import DIMENSIONS
from remit.metrics.catalog.spec import Count, Distinct, Linear, Metric, Operand, Ratio, Sum


def by_place(grain: str, catalogue: Mapping[str, Metric]) -> dict[str, Metric]:
    """Sums, counts and arithmetic on them, of tables that know the outlet and the day, by name."""
    return {
        name: metric
        for name, metric in catalogue.items()
        if all(_fits(table, grain) for table in _tables(metric.spec, metric.table, catalogue))
    }


def _fits(table: str, grain: str) -> bool:
    return table in TABLES and DIMENSIONS[grain].fits(table) and DIMENSIONS["week"].fits(table)


def _tables(spec: Operand, table: str, catalogue: Mapping[str, Metric]) -> Iterator[str]:
    """Of everything that is added up; an empty name, which fits nothing, for what is no sum or count."""
    if isinstance(spec, str):
        other = catalogue.get(spec)
        yield from _tables(other.spec, other.table, catalogue) if other else ("",)
    elif isinstance(spec, Ratio):
        yield from _tables(spec.top, table, catalogue)
        yield from _tables(spec.bottom, table, catalogue)
    elif isinstance(spec, Linear):
        for part in (*spec.plus, *spec.minus):
            yield from _tables(part, table, catalogue)
    else:
        yield (spec.table or table) if isinstance(spec, Sum | Count | Distinct) else ""
