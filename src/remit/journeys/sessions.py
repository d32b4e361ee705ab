"""Sessions answered from an index."""

from dataclasses import dataclass

import numpy as np

from remit.core.period import Period
from remit.journeys.event_index.opened import Index
from remit.kernels.journeys.columns import Array, Part
from remit.kernels.journeys.marking import marks_of
from remit.kernels.journeys.spread import CLASSES
from remit.kernels.journeys.walking import sittings

from .meaning import Marks, Meanings
from .nodes import nodes_of
from .running import each_part
from .specification import Sessions
from .time import days_of, span_s


@dataclass
class Tally:
    """What adds up, as ``sittings`` writes it."""

    totals: Array
    landed: Array
    left: Array
    spreads: Array

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.totals + other.totals,
            self.landed + other.landed,
            self.left + other.left,
            self.spreads + other.spreads,
        )


@dataclass(frozen=True)
class SessionsAnswer:
    """``names`` by node."""

    asked: Sessions
    names: tuple[str, ...]
    tally: Tally
    days: Period | None
    notes: tuple[str, ...] = ()


def answer_sessions(index: Index, asked: Sessions) -> SessionsAnswer:
    """Raise CannotAnswer for a column that is not there."""
    meanings = Meanings(index.manifest)
    days = days_of(asked.period, asked.zone, index.manifest)
    nodes = nodes_of(meanings, asked.events, asked.of)
    size = len(nodes.names)
    terms = np.array([asked.gap_s, *span_s(days, asked.zone)], np.int64)
    marks = Marks(meanings)
    if asked.goal is not None:
        marks.add(0, asked.goal.events, asked.goal.where)

    def nothing() -> Tally:
        zeros = [np.zeros(shape, np.int64) for shape in (5, (size, 3), size, (3, CLASSES))]
        return Tally(*zeros)

    def work(part: Part) -> Tally:
        tally = nothing()
        sittings(
            part.first, part.alive, part.seconds, nodes.with_goals(part, _goals(part, marks)), terms,
            tally.totals, tally.landed, tally.left, tally.spreads,
        )  # fmt: skip
        return tally

    tally = sum(each_part(work, index), nothing())
    return SessionsAnswer(asked, nodes.names, tally, days, tuple(meanings.notes))


def _goals(part: Part, marks: Marks) -> Array:
    """Bool by event."""
    found = marks.of(part)
    if not marks.kept:
        found = np.empty(len(part.codes), np.uint32)
        marks_of(part.codes, marks.by_code, found)
    return np.asarray(found & np.uint32(1) != 0)
