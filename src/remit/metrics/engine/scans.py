"""Which scans answer a batch of questions, from which source, and running them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from remit.core.period import Period, add_months
from remit.core.text import Text

from ..catalog.spec import Count, Repurchase, Retention, Trailing
from .compute import Key
from .leaves import Leaf, added, filters_of
from .pinned import Extent, Pinned
from .places import Place, absorbed, bucket_start, next_bucket, place_of, spans
from .plan import Request, View
from .prepare import Prepared
from .rates import conversion
from .render import listed, literal, statement, template, written
from .rollups import ROLLUPS
from .shape import Shape, dimension_tables
from .shaping import bucket_starts, shape_of

Raw = dict[Key, tuple[Any, ...]]


@dataclass
class Scan:
    """One statement: the leaves computed at a place from one source."""

    place: Place
    source: str
    leaves: list[Leaf]
    ready: Prepared
    shown: str = ""
    notes: tuple[Text, ...] = ()
    found: dict[Leaf, Raw] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Served:
    """Where a request's result comes from; ``keep`` are the places of its keys in the scan's keys.

    ``only``: the days of the buckets that are the request's, where the scan reaches further.
    """

    scan: Scan
    keep: tuple[int | None, ...]
    only: Period | None = None


def planned(batch: list[Prepared], pinned: Pinned) -> dict[tuple[int, Request], Served]:
    """The fewest scans for a batch, by question number and request. Requests without data need none."""
    wanted: dict[Place, dict[Leaf, Prepared]] = {}
    places: dict[tuple[int, Request], Place] = {}
    for number, ready in enumerate(batch):
        for request in ready.needs:
            if not ready.absent(request):
                place = places[number, request] = place_of(request, ready)
                wanted.setdefault(place, {}).setdefault(request.leaf, ready)
    spanned = spans(wanted)
    moved = absorbed(wanted)
    scans: dict[tuple[Place, Leaf], Scan] = {}
    for place, found in wanted.items():
        for scan in _scans_at(place, found, pinned):
            scans |= {(place, leaf): scan for leaf in scan.leaves}
    served = {}
    for (number, request), place in places.items():
        wider = spanned.get(place, place)
        finer = moved.get(wider, wider)
        scan = scans[finer, request.leaf]
        names = finer.view.by
        keep = tuple(names.index(name) if name in names else None for name in request.view.by)
        served[number, request] = Served(scan, keep, place.view.period if place in spanned else None)
    return served


def _scans_at(place: Place, wanted: Mapping[Leaf, Prepared], pinned: Pinned) -> list[Scan]:
    """Simple leaves together per source; each leaf about people alone."""
    by_source: dict[str, Scan] = {}
    scans = []
    for leaf, ready in wanted.items():
        source = source_of(leaf, place, pinned)
        if not leaf.is_simple:
            scans.append(Scan(place, source, [leaf], ready))
        elif source in by_source:
            by_source[source].leaves.append(leaf)
        else:
            by_source[source] = Scan(place, source, [leaf], ready)
    return [*by_source.values(), *scans]


def source_of(leaf: Leaf, place: Place, pinned: Pinned) -> str:
    """The coarsest current rollup that can answer, or the fact table itself."""
    filters = tuple(one.dimension for one in place.view.where)
    for rollup in ROLLUPS.values():
        if (
            rollup.fact == leaf.table
            and rollup.answers(place.view.by, filters, leaf)
            and pinned.is_current(rollup)
        ):
            return rollup.name
    return leaf.table


def run(scan: Scan, pinned: Pinned) -> None:
    """Execute a scan; afterwards ``found`` holds raw results by leaf and key."""
    place, ready = scan.place, scan.ready
    extents = ready.extents[place.table]
    starts = bucket_starts(place, scan.leaves, extents)
    shape = shape_of(place, scan.source, tuple(scan.leaves), extents, len(starts), pinned)
    slots, sources = _slots(place, starts), {}
    for name in {scan.source, *dimension_tables(shape)}:
        sources[name] = pinned.source(name)
    if shape.converts:
        assert place.currency is not None
        sources["fx"], scan.notes = conversion(pinned, place.currency, extents, place.view.period)
    sources["freshest"] = _freshest(extents)
    if not scan.leaves[0].is_simple:
        windows = _windows(place.view, scan.leaves[0].spec, extents)
        sources["ends"] = written(windows, {"bucket": "DATE", "first": "DATE", "last": "DATE"})
        slots |= {"window_first": literal(windows[0][1]), "window_last": literal(windows[-1][2])}
    reader = pinned.reader
    made = statement(template(shape, reader.dialect), reader.spelled(slots), reader.spelled(sources))
    version = pinned.version(place.table)
    scan.shown = f"-- {place.table}: version {version}\n{made.shown}"
    width = len(place.view.by)
    fetched = _in_the_log(shape, pinned) or reader.run(made.run)
    rows = [(tuple(map(_plain, row[:width])), row[width:]) for row in fetched]
    start = 0
    for leaf in scan.leaves:
        scan.found[leaf] = {key: values[start : start + leaf.width] for key, values in rows}
        start += leaf.width


def _in_the_log(shape: Shape, pinned: Pinned) -> list[tuple[int, ...]]:
    """The one row of a scan that only counts all rows there are, as the log tells; empty for others."""
    whole = shape.source == shape.fact and shape.scope.everything and shape.within.everything
    if not whole or shape.by or shape.where or shape.has_period:
        return []
    if any(not isinstance(leaf.spec, Count) or filters_of(leaf) for leaf in shape.leaves):
        return []
    return [(pinned.snapshot(shape.fact).rows,) * len(shape.leaves)]


def served_raw(served: Served, leaf: Leaf) -> Raw:
    """A request's raw results out of its scan, finer keys added up."""
    found = served.scan.found[leaf]
    view = served.scan.place.view
    if served.only is not None:
        place, first = view.by.index(view.bucket), bucket_start(served.only.first, view.bucket)
        found = {key: row for key, row in found.items() if first <= key[place] <= served.only.last}
    if served.keep == tuple(range(len(view.by))):
        return found
    merged: Raw = {}
    for key, row in found.items():
        short = tuple(None if place is None else key[place] for place in served.keep)
        merged[short] = added(leaf, merged[short], row) if short in merged else row
    return merged


