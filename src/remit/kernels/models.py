"""Ways to carry a series on: each takes a history, the length of its season and how far to look.

A season of 1 means that none is assumed. The grid of smoothing weights is fixed, so that the same history
always gives the same forecast. Sources: Hyndman & Athanasopoulos, Forecasting: Principles and Practice
(3rd ed.), chapters 5 and 8; Hyndman & Billah, Unmasking the Theta method (2003).
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

type Series = NDArray[np.float64]
type Model = Callable[[Series, int, int], Series]

WEIGHTS = (0.1, 0.3, 0.5, 0.7, 0.9)  # of the level
TRENDS = (0.05, 0.2, 0.4)
SEASONS = (0.05, 0.2, 0.4)
DAMPING = (0.9, 0.98)


def drift(history: Series, season: int, horizon: int) -> Series:
    """The last value, moved on by the mean step of the whole history."""
    step = (history[-1] - history[0]) / max(len(history) - 1, 1)
    return np.asarray(history[-1] + step * np.arange(1, horizon + 1))


def seasonal_naive(history: Series, season: int, horizon: int) -> Series:
    """The season before once more, moved by the mean step from season to season; two seasons teach a step."""
    ahead = np.arange(horizon)
    step = float(np.mean(history[season:] - history[:-season])) if len(history) > season else 0.0
    return np.asarray(history[-season:][ahead % season] + step * (ahead // season + 1))


def damped_trend(history: Series, season: int, horizon: int) -> Series:
    """Holt's level and damped trend, without a season."""
    return _holt_winters(history, 1, horizon, multiplies=False)


def holt_winters_additive(history: Series, season: int, horizon: int) -> Series:
    """Level, damped trend and a season that is added."""
    return _holt_winters(history, season, horizon, multiplies=False)


def holt_winters_multiplicative(history: Series, season: int, horizon: int) -> Series:
    """Level, damped trend and a season that multiplies; only where everything is above zero."""
    return _holt_winters(history, season, horizon, multiplies=True)


def theta(history: Series, season: int, horizon: int) -> Series:
    """Half of the linear trend on exponential smoothing; a season of which two are there is divided out."""
    index = seasonal_index(history, season)
    count = len(history)
    adjusted = history / index[np.arange(count) % season]
    alpha, level = _smoothed(adjusted)
    times = np.arange(count) - (count - 1) / 2
    slope = float(times @ adjusted / (times @ times))
    ahead = np.arange(horizon) + (1 - (1 - alpha) ** count) / alpha
    return np.asarray((level + slope / 2 * ahead) * index[(count + np.arange(horizon)) % season])


def seasonal_index(history: Series, season: int) -> Series:
    """How far each place of the season lies above (1.2) or below (0.8) the level; ones where unknowable.

    Ratio of each value to the mean of the season centred on it, averaged by place, normed to a mean of one.
    """
    if season < 2 or len(history) < 2 * season or np.min(history) <= 0:
        return np.ones(max(season, 1))
    kernel = np.ones(season + 1 - season % 2) / season
    if season % 2 == 0:
        kernel[[0, -1]] /= 2
    half = len(kernel) // 2
    ratios = history[half : len(history) - half] / np.convolve(history, kernel, "valid")
    places = np.arange(half, len(history) - half) % season
    index = np.array([np.mean(ratios[places == place]) for place in range(season)])
    return np.asarray(index / np.mean(index))


def _smoothed(values: Series) -> tuple[float, float]:
    """The weight whose one-step errors are smallest, and the level it ends at."""
    alphas = np.array(WEIGHTS)
    level = np.full(len(alphas), values[0])
    squares = np.zeros(len(alphas))
    for value in values[1:]:
        error = value - level
        squares += error**2
        level += alphas * error
    best = int(np.argmin(squares))
    return float(alphas[best]), float(level[best])


def _holt_winters(history: Series, season: int, horizon: int, *, multiplies: bool) -> Series:
    """All combinations of weights at once; the one with the smallest one-step errors carries on."""
    grid = np.array(list(product(WEIGHTS, TRENDS, SEASONS if season > 1 else (0.0,), DAMPING)))
    alpha, beta, gamma, phi = grid.T
    first, trend, wave = _beginning(history, season, multiplies=multiplies)
    level = np.full(len(grid), first)
    slope = np.full(len(grid), trend)
    waves = np.tile(wave, (len(grid), 1))
    squares = np.zeros(len(grid))
    for time in range(season, len(history)):
        place, carried = time % season, level + phi * slope
        known = waves[:, place].copy()
        error = history[time] - (carried * known if multiplies else carried + known)
        squares += error**2
        apart = history[time] / known if multiplies else history[time] - known
        before, level = level, alpha * apart + (1 - alpha) * carried
        slope = beta * (level - before) + (1 - beta) * phi * slope
        if season > 1:
            fresh = history[time] / np.maximum(level, 1e-9) if multiplies else history[time] - level
            waves[:, place] = gamma * fresh + (1 - gamma) * known
    best = int(np.argmin(squares))
    reach = level[best] + slope[best] * np.cumsum(phi[best] ** np.arange(1, horizon + 1))
    turns = waves[best][(len(history) + np.arange(horizon)) % season]
    return np.asarray(reach * turns if multiplies else reach + turns)


def _beginning(history: Series, season: int, *, multiplies: bool) -> tuple[float, float, Series]:
    """Level, trend and season of the first two seasons."""
    if season < 2:
        return float(history[0]), float(history[1] - history[0]), np.ones(1) if multiplies else np.zeros(1)
    two = history[: 2 * season].reshape(2, season)
    means = two.mean(axis=1, keepdims=True)
    wave = (two / means if multiplies else two - means).mean(axis=0)
    return float(means[0, 0]), float((means[1, 0] - means[0, 0]) / season), np.asarray(wave)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A model and what it needs: ``seasons`` whole seasons of history, and values ``above_zero`` or not."""

    name: str
    run: Model
    seasonal: bool = False
    seasons: int = 0
    above_zero: bool = False


CANDIDATES = (
    Candidate("drift", drift),
    Candidate("damped_trend", damped_trend),
    Candidate("theta", theta),
    Candidate("seasonal_naive", seasonal_naive, seasonal=True, seasons=1),
    Candidate("holt_winters_additive", holt_winters_additive, seasonal=True, seasons=2),
    Candidate(
        "holt_winters_multiplicative", holt_winters_multiplicative, seasonal=True, seasons=2, above_zero=True
    ),
)
