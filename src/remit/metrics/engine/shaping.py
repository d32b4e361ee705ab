"""The shape of a scan of pinned data: what of it need not be said because it holds of every row."""

from dataclasses import replace
from datetime import date

from remit.core.scope import Scope
from remit.lake.tables import TABLES

from .leaves import Leaf
from .pinned import Extent, Pinned, overlapping, visible
from .places import Place, bucket_start, next_bucket
from .rollups import ROLLUPS
from .shape import ScopeForm, Shape, Slotted, dimension_tables, may_sum_first

BUCKETS_MOST = 40
ROWS_A_GROUP_LEAST = 8


def shape_of(
    place: Place,
    source: str,
    leaves: tuple[Leaf, ...],
    extents: tuple[Extent, ...],
    buckets: int,
    pinned: Pinned,
) -> Shape:
    """``extents``: of the rows that the question may see; ``buckets``: how many are told apart by name."""
    shape = Shape(
        source=source,
        fact=place.table,
        by=place.view.by,
        where=tuple(
            Slotted(one.dimension, one.op, any(v is not None for v in one.values), None in one.values)
            for one in place.view.where
        ),
        has_period=not _covers(place, extents),
        scope=_form(place.table, place.scope, pinned),
        within=_form(place.table, place.within, pinned),
        history=frozenset(),
        single_company=_is_single_company(place, leaves, extents),
        converts=place.currency is not None and any(leaf.is_money for leaf in leaves),
        leaves=leaves,
        rows_are_baskets=source in ROLLUPS and pinned.rows_are_baskets(ROLLUPS[source]),
        buckets=buckets,
    )
    history = frozenset(name for name in dimension_tables(shape) if pinned.has_history(name))
    shape = replace(shape, history=history)
    return replace(shape, sums_first=_sums_first(shape, pinned))


def bucket_starts(place: Place, leaves: list[Leaf], extents: tuple[Extent, ...]) -> list[date]:
    """First days of the buckets that the rows lie in; empty where they are many, or not asked for."""
    name, period = place.view.bucket, place.view.period
    if name in ("", "day") or not all(leaf.is_simple for leaf in leaves):
        return []
    first, last = min(one.first for one in extents), max(one.last for one in extents)
    if period is not None:
        first, last = max(first, period.first), min(last, period.last)
    starts = [bucket_start(first, name)]
    while len(starts) <= BUCKETS_MOST and (following := next_bucket(starts[-1], name)) <= last:
        starts.append(following)
    return starts if len(starts) <= BUCKETS_MOST else []


def _covers(place: Place, extents: tuple[Extent, ...]) -> bool:
    """Whether the period holds every day of the rows that may be seen."""
    period = place.view.period
    return period is None or all(period.first <= one.first and one.last <= period.last for one in extents)


def _form(table: str, scope: Scope | None, pinned: Pinned) -> ScopeForm:
    """How a scope restricts a table. Several ids that are all there are restrict nothing, yet cost a test.

    A single company is always named: the files' own statistics answer that.
    """
    form = ScopeForm.of(scope, "outlet_id" in TABLES[table].by_name)
    if scope is None or form.everything or len(scope.companies) + len(scope.outlets) < 2:
        return form
    extents = pinned.extents(table)
    return ScopeForm.of(None, False) if len(visible(extents, scope, None)) == len(extents) else form


def _is_single_company(place: Place, leaves: tuple[Leaf, ...], extents: tuple[Extent, ...]) -> bool:
    """Rows of one company at most: what is unique within a company is unique."""
    period = place.view.period if all(leaf.is_simple for leaf in leaves) else None
    return len({one.unit_id for one in overlapping(extents, period)}) <= 1


def _sums_first(shape: Shape, pinned: Pinned) -> bool:
    """Whether summing up before a join leaves so few rows that it is worth its while."""
    table = may_sum_first(shape)
    if not table:
        return False
    groups = pinned.snapshot(table).rows * max(1, shape.buckets)
    return pinned.snapshot(shape.fact).rows >= ROWS_A_GROUP_LEAST * groups
