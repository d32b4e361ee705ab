"""Who did one thing after another, and not a third: conditions for segments, answered from an index."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np
import pyarrow as pa

from remit.core.period import Period
from remit.journeys.event_index.opened import Index
from remit.kernels.journeys.columns import Array, Part
from remit.kernels.journeys.living import times_marked

from .funnel import Plan, plan_of, reached_end
from .meaning import Marks, Meanings
from .running import each_in_order
from .specification import Condition, Exclusion, Funnel, Sequence
from .time import days_of, span_s


@dataclass(frozen=True)
class SequenceAnswer:
    """``people`` of ``of`` fulfil it; ``named``: the first of them, in the order of the index."""

    asked: Sequence
    people: int
    of: int
    named: tuple[str, ...]
    days: Period | None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Times:
    """Events that fit one step are counted."""

    marks: Marks
    times: int
    span: tuple[int, int]


def answer_sequence(index: Index, asked: Sequence) -> SequenceAnswer:
    """Raise CannotAnswer for columns that are not there."""
    meanings = Meanings(index.manifest)
    days = days_of(asked.period, asked.zone, index.manifest)
    found = people_matching(index, asked, meanings)
    named = () if index.nameless else tuple(islice(_names(index, found), asked.show))
    if index.nameless and asked.show:
        meanings.notes.append("People are named only to who sees their whole company.")
    people = sum(int(np.count_nonzero(one)) for one in found)
    return SequenceAnswer(asked, people, index.people, named, days, tuple(meanings.notes))


def people_matching(index: Index, asked: Sequence, meanings: Meanings) -> list[Array]:
    """Bool by person of each part of the index: whether alive and fulfilling the conditions."""
    span = span_s(days_of(asked.period, asked.zone, index.manifest), asked.zone)
    plans = [_plan(condition, meanings, span) for condition in asked.conditions]

    def work(part: Part) -> Array:
        held = [
            _fulfilled(part, plan) != condition.negated
            for plan, condition in zip(plans, asked.conditions, strict=True)
        ]
        joined = np.logical_and if asked.every else np.logical_or
        return np.asarray(joined.reduce(held) & (part.alive == 1))

    return each_in_order(work, index)


def _plan(condition: Condition, meanings: Meanings, span: tuple[int, int]) -> Plan | _Times:
    if condition.times > 1:
        marks = Marks(meanings)
        marks.add(0, condition.did[0].events, condition.did[0].where)
        return _Times(marks, condition.times, span)
    last = max(len(condition.did), 2)
    exclude = tuple(Exclusion(one.events, 1, last, one.where) for one in condition.without)
    return plan_of(Funnel(condition.did, condition.within_s, exclude=exclude), meanings, span)


def _fulfilled(part: Part, plan: Plan | _Times) -> Array:
    """Bool by person, whether alive or not."""
    if isinstance(plan, Plan):
        return reached_end(part, plan)
    times = np.zeros(len(part.alive), np.int64)
    marks = plan.marks.of(part)
    times_marked(part.first, part.seconds, part.codes, marks, not plan.marks.kept, *plan.span, times)
    return times >= plan.times


def _names(index: Index, found: list[Array]) -> Iterator[str]:
    for persons, held in zip(index.persons(), found, strict=True):
        yield from persons.take(pa.array(np.flatnonzero(held))).to_pylist()
