"""Which figures add up: whether the months of a year, or the units of a company, sum to the whole."""

from collections.abc import Mapping

from .spec import Count, Distinct, FirstTime, Linear, Metric, Operand, Sum

STANDING = frozenset({"stock"})  # tables whose rows say how much is there, not how much moved
OF_ONE_DAY = frozenset({"order_code", "sold_on", "stock_on"})  # what is told apart by these lies on one day


def adds_over_time(metric: Metric, metrics: Mapping[str, Metric]) -> bool:
    """Whether the figures of the parts of a period sum to the period's."""
    return _adds(metric.spec, metric.table, metrics, over_time=True)


def adds_over_units(metric: Metric, metrics: Mapping[str, Metric]) -> bool:
    """Whether the figures of the parts of a unit sum to the unit's."""
    return _adds(metric.spec, metric.table, metrics, over_time=False)


def _adds(spec: Operand, table: str, metrics: Mapping[str, Metric], *, over_time: bool) -> bool:
    if isinstance(spec, str):
        named = metrics.get(spec)
        return named is not None and _adds(named.spec, named.table, metrics, over_time=over_time)
    if isinstance(spec, Sum | Count):
        return not (over_time and (spec.table or table) in STANDING)
    if isinstance(spec, Distinct):
        apart = OF_ONE_DAY if over_time else {"order_code"}
        return bool(apart & set(spec.columns))
    if isinstance(spec, Linear):
        return all(_adds(part, table, metrics, over_time=over_time) for part in (*spec.plus, *spec.minus))
    return isinstance(spec, FirstTime) and over_time
