"""A forecast whose model is chosen by back-test, with what it is worth: error, interval, chance.

Rolling origins: the history is cut at up to twelve places, every model carries it on from there, and what
came is held against what was said. The errors of the chosen model, by how far ahead they lie, are its spread.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from .models import CANDIDATES, Candidate, Series

ORIGINS_MOST = 12
LEAST = 12  # shorter histories are not carried on
ERRORS_LEAST = 3  # a distance with fewer errors takes its spread from the one before
LEVEL = 0.8  # of the interval shown


class TooShort(ValueError):
    """The history cannot be cut often enough to choose a model by what it would have said."""


@dataclass(frozen=True, slots=True)
class Score:
    """How a model did in the back-test: mean absolute scaled error (below 1: better than repeating what was),
    symmetric mean absolute percentage error (a fraction), and over how many origins."""

    model: str
    mase: float
    smape: float
    origins: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """``mean`` and ``spread`` (standard error) by step ahead.

    ``together``: how far errors of one path go the same way (0: not at all, 1: entirely). ``tested``: steps
    that the back-test reached; beyond, the spread grows with the root of the distance.
    """

    model: str
    mean: Series
    spread: Series
    together: float
    scores: tuple[Score, ...]
    tested: int

    @property
    def origins(self) -> int:
        return self.scores[0].origins

    def sum_of(self, weights: Series) -> tuple[float, float]:
        """Mean and standard error of a weighted sum of steps."""
        parts = weights * self.spread
        apart, along = float(parts @ parts), float(parts.sum()) ** 2
        return float(weights @ self.mean), math.sqrt((1 - self.together) * apart + self.together * along)

    def interval(self, weights: Series, level: float = LEVEL) -> tuple[float, float]:
        """Within which the sum lies with a probability of ``level``."""
        middle, error = self.sum_of(weights)
        reach = error * t_value((1 + level) / 2, self.origins - 1)
        return middle - reach, middle + reach

    def band(self, level: float = LEVEL) -> tuple[Series, Series]:
        """Within which each single step lies with a probability of ``level``."""
        reach = self.spread * t_value((1 + level) / 2, self.origins - 1)
        return self.mean - reach, self.mean + reach

    def chance(self, weights: Series, target: float, *, so_far: float = 0.0, falls: bool = False) -> float:
        """Probability that what is there and the weighted sum reach the target; ``falls``: stay below it."""
        middle, error = self.sum_of(weights)
        gap = so_far + middle - target
        gap = -gap if falls else gap
        if error <= 0:
            return 1.0 if gap >= 0 else 0.0
        return t_below(gap / error, self.origins - 1)


def forecast(history: Series, season: int, horizon: int) -> Forecast:
    """Carry a history on by ``horizon`` steps; raise TooShort.

    Of models whose error is equal, the simpler one stands.
    """
    values = np.asarray(history, dtype=np.float64)
    origins = _origins(len(values), season)
    fit = [each for each in CANDIDATES if _fits(each, values, season, origins[0])]
    tests = [_back_test(each, values, season, horizon, origins) for each in fit]
    scores = [
        _score(each.name, values, season, errors, origins) for each, errors in zip(fit, tests, strict=True)
    ]
    best = min(range(len(fit)), key=lambda n: (round(scores[n].mase, 9), n))
    spread, tested = _spread(tests[best], horizon)
    ranked = sorted(scores, key=lambda score: (score is not scores[best], score.mase))
    return Forecast(
        model=fit[best].name,
        mean=fit[best].run(values, season, horizon),
        spread=spread,
        together=_together(tests[best], spread),
        scores=tuple(ranked),
        tested=tested,
    )


def _origins(count: int, season: int) -> list[int]:
    """Where the history is cut: how many values each model is given."""
    if count < max(LEAST, season + ERRORS_LEAST):
        raise TooShort
    first = max(8, count // 3)
    if season > 1:
        whole = 2 * season
        first = whole if count >= whole + ERRORS_LEAST else season + 1
    places = np.linspace(first, count - 1, min(ORIGINS_MOST, count - first))
    return sorted({int(place) for place in places})


def _fits(candidate: Candidate, values: Series, season: int, first: int) -> bool:
    if candidate.seasonal and (season < 2 or first < candidate.seasons * season):
        return False
    return not candidate.above_zero or bool(np.min(values) > 0)


def _back_test(candidate: Candidate, values: Series, season: int, horizon: int, origins: list[int]) -> Series:
    """What came less what was said: a row an origin, a column a step, not a number where nothing came yet."""
    errors = np.full((len(origins), horizon), np.nan)
    for row, origin in enumerate(origins):
        steps = min(horizon, len(values) - origin)
        said = candidate.run(values[:origin], season, steps)
        errors[row, :steps] = values[origin : origin + steps] - said
    return errors


def _score(name: str, values: Series, season: int, errors: Series, origins: list[int]) -> Score:
    scaled: list[float] = []
    shares: list[float] = []
    for row, origin in enumerate(origins):
        found = errors[row][~np.isnan(errors[row])]
        came = values[origin : origin + len(found)]
        usual = float(np.mean(np.abs(values[season:origin] - values[: origin - season])))
        scaled += list(np.abs(found) / (usual or 1.0))
        whole = np.abs(came) + np.abs(came - found)
        shares += list(2 * np.abs(found) / np.where(whole == 0, 1.0, whole))
    return Score(name, float(np.mean(scaled)), float(np.mean(shares)), len(origins))


def _spread(errors: Series, horizon: int) -> tuple[Series, int]:
    """Root mean square of the errors by step, never less than that of a step before."""
    counts = np.sum(~np.isnan(errors), axis=0)
    tested = max(1, int(np.sum(counts >= min(ERRORS_LEAST, len(errors)))))
    found = np.sqrt(np.nanmean(errors[:, :tested] ** 2, axis=0))
    spread = np.empty(horizon)
    spread[:tested] = np.maximum.accumulate(found)
    beyond = np.arange(tested + 1, horizon + 1)
    spread[tested:] = spread[tested - 1] * np.sqrt(beyond / tested)
    return spread, tested


def _together(errors: Series, spread: Series) -> float:
    """Products of different steps' errors, relative to what they would be if all went the same way."""
    moved = most = 0.0
    for row in errors:
        known = ~np.isnan(row)
        found, wide = row[known], spread[known]
        moved += float(found.sum() ** 2 - found @ found)
        most += float(wide.sum() ** 2 - wide @ wide)
    return min(1.0, max(0.0, moved / most)) if most > 0 else 1.0


def t_below(value: float, degrees: int) -> float:
    """Probability that Student's t with so many degrees of freedom (at least 2) lies below a value.

    By the angle whose tangent is value / √degrees: the density becomes a power of its cosine, summed by
    Simpson's rule.
    """
    free = max(degrees, 2)
    angles = np.linspace(0.0, math.atan(abs(value) / math.sqrt(free)), 401)
    heights = np.cos(angles) ** (free - 1)
    simpson = heights[0] + heights[-1] + 4 * heights[1:-1:2].sum() + 2 * heights[2:-1:2].sum()
    area = float(simpson) * (angles[1] - angles[0]) / 3
    scale = math.exp(math.lgamma((free + 1) / 2) - math.lgamma(free / 2)) / math.sqrt(math.pi)
    half = min(0.5, scale * float(area))
    return 0.5 + half if value >= 0 else 0.5 - half


@lru_cache(maxsize=256)
def t_value(share: float, degrees: int) -> float:
    """Below which Student's t lies with a probability of ``share`` (at least a half): by halving."""
    low, high = 0.0, 1.0
    while t_below(high, degrees) < share:
        high *= 2
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if t_below(middle, degrees) < share else (low, middle)
    return (low + high) / 2
