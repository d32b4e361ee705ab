"""Funnels answered from an index."""

from dataclasses import dataclass, field

import numpy as np

from remit.core.period import Period
from remit.journeys.event_index.opened import Index
from remit.kernels.journeys.chains import ANY, EXCLUDES_FROM, ORDERED, STRICT, chains
from remit.kernels.journeys.columns import Array, Part
from remit.kernels.journeys.marking import apart_by_value, marks_of
from remit.kernels.journeys.spread import CLASSES, add_spreads
from remit.kernels.journeys.swift import funnel_in_order

from .meaning import Marks, Meanings
from .running import each_part
from .specification import Attribution, Breakdown, Funnel, Order, Ties
from .time import days_of, span_s

ORDERS = {Order.ORDERED: ORDERED, Order.STRICT: STRICT, Order.ANY: ANY}


@dataclass
class Tally:
    """What adds up. ``people`` int64 by step, ``spreads`` (steps, classes), ``by_value`` (values, steps)."""

    people: Array
    spreads: Array
    by_value: Array

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.people + other.people, self.spreads + other.spreads, self.by_value + other.by_value)


@dataclass(frozen=True)
class FunnelAnswer:
    """``tally`` over all parts; ``values``: those of the breakdown's column, by code."""

    funnel: Funnel
    tally: Tally
    days: Period | None
    values: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """A funnel in codes and seconds."""

    steps: int
    marks: Marks
    optional: Array
    ends: Array
    terms: Array
    breakdown: Breakdown | None
    values: int
    step_of: Array | None = field(default=None)


def answer_funnel(index: Index, funnel: Funnel) -> FunnelAnswer:
    """Raise CannotAnswer for a column that the index does not have."""
    meanings = Meanings(index.manifest)
    days = days_of(funnel.period, funnel.zone, index.manifest)
    plan = plan_of(funnel, meanings, span_s(days, funnel.zone))
    values = meanings.column(funnel.breakdown.column) if funnel.breakdown else ()
    tally = sum(each_part(lambda part: _tally(part, plan), index), _nothing(plan))
    return FunnelAnswer(funnel, tally, days, values, tuple(meanings.notes))


def plan_of(funnel: Funnel, meanings: Meanings, span: tuple[int, int]) -> Plan:
    """In seconds since 2000, chains begin in ``span[0] ≤ second < span[1]``. Raise CannotAnswer."""
    marks = Marks(meanings)
    for bit, step in enumerate(funnel.steps):
        marks.add(bit, step.events, step.where)
    for number, one in enumerate(funnel.exclude):
        marks.add(EXCLUDES_FROM + number, one.events, one.where)
    ends = [sum(1 << step for step in range(one.after - 1, one.before - 1)) for one in funnel.exclude]
    later = funnel.ties is Ties.LATER
    terms = [ORDERS[funnel.order], later, funnel.first_only, funnel.window_s, *span, not marks.kept]
    optional = np.array([step.optional for step in funnel.steps], np.uint8)
    plain = not (later or funnel.first_only or funnel.exclude or optional.any() or marks.kept)
    swift = plain and funnel.order is Order.ORDERED and funnel.breakdown is None
    return Plan(
        steps=len(funnel.steps),
        marks=marks,
        optional=optional,
        ends=np.array(ends, np.uint32),
        terms=np.array(terms, np.int64),
        breakdown=funnel.breakdown,
        values=len(meanings.column(funnel.breakdown.column)) if funnel.breakdown else 0,
        step_of=_step_of(marks.by_code, len(funnel.steps)) if swift else None,
    )


def _step_of(by_code: Array, steps: int) -> Array | None:
    """The one step that each name fits, ``steps`` for none; None where a name fits several."""
    bits = (by_code[:, None] >> np.arange(steps, dtype=np.uint32)) & 1
    if (bits.sum(axis=1) > 1).any():
        return None
    return np.where(bits.any(axis=1), bits.argmax(axis=1), steps).astype(np.uint8)


def _nothing(plan: Plan) -> Tally:
    return Tally(
        np.zeros(plan.steps, np.int64),
        np.zeros((plan.steps, CLASSES), np.int64),
        np.zeros((plan.values, plan.steps), np.int64),
    )


def _tally(part: Part, plan: Plan) -> Tally:
    """One part, swiftly where that is enough."""
    tally = _nothing(plan)
    if plan.step_of is not None:
        furthest = np.zeros(plan.steps + 1, np.int64)
        funnel_in_order(
            part.first, part.alive, part.seconds, part.codes, plan.step_of, plan.steps,
            plan.terms[3], plan.terms[4], plan.terms[5], furthest, tally.spreads,
        )  # fmt: skip
        tally.people = furthest[::-1].cumsum()[::-1][1:]
        return tally
    marks = plan.marks.of(part)
    followed = _follow(part, np.flatnonzero(part.alive), marks, plan)
    tally.people = _by_step(followed.reached, plan.steps)
    add_spreads(followed.took, tally.spreads)
    if plan.breakdown is not None:
        tally.by_value = _broken_down(part, marks, followed, plan, plan.breakdown)
    return tally


@dataclass(frozen=True)
class _Followed:
    """By row of the people followed, as ``chains`` writes them."""

    reached: Array
    took: Array
    began: Array
    ended: Array


def _follow(part: Part, people: Array, marks: Array, plan: Plan) -> _Followed:
    count = len(people)
    followed = _Followed(
        np.empty(count, np.uint32),
        np.empty((count, plan.steps), np.int32),
        np.empty(count, np.int64),
        np.empty(count, np.int64),
    )
    chains(
        part.first, people, part.seconds, part.codes, marks, plan.optional, plan.ends, plan.terms,
        followed.reached, followed.took, followed.began, followed.ended,
    )  # fmt: skip
    return followed


def reached_end(part: Part, plan: Plan) -> Array:
    """Bool by person of a part: whether some chain reaches the last step; struck out people as well."""
    return np.asarray(reached_steps(part, plan) >> np.uint32(plan.steps - 1) & 1 != 0)


def reached_steps(part: Part, plan: Plan) -> Array:
    """uint32 by person of a part: bit k where some chain reaches step k; struck out people as well."""
    people = np.arange(len(part.alive), dtype=np.int64)
    return _follow(part, people, plan.marks.of(part), plan).reached


def _by_step(reached: Array, steps: int) -> Array:
    return np.array([np.count_nonzero(reached >> np.uint32(step) & 1) for step in range(steps)], np.int64)


def _broken_down(part: Part, marks: Array, followed: _Followed, plan: Plan, breakdown: Breakdown) -> Array:
    """People by value and step, int64 (values, steps)."""
    column = part.others[breakdown.column]
    reached = followed.reached
    if breakdown.by is Attribution.ALL:
        if plan.terms[6]:
            by_event = np.empty(len(part.codes), np.uint32)
            marks_of(part.codes, marks, by_event)
            marks = by_event
        split, marks, owners, _rows = apart_by_value(part, column, marks)
        alive = np.flatnonzero(split.alive)
        terms = plan.terms.copy()
        terms[6] = 0
        by_value = Plan(plan.steps, plan.marks, plan.optional, plan.ends, terms, None, 0)
        reached, owners = _follow(split, alive, marks, by_value).reached, owners[alive]
    else:
        events = followed.began if breakdown.by is Attribution.FIRST else followed.ended
        owners, reached = column[events[events >= 0]], reached[events >= 0]
    found = [
        np.bincount(owners[(reached >> np.uint32(step) & 1).astype(bool)], minlength=plan.values)
        for step in range(plan.steps)
    ]
    return np.stack(found, axis=1).astype(np.int64)
