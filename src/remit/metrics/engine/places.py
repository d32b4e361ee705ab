"""Where the scans of a batch read, and which of them can be one."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from remit.core.period import Period, add_months
from remit.core.scope import Scope

from ..catalog.dimensions import DIMENSIONS
from .leaves import Leaf
from .pinned import Extent
from .plan import Request, View
from .prepare import Prepared

type Wanted = dict[Place, dict[Leaf, Prepared]]


@dataclass(frozen=True, slots=True)
class Place:
    """Rows that a scan reads and how it splits them: equal places are read once."""

    table: str
    view: View
    scope: Scope
    within: Scope | None
    currency: str | None


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


def spans(wanted: Wanted) -> dict[Place, Place]:
    """Make periods that overlap or touch one, where whole buckets tell them apart; return where they went.

    Such are the present and the earlier figures of a growth by month: each month is then read once.
    """
    groups: dict[Place, list[Place]] = {}
    for place, found in wanted.items():
        ready = next(iter(found.values()))
        if all(leaf.is_simple for leaf in found) and _is_of_whole_buckets(place, ready.extents[place.table]):
            groups.setdefault(replace(place, view=replace(place.view, period=None)), []).append(place)
    moved: dict[Place, Place] = {}
    for places in groups.values():
        for run in _touching(places):
            if len(run) > 1:
                last = max(_days(one).last for one in run)
                span = replace(run[0], view=replace(run[0].view, period=Period(_days(run[0]).first, last)))
                leaves = {leaf: ready for one in run for leaf, ready in wanted.pop(one).items()}
                wanted[span] = wanted.get(span, {}) | leaves
                moved |= dict.fromkeys(run, span)
    return moved


def _days(place: Place) -> Period:
    assert place.view.period is not None
    return place.view.period


def _touching(places: list[Place]) -> list[list[Place]]:
    """Places in runs without a gap between their periods."""
    runs: list[list[Place]] = []
    for place in sorted(places, key=lambda one: _days(one).first):
        end = max((_days(one).last for one in runs[-1]), default=None) if runs else None
        if end is not None and _days(place).first <= end + timedelta(days=1):
            runs[-1].append(place)
        else:
            runs.append([place])
    return runs


def _is_of_whole_buckets(place: Place, extents: tuple[Extent, ...]) -> bool:
    """Whether no bucket of the period has rows outside the period."""
    bucket, period = place.view.bucket, place.view.period
    if not bucket or period is None or not extents:
        return False
    begins = period.first == bucket_start(period.first, bucket)
    follows = period.last + timedelta(days=1)
    ends = follows == bucket_start(follows, bucket)
    return (begins or period.first <= min(one.first for one in extents)) and (
        ends or period.last >= max(one.last for one in extents)
    )


def absorbed(wanted: Wanted) -> dict[Place, Place]:
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
