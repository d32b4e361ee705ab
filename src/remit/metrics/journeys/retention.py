"""Retention answered from an index."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from remit.core.period import add_months
from remit.kernels.journeys.columns import Array, Part
from remit.kernels.journeys.returning import QUARTER_S, returns
from remit.lake.event_index.manifest import Manifest
from remit.lake.event_index.opened import Index

from ..engine.errors import CannotAnswer
from .meaning import Marks, Meanings
from .running import each_part
from .specification import Retention, Unit
from .time import begins_s, day_of, days_of

PERIODS_MAX = 400


class TooManyPeriods(CannotAnswer):
    """A table that nobody could read."""


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
    begins = _begins(retention, index.manifest)
    count = max(len(begins) - 1, 0)
    edges = [begins_s(day, retention.zone) for day in begins] or [0]
    bounds = index.manifest.bounds_s
    period_of = _period_of(edges, bounds[1] if bounds else 0)
    roles = marks.by_code.astype(np.uint8)

    def work(part: Part) -> tuple[Array, Array]:
        sizes, returned = np.zeros(count, np.int64), np.zeros((count, count), np.int64)
        returns(
            part.first, part.alive, part.seconds, part.codes, roles, period_of, count,
            retention.each, retention.rolling, sizes, returned,
        )  # fmt: skip
        return sizes, returned

    done = each_part(work, index.parts) if count else []
    sizes = sum((one for one, _ in done), np.zeros(count, np.int64))
    returned = sum((one for _, one in done), np.zeros((count, count), np.int64))
    known = 0 if bounds is None else sum(edge <= bounds[1] for edge in edges[:-1])
    return RetentionAnswer(retention, begins, sizes, returned, known, tuple(meanings.notes))


def _begins(retention: Retention, manifest: Manifest) -> tuple[date, ...]:
    """Weeks and days from the first day asked for, else weeks from a Monday; months by calendar."""
    days = days_of(retention.period, retention.zone, manifest)
    bounds = manifest.bounds_s
    if days is not None:
        first, last = days.first, days.last
    elif bounds is not None:
        first, last = (day_of(second, retention.zone) for second in bounds)
        first -= timedelta(days=first.weekday() if retention.unit is Unit.WEEK else 0)
    else:
        return ()
    if retention.unit is Unit.MONTH:
        first = first.replace(day=1)
    found = [first]
    while found[-1] <= last:
        if len(found) > PERIODS_MAX:
            raise TooManyPeriods(
                f"{first} to {last} is more than {PERIODS_MAX} {retention.unit}s. Ask for fewer or longer."
            )
        step = {Unit.DAY: 1, Unit.WEEK: 7}.get(retention.unit)
        found.append(add_months(first, len(found)) if step is None else found[-1] + timedelta(days=step))
    return tuple(found)


def _period_of(edges: list[int], last_s: int) -> Array:
    """By quarter of an hour since 2000, on which all days begin: 0 before, periods from 1, then after."""
    lengths = np.diff([0, *(edge // QUARTER_S for edge in edges)])
    after = max(last_s // QUARTER_S + 1 - edges[-1] // QUARTER_S, 0)
    numbers = np.arange(len(lengths) + 1, dtype=np.uint8 if len(lengths) < 255 else np.uint16)
    return np.repeat(numbers, [*lengths, after])