def _slots(place: Place, starts: list[date]) -> dict[str, str]:
    slots = {f"b{number}": literal(start) for number, start in enumerate(starts)}
    for name, scope in (("scope", place.scope), ("within", place.within)):
        slots[f"{name}_companies"] = listed(sorted(scope.companies if scope else ()))
        slots[f"{name}_outlets"] = listed(sorted(scope.outlets if scope else ()))
    if place.view.period is not None:
        slots |= {"first": literal(place.view.period.first), "last": literal(place.view.period.last)}
    for number, one in enumerate(place.view.where):
        slots[f"c{number}"] = listed(value for value in one.values if value is not None)
    return slots


def _freshest(extents: tuple[Extent, ...]) -> str:
    last: dict[int, date] = {}
    for one in extents:
        last[one.unit_id] = max(one.last, last.get(one.unit_id, one.last))
    return written(last.items(), {"unit_id": "BIGINT", "day": "DATE"})


def _windows(view: View, spec: object, extents: tuple[Extent, ...]) -> list[tuple[date, date, date]]:
    """(bucket, first, last day) of the days that a figure about people has to look at."""
    period = view.period or Period(min(one.first for one in extents), max(one.last for one in extents))
    if isinstance(spec, Trailing):
        return _trailing(view, period, spec.days, extents)
    first, last = period.first, period.last
    if isinstance(spec, Repurchase):
        last += timedelta(days=spec.days)
    elif isinstance(spec, Retention):
        first = add_months(bucket_start(first, "month"), spec.months)
        last = add_months(bucket_start(last, "month"), spec.months + 1) - timedelta(days=1)
    return [(first, first, last)]


def _trailing(
    view: View, period: Period, days: int, extents: tuple[Extent, ...]
) -> list[tuple[date, date, date]]:
    """One window a bucket: ``days`` up to the end of the bucket, or the freshest day if sooner."""
    end = min(period.last, max(one.last for one in extents))
    if not view.bucket:
        return [(end, end - timedelta(days=days - 1), end)]
    rows = []
    start = bucket_start(max(period.first, min(one.first for one in extents)), view.bucket)
    while start <= end:
        following = next_bucket(start, view.bucket)
        close = min(following - timedelta(days=1), end)
        rows.append((start, close - timedelta(days=days - 1), close))
        start = following
    return rows


def _plain(value: Any) -> Any:
    return value.date() if isinstance(value, datetime) else value
