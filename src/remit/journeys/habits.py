"""Stickiness and lifecycle answered from an index."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import numpy as np

from remit.core.period import add_months
from remit.journeys.event_index.manifest import Manifest
from remit.journeys.event_index.opened import Index
from remit.kernels.journeys.columns import Array, Part
from remit.kernels.journeys.living import days_active, stages

from .meaning import Meanings
from .nodes import looked_at
from .running import each_part
from .specification import Lifecycle, Stickiness, Unit
from .time import begins_of, begins_s, day_of, known_of, numbers_of

DAYS_MOST = 31


@dataclass(frozen=True)
class StickinessAnswer:
    """``begins``: first day of each period, and of the one after. ``people`` int64 (periods, days + 1): how
    many were active on so many days; ``days``: of each period, those that have begun."""

    asked: Stickiness
    begins: tuple[date, ...]
    people: Array
    days: tuple[int, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class LifecycleAnswer:
    """``people`` int64 (periods, 4): new, returning, resurrected, dormant; ``known``: periods that began."""

    asked: Lifecycle
    begins: tuple[date, ...]
    people: Array
    known: int
    notes: tuple[str, ...] = ()


def answer_stickiness(index: Index, asked: Stickiness) -> StickinessAnswer:
    """Raise CannotAnswer where the range holds too many periods."""
    meanings, manifest = Meanings(index.manifest), index.manifest
    looked = looked_at(meanings, asked.events)
    begins = begins_of(asked.period, asked.unit, asked.zone, manifest)
    count = max(len(begins) - 1, 0)
    shape = (count + 2, DAYS_MOST + 1)
    if not count:
        return StickinessAnswer(
            asked, begins, np.zeros((0, DAYS_MOST + 1), np.int64), (), tuple(meanings.notes)
        )
    edges = [begins[0] + timedelta(days=n) for n in range((begins[-1] - begins[0]).days + 1)]
    day_numbers = numbers_of([begins_s(day, asked.zone) for day in edges], manifest)
    lengths = [(after - first).days for first, after in pairwise(begins)]
    period_of = np.concatenate([[0], np.repeat(np.arange(1, count + 1), lengths), [0]]).astype(np.int64)

    def work(part: Part) -> Array:
        people = np.zeros(shape, np.int64)
        days_active(part.first, part.alive, part.seconds, part.codes, looked, day_numbers, period_of, people)
        return people

    people = sum(each_part(work, index), np.zeros(shape, np.int64))[1:-1]
    begun = _begun(begins, lengths, asked.zone, manifest)
    return StickinessAnswer(asked, begins, people, begun, tuple(meanings.notes))


def _begun(begins: tuple[date, ...], lengths: list[int], zone: str, manifest: Manifest) -> tuple[int, ...]:
    """Of each period the days until that of the last event."""
    bounds = manifest.bounds_s
    last = day_of(bounds[1], zone) if bounds else begins[0] - timedelta(days=1)
    return tuple(
        min(max((last - first).days + 1, 0), length) for first, length in zip(begins, lengths, strict=False)
    )


def answer_lifecycle(index: Index, asked: Lifecycle) -> LifecycleAnswer:
    """Raise CannotAnswer where the range holds too many periods."""
    meanings, manifest = Meanings(index.manifest), index.manifest
    looked = looked_at(meanings, asked.events)
    begins = begins_of(asked.period, asked.unit, asked.zone, manifest)
    count = max(len(begins) - 1, 0)
    shape = (count + 3, 4)
    if not count:
        return LifecycleAnswer(asked, begins, np.zeros((0, 4), np.int64), 0, tuple(meanings.notes))
    edges = [begins_s(day, asked.zone) for day in (_one_before(begins[0], asked.unit), *begins)]
    period_of = numbers_of(edges, manifest)

    def work(part: Part) -> Array:
        people = np.zeros(shape, np.int64)
        stages(part.first, part.alive, part.seconds, part.codes, looked, period_of, count + 1, people)
        return people

    people = sum(each_part(work, index), np.zeros(shape, np.int64))[2:-1]
    return LifecycleAnswer(asked, begins, people, known_of(edges[1:], manifest), tuple(meanings.notes))


def _one_before(first: date, unit: Unit) -> date:
    """The period before the first one tells who returns."""
    if unit is Unit.MONTH:
        return add_months(first, -1)
    return first - timedelta(days=1 if unit is Unit.DAY else 7)
