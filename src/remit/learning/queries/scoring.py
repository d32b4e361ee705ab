"""Whether a roll-out brought what its experiment had found, read on the day it was promised for."""

from dataclasses import dataclass, replace
from datetime import timedelta

from remit.metrics.catalog.spec import Better

from ..asking import Days
from ..enums import Outcome
from ..models import Experiment, RollOut
from .definitions import definition_of, measures_of, whole
from .gathering import source_of
from .power import together


@dataclass(frozen=True, slots=True)
class Scored:
    """The primary figure per customer after the roll-out and in as many days before the experiment, and the
    change as a ``share``. The two times differ in more than the roll-out: a check, no experiment."""

    outcome: Outcome
    before: float | None = None
    after: float | None = None
    share: float | None = None


def score_of(row: RollOut) -> Scored | None:
    """None while the facts do not reach the day before ``check_on``."""
    experiment = whole(Experiment.objects.all()).get(pk=row.experiment_id)
    (_role, measure), *_others = measures_of(experiment)
    tables = sorted(measure.tables)
    length = (row.check_on - row.rolled_on).days
    with source_of(experiment.unit, tables) as source:
        last, first = source.last_day(tables), source.first_day(tables)
        if last is None or first is None or last < row.check_on - timedelta(days=1):
            return None
        started = experiment.starts_on - timedelta(days=length)
        if started < first:
            return Scored(Outcome.UNKNOWN)
        everybody = replace(definition_of(experiment), holdout=0, start=0, end=10_000)
        found = []
        for begin in (started, row.rolled_on):
            days = Days(begin, begin + timedelta(days=length - 1), has_past=False)
            gathered = source.gather(everybody, [measure], days)
            moments = together(list(gathered.moments.values()))
            measured = gathered.measured[measure.metric.name]
            bottom = moments.mean(measured.bottom) if measured.bottom else 1.0
            found.append(moments.mean(measured.top) / bottom if bottom else float("nan"))
    before, after = found
    if not before > 0 or row.promised_low is None:
        return Scored(Outcome.UNKNOWN)
    share = after / before - 1
    falls = measure.metric.better is Better.DOWN
    worst = row.promised_high if falls else row.promised_low
    held = worst is not None and (share <= worst if falls else share >= worst)
    return Scored(Outcome.HELD if held else Outcome.LESS, before, after, share)
