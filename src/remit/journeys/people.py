"""The people behind a figure: those who reach a step or stop there, and those of a cohort."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from remit.core.unanswered import UnknownName
from remit.kernels.journeys.columns import TIED, Array, Part

from .event_index.opened import Index
from .funnel import plan_of, reached_steps
from .meaning import Marks, Meanings
from .running import each_in_order
from .specification import Funnel, Retention
from .time import begins_of, begins_s, days_of, numbers_of, span_s


@dataclass(frozen=True)
class People:
    """``found``: bool by person of each part of the index. Their order is that of the index."""

    index: Index
    found: tuple[Array, ...]

    def __len__(self) -> int:
        return sum(int(np.count_nonzero(one)) for one in self.found)

    def named(self, start: int, stop: int) -> list[str]:
        """As the index calls them, from one place to another; nobody where people are only counted."""
        return [] if self.index.nameless else list(self._named(start, stop))

    def _named(self, start: int, stop: int) -> Iterator[str]:
        for persons, held in zip(self.index.persons(), self.found, strict=True):
            places = np.flatnonzero(held)
            yield from persons.take(pa.array(places[max(start, 0) : max(stop, 0)])).to_pylist()
            start, stop = start - len(places), stop - len(places)


def people_at(index: Index, funnel: Funnel, step: int, *, gone: bool = False) -> People:
    """Those who reach a step (from 1); ``gone``: and not the next one that has to be reached.

    Raise UnknownName for a step that is none, CannotAnswer.
    """
    if not 1 <= step <= len(funnel.steps):
        raise UnknownName("step", step, map(str, range(1, len(funnel.steps) + 1)))
    days = days_of(funnel.period, funnel.zone, index.manifest)
    plan = plan_of(replace(funnel, breakdown=None), Meanings(index.manifest), span_s(days, funnel.zone))
    then = next((n for n in range(step, len(funnel.steps)) if not funnel.steps[n].optional), None)

    def work(part: Part) -> Array:
        reached = reached_steps(part, plan)
        held = (reached >> np.uint32(step - 1) & 1 != 0) & (part.alive == 1)
        return held & (reached >> np.uint32(then) & 1 == 0) if gone and then is not None else held

    return People(index, tuple(each_in_order(work, index)))


def people_of(index: Index, retention: Retention, cohort: int, after: int | None = None) -> People:
    """Those of a cohort (from 0); ``after``: who came back in that period after it.

    Raise UnknownName for a cohort that is none, CannotAnswer.
    """
    begins = begins_of(retention.period, retention.unit, retention.zone, index.manifest)
    if not 0 <= cohort < len(begins) - 1:
        raise UnknownName("cohort", cohort, map(str, begins[:-1]))
    marks = Marks(Meanings(index.manifest))
    marks.add(0, retention.start, {})
    marks.add(1, retention.back, {})
    period_of = numbers_of([begins_s(day, retention.zone) for day in begins], index.manifest)

    def work(part: Part) -> Array:
        roles = marks.by_code[part.codes & np.uint16(TIED - 1)]
        periods = period_of[part.seconds // np.uint32(900)].astype(np.int64)
        owners = np.repeat(np.arange(len(part.alive)), np.diff(part.first))
        held = _started(roles, periods, owners, cohort + 1, each=retention.each, people=len(part.alive))
        if after is not None:
            wanted = periods == cohort + 1 + after
            if retention.rolling:
                wanted = (periods >= cohort + 1 + after) & (periods < len(begins))
            held &= _any_of((roles & 2 != 0) & wanted, owners, len(part.alive))
        return held & (part.alive == 1)

    return People(index, tuple(each_in_order(work, index)))


def _started(
    roles: Array, periods: Array, owners: Array, number: int, *, each: bool, people: int
) -> Array:  # bool by person: whether they belong to the period
    starts = roles & 1 != 0
    if not each:
        # events stand by instant, so that the first start of a person is the first place of that person
        places = np.flatnonzero(starts)
        _people, firsts = np.unique(owners[places], return_index=True)
        starts = np.zeros(len(roles), bool)
        starts[places[firsts]] = True
    return _any_of(starts & (periods == number), owners, people)


def _any_of(events: Array, owners: Array, people: int) -> Array:
    """Bool by person: whether one of these events (bool) is theirs."""
    found = np.zeros(people, bool)
    found[owners[events]] = True
    return found
