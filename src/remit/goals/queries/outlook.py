"""What lies ahead of a goal: a forecast from its own history, and the chance of each part.

With two years of history the months carry a season of twelve. With less, a season cannot be told from chance:
weeks are carried on without one, and whoever reads it is told so.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
from django.core.cache import cache

from remit.core.period import Period, add_months
from remit.kernels.forecasting import Forecast, TooShort, forecast
from remit.metrics.engine.answer import Answer
from remit.metrics.engine.errors import CannotAnswer
from remit.metrics.queries import ask

from .goal_figures import Lens, read

MONTHS_OF_A_SEASON = 24
STEPS_MOST = {"month": 36, "week": 104}
KEPT_S = 7 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Bucket:
    """A whole month or week with its figure."""

    period: Period
    value: float


@dataclass(frozen=True, slots=True)
class Outlook:
    """``buckets``: the history, in months or weeks; ``ahead``: the periods of the forecast's steps.

    ``season``: of how many buckets, 1 for none. ``fresh``: the day that the data reach.
    """

    grain: str
    season: int
    buckets: tuple[Bucket, ...]
    ahead: tuple[Period, ...]
    forecast: Forecast
    fresh: date

    def weights(self, period: Period) -> np.ndarray | None:
        """How much of each step lies in the days of a period that are to come; none if it looks too far."""
        first = max(period.first, self.fresh + timedelta(days=1))
        if not self.ahead or first > period.last or period.last > self.ahead[-1].last:
            return None
        return np.array([_shared(step, Period(first, period.last)) / step.days for step in self.ahead])


@dataclass(frozen=True, slots=True)
class Prospect:
    """What a part is expected to come to, within which limits (80 %), and its chance of being reached."""

    mean: float
    low: float
    high: float
    chance: float


def outlook_of(lens: Lens, until: date, empty: float | None = None) -> Outlook | None:
    """The forecast of a figure up to a day; none where the history is too short.

    ``empty``: what a month or week without a row means; none for no figure, which breaks the history.
    """
    for grain, season in (("month", 12), ("week", 1)):
        try:
            (answer,) = ask(lens.question(None, (grain,)))
        except CannotAnswer:
            return None
        span = _span(answer)
        if span is None:
            return None
        buckets = _whole_buckets(answer, lens.metric, grain, span, empty)
        if grain == "month" and len(buckets) < MONTHS_OF_A_SEASON:
            continue
        return _carried_on(buckets, grain, season, span.last, until)
    return None


def _carried_on(buckets: list[Bucket], grain: str, season: int, fresh: date, until: date) -> Outlook | None:
    ahead: list[Period] = []
    while buckets and (not ahead or ahead[-1].last < until) and len(ahead) < STEPS_MOST[grain]:
        ahead.append(_bucket_at((ahead or [buckets[-1].period])[-1].last + timedelta(days=1), grain))
    values = np.array([bucket.value for bucket in buckets])
    try:
        found = _kept(values, season, len(ahead))
    except TooShort:
        return None
    return Outlook(grain, season, tuple(buckets), tuple(ahead), found, fresh)


def _kept(values: np.ndarray, season: int, horizon: int) -> Forecast:
    """The same history gives the same forecast: it is computed once."""
    text = f"{season};{horizon};".encode() + values.tobytes()
    key = "forecast:1:" + hashlib.sha256(text).hexdigest()
    found: Forecast | None = cache.get(key)
    if found is None:
        found = forecast(values, season, horizon)
        cache.set(key, found, KEPT_S)
    return found


def prospects_of(
    outlook: Outlook,
    lens: Lens,
    parts: Sequence[tuple[Period, Decimal | None]],
    *,
    adds: bool,
    falls: bool,
) -> list[Prospect | None]:
    """Of each part what it comes to with what is there; none for parts that are over or too far off."""
    begun = [period for period, _target in parts if period.first <= outlook.fresh]
    there = dict(zip(begun, read(lens, begun), strict=True))
    found = []
    for period, target in parts:
        value = there[period].value if period in there else None
        weights = outlook.weights(period)
        found.append(
            None
            if weights is None
            else _prospect(outlook, weights, period, target, value, adds=adds, falls=falls)
        )
    return found


def _prospect(
    outlook: Outlook,
    weights: np.ndarray,
    period: Period,
    target: Decimal | None,
    value: Decimal | None,
    *,
    adds: bool,
    falls: bool,
) -> Prospect:
    there = float(value or 0) if outlook.fresh >= period.first else 0.0
    if not adds:  # a level is a mean over the days: those that are over, and those to come
        to_come = (period.last - max(period.first - timedelta(days=1), outlook.fresh)).days / period.days
        weights = weights * to_come / weights.sum() if weights.sum() else weights
        there *= 1 - to_come
    mean, _error = outlook.forecast.sum_of(weights)
    low, high = outlook.forecast.interval(weights)
    goal = float(target) if target is not None else 0.0
    chance = outlook.forecast.chance(weights, goal, so_far=there, falls=falls)
    return Prospect(there + mean, there + low, there + high, chance)


def _span(answer: Answer) -> Period | None:
    firsts = [entry.first for entry in answer.freshness if entry.first]
    lasts = [entry.last for entry in answer.freshness if entry.last]
    return Period(max(firsts), min(lasts)) if firsts and lasts and max(firsts) <= min(lasts) else None


def _whole_buckets(
    answer: Answer, metric: str, grain: str, span: Period, empty: float | None
) -> list[Bucket]:
    """The newest unbroken run of buckets that the data cover whole."""
    names = answer.names
    found: dict[Any, Any] = {row[names.index(grain)]: row[names.index(metric)] for row in answer.rows}
    run: list[Bucket] = []
    period = _bucket_at(span.first, grain)
    while period.last <= span.last:
        value = found.get(period.first, empty)
        if period.first < span.first or value is None:
            run = []
        else:
            run.append(Bucket(period, float(value)))
        period = _bucket_at(period.last + timedelta(days=1), grain)
    return run


def _bucket_at(day: date, grain: str) -> Period:
    if grain == "month":
        first = day.replace(day=1)
        return Period(first, add_months(first, 1) - timedelta(days=1))
    first = day - timedelta(days=day.weekday())
    return Period(first, first + timedelta(days=6))


def _shared(one: Period, other: Period) -> int:
    return max(0, (min(one.last, other.last) - max(one.first, other.first)).days + 1)
