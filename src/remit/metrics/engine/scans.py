"""Which scans answer a batch of questions, from which source, and running them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from remit.core.period import Period, add_months
from remit.core.scope import Scope
from remit.core.text import Text
from remit.lake.tables import TABLES

from ..catalog.dimensions import DIMENSIONS
from ..catalog.spec import Repurchase, Retention, Trailing
from .compute import Key
from .leaves import Leaf, added
from .pinned import Extent, Pinned, overlapping
from .plan import Request, View
from .prepare import Prepared
from .rates import conversion
from .render import listed, literal, statement, template, written
from .rollups import ROLLUPS
from .shape import ScopeForm, Shape, Slotted, dimension_tables

Raw = dict[Key, tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Place:
    """Rows that a scan reads and how it splits them: equal places are read once."""

    table: str
    view: View
    scope: Scope
    within: Scope | None
    currency: str | None


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
    """Where a request's result comes from; ``keep`` are the places of its keys in the scan's keys."""

    scan: Scan
    keep: tuple[int | None, ...]


def planned(batch: list[Prepared], pinned: Pinned) -> dict[tuple[int, Request], Served]:
    """The fewest scans for a batch, by question number and request. Requests without data need none."""
    wanted: dict[Place, dict[Leaf, Prepared]] = {}
    places: dict[tuple[int, Request], Place] = {}
    for number, ready in enumerate(batch):
        for request in ready.needs:
            if not ready.absent(request):
                place = places[number, request] = place_of(request, ready)
                wanted.setdefault(place, {}).setdefault(request.leaf, ready)
    moved = _absorbed(wanted)
    scans: dict[tuple[Place, Leaf], Scan] = {}
    for place, found in wanted.items():
        for scan in _scans_at(place, found, pinned):
            scans |= {(place, leaf): scan for leaf in scan.leaves}
    served = {}
    for (number, request), place in places.items():
        finer = moved.get(place, place)
        scan = scans[finer, request.leaf]
        names = finer.view.by
        keep = tuple(names.index(name) if name in names else None for name in request.view.by)
        served[number, request] = Served(scan, keep)
    return served


def place_of(request: Request, ready: Prepared) -> Place:
    """A table without currencies is not split by them; its keys have None there."""
    by = tuple(
        name
        for name in request.view.by
        if not (name == "currency" and not DIMENSIONS[name].fits(request.leaf.table))
    )
    question = ready.question
    view = replace(request.view, by=by)
    return Place(request.leaf.table, view, question.scope, question.within, question.currency)


def _absorbed(wanted: dict[Place, dict[Leaf, Prepared]]) -> dict[Place, Place]:
    """Move totals of additive leaves to a finer scan that is made anyway; return where they went."""
    moved: dict[Place, Place] = {}
    for place in sorted(wanted, key=lambda one: len(one.view.by)):
        if not all(leaf.is_additive for leaf in wanted[place]):
            continue
        finer = next((one for one in wanted if one not in moved and _is_finer(one, place)), None)
        if finer is not None:
            wanted[finer] = wanted.pop(place) | wanted[finer]
            moved[place] = finer
            moved |= {old: finer for old, new in moved.items() if new == place}
    return moved


def _is_finer(one: Place, other: Place) -> bool:
    if replace(one, view=replace(one.view, by=())) != replace(other, view=replace(other.view, by=())):
        return False
    extra = set(one.view.by) - set(other.view.by)
    large = {"customer", "product"}
    return bool(extra) and set(other.view.by) < set(one.view.by) and not extra & large


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
    shape = _shape(scan, pinned)
    extents = overlapping(ready.extents[place.table], None)
    slots, sources = _slots(place), {}
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
    made = statement(template(shape), slots, sources)
    version = pinned.version(place.table)
    scan.shown = f"-- {place.table}: version {version}\n{made.shown}"
    width = len(place.view.by)
    rows = [(tuple(map(_plain, row[:width])), row[width:]) for row in pinned.fetch(made.run)]
    start = 0
    for leaf in scan.leaves:
        scan.found[leaf] = {key: values[start : start + leaf.width] for key, values in rows}
        start += leaf.width


def served_raw(served: Served, leaf: Leaf) -> Raw:
    """A request's raw results out of its scan, finer keys added up."""
    found = served.scan.found[leaf]
    if served.keep == tuple(range(len(served.scan.place.view.by))):
        return found
    merged: Raw = {}
    for key, row in found.items():
        short = tuple(None if place is None else key[place] for place in served.keep)
        merged[short] = added(leaf, merged[short], row) if short in merged else row
    return merged


def _shape(scan: Scan, pinned: Pinned) -> Shape:
    place = scan.place
    columns = TABLES[place.table].by_name
    outlets = "outlet_id" in columns
    shape = Shape(
        source=scan.source,
        fact=place.table,
        by=place.view.by,
        where=tuple(
            Slotted(one.dimension, one.op, any(v is not None for v in one.values), None in one.values)
            for one in place.view.where
        ),
        has_period=place.view.period is not None,
        scope=ScopeForm.of(place.scope, outlets),
        within=ScopeForm.of(place.within, outlets),
        history=frozenset(),
        single_company=_is_single_company(scan),
        converts=place.currency is not None and any(leaf.is_money for leaf in scan.leaves),
        leaves=tuple(scan.leaves),
        rows_are_baskets=scan.source in ROLLUPS and pinned.rows_are_baskets(ROLLUPS[scan.source]),
    )
    history = frozenset(name for name in dimension_tables(shape) if pinned.has_history(name))
    return replace(shape, history=history)


def _is_single_company(scan: Scan) -> bool:
    """Rows of one company at most: what is unique within a company is unique."""
    place = scan.place
    period = place.view.period if all(leaf.is_simple for leaf in scan.leaves) else None
    return len({one.unit_id for one in overlapping(scan.ready.extents[place.table], period)}) <= 1


def _slots(place: Place) -> dict[str, str]:
    slots = {}
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


def bucket_start(day: date, bucket: str) -> date:
    """First day of the bucket that a day lies in; weeks begin on Monday."""
    if bucket == "week":
        return day - timedelta(days=day.weekday())
    months = {"month": 1, "quarter": 3, "year": 12}.get(bucket)
    return day if months is None else date(day.year, (day.month - 1) // months * months + 1, 1)


def next_bucket(start: date, bucket: str) -> date:
    """First day of the following bucket."""
    months = {"month": 1, "quarter": 3, "year": 12}.get(bucket)
    return add_months(start, months) if months else start + timedelta(days=7 if bucket == "week" else 1)


def _plain(value: Any) -> Any:
    return value.date() if isinstance(value, datetime) else value
