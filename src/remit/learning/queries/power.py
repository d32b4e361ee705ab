"""Before the start: what the company's own past says about how much an experiment would show."""

from dataclasses import dataclass
from datetime import date, timedelta

from remit.kernels.experiments.assigning import Definition
from remit.kernels.experiments.comparing import Measured
from remit.kernels.experiments.moments import Moments
from remit.kernels.experiments.powering import (
    Spread,
    people_needed,
    power_at_end,
    power_day_by_day,
    smallest_effect,
    spread_of,
    standard_error,
)

from ..asking import Days
from ..deciding import is_allowed, least_days
from ..enums import ReadingMode
from ..models import Experiment
from .definitions import definition_of, measures_of
from .gathering import Source, source_of

LENGTHS = (7, 14, 21, 28, 42, 56, 84)


@dataclass(frozen=True, slots=True)
class Foreseen:
    """For one length: people, the figure's mean, the smallest relative effect seen in four of five cases, and
    the power at the planned effect, read once at the end and as the experiment says. ``held``: the share of
    the variance that the past leaves. ``needed``: people that the planned effect takes."""

    days: int
    people: int
    mean: float
    held: float
    smallest: float
    power: float
    power_as_read: float
    needed: int
    is_allowed: bool

    def as_data(self) -> dict[str, float | int | bool]:
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Outlook:
    """Lengths with what each would show; ``advised``: the shortest allowed one that shows the planned effect.

    ``until``: the last day of the past that was used.
    """

    until: date
    rows: tuple[Foreseen, ...]
    advised: int | None


class NothingBefore(ValueError):
    """There are no facts before the first day."""


def foreseen(experiment: Experiment) -> Outlook:
    """Read the past of those whom the experiment would assign; raise NothingBefore, NotPerPerson, KeyError.

    Whoever is only seen later, or named by a file, is not known yet: everybody whom the conditions allow is
    taken in their place, and ``people`` is then what may come at most.
    """
    (_role, measure), *_others = measures_of(experiment)
    with source_of(experiment.unit, sorted(measure.tables)) as source:
        first, last = source.first_day(sorted(measure.tables)), source.last_day(sorted(measure.tables))
        if first is None or last is None or min(last, _before(experiment)) < first:
            raise NothingBefore
        until = min(last, _before(experiment))
        lengths = sorted({*LENGTHS, experiment.days, least_days(experiment.kind)})
        rows = tuple(
            one for days in lengths if (one := _of_length(source, experiment, days, first, until)) is not None
        )
    enough = (row.days for row in rows if row.is_allowed and row.power_as_read >= 0.8)
    return Outlook(until, rows, next(enough, None))


def _before(experiment: Experiment) -> date:
    return experiment.starts_on - timedelta(days=1)


def _of_length(
    source: Source, experiment: Experiment, days: int, first: date, until: date
) -> Foreseen | None:
    """None where the past is too short, with its own past where that is taken out."""
    window = Days(until - timedelta(days=days - 1), until, experiment.uses_past)
    if (window.past_on if experiment.uses_past else window.first) < first:
        return None
    (_role, measure), *_others = measures_of(experiment)
    definition: Definition = definition_of(experiment)
    cap = float(experiment.cap) if experiment.cap is not None else None
    found = source.gather(definition, [measure], window, cap=cap)
    moments = together(list(found.moments.values()))
    if moments.n < 4:
        return None
    return _row(experiment, days, moments, found.measured[measure.metric.name])


def _row(experiment: Experiment, days: int, moments: Moments, measured: Measured) -> Foreseen | None:
    spread: Spread = spread_of(moments, measured)
    if not spread.mean or not spread.variance > 0:
        return None
    weights = [one.weight for one in experiment.variants.all()]
    pair = weights[0] + min(weights[1:])
    shares = (weights[0] / pair, min(weights[1:]) / pair)
    people = int(moments.n * pair / sum(weights))
    alpha = 0.05 / (len(weights) - 1)
    effect = float(experiment.planned_effect) * abs(spread.mean)
    drift = effect / standard_error(spread, people, shares)
    looks = tuple((day + 1) / days for day in range(days))
    as_read = (
        power_day_by_day(drift, looks, alpha)
        if experiment.mode == ReadingMode.DAILY
        else power_at_end(drift, alpha)
    )
    return Foreseen(
        days=days, people=moments.n, mean=spread.mean, held=spread.held,
        smallest=smallest_effect(spread, people, shares=shares, alpha=alpha) / abs(spread.mean),
        power=power_at_end(drift, alpha), power_as_read=as_read,
        needed=int(people_needed(spread, effect, shares=shares, alpha=alpha) * sum(weights) / pair),
        is_allowed=is_allowed(experiment.kind, days),
    )  # fmt: skip


def together(parts: list[Moments]) -> Moments:
    """All variants as one."""
    total = parts[0]
    for part in parts[1:]:
        total += part
    return total
