"""Retention answered from an index."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from remit.journeys.event_index.opened import Index
from remit.kernels.journeys.columns import Array, Part
from remit.kernels.journeys.returning import returns

from .meaning import Marks, Meanings
from .running import each_part
from .specification import Retention
from .time import begins_of, begins_s, known_of, numbers_of


@dataclass(frozen=True)
class RetentionAnswer:
    """``begins``: first day of each period, and of the one after. ``sizes``, ``returned``: see ``returns``.

    ``known``: how many periods begin before the last event; later ones are not known.
    """

    retention: Retention
    begins: tuple[date, ...]
    sizes: Array
    returned: Array
    known: int
    notes: tuple[str, ...] = ()


def answer_retention(index: Index, retention: Retention) -> RetentionAnswer:
    """Raise CannotAnswer where the range holds too many periods."""
    meanings = Meanings(index.manifest)
    marks = Marks(meanings)
    marks.add(0, retention.start, {})
    marks.add(1, retention.back, {})
    begins = begins_of(retention.period, retention.unit, retention.zone, index.manifest)
    count = max(len(begins) - 1, 0)
    edges = [begins_s(day, retention.zone) for day in begins] or [0]
    period_of = numbers_of(edges, index.manifest)
    roles = marks.by_code.astype(np.uint8)

    def work(part: Part) -> tuple[Array, Array]:
        sizes, returned = np.zeros(count, np.int64), np.zeros((count, count), np.int64)
        returns(
            part.first, part.alive, part.seconds, part.codes, roles, period_of, count,
            retention.each, retention.rolling, sizes, returned,
        )  # fmt: skip
        return sizes, returned

    done = each_part(work, index) if count else []
    sizes = sum((one for one, _ in done), np.zeros(count, np.int64))
    returned = sum((one for _, one in done), np.zeros((count, count), np.int64))
    known = known_of(edges, index.manifest)
    return RetentionAnswer(retention, begins, sizes, returned, known, tuple(meanings.notes))
