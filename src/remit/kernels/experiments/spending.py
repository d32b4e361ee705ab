"""Reading an experiment day by day without being fooled by chance: alpha is spent as time goes.

K. K. G. Lan and D. L. DeMets, "Discrete sequential boundaries for clinical trials", Biometrika 70 (1983),
with their spending function of O'Brien and Fleming's shape; boundaries by the recursion of P. Armitage,
C. McPherson and B. Rowe, J. R. Stat. Soc. A 132 (1969), integrated after Gauss and Legendre. Intervals that
hold at all looks together: C. Jennison and B. Turnbull, "Repeated confidence intervals", J. R. Stat. Soc. B
51 (1989).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

NODES = 128
REACH = 8.0  # standard deviations beyond which nothing is integrated
LEAST_SPENT = 1e-10  # a look that may spend less than this never stops: its critical value is infinite
ALPHAS = tuple(float(one) for one in np.geomspace(1e-6, 0.999, 40))


def spent_at(fraction: float, alpha: float) -> float:
    """How much of alpha (both sides together) may be spent by this fraction of the whole, 0 to 1.

    Two one-sided functions of alpha / 2, each 2 − 2Φ(z / √fraction): almost nothing early, all at the end.
    """
    if fraction <= 0:
        return 0.0
    return float(4 * _above(_quantile(1 - alpha / 4) / math.sqrt(min(fraction, 1.0))))


@dataclass(frozen=True, eq=False)
class _Look:
    """After a look: its critical value, and the mass of paths still inside, by where they are."""

    critical: float
    places: Floats
    mass: Floats


def criticals(fractions: Sequence[float], alpha: float) -> tuple[float, ...]:
    """By look, how large |z| has to be to stop; ``fractions`` of the planned whole rise, up to 1.

    Infinite where a look comes so early that it may spend nothing.
    """
    looks = tuple(fractions)
    if any(later <= earlier for earlier, later in zip((0.0, *looks), looks, strict=False)):
        raise ValueError("Looks rise from above zero.")
    return tuple(_look(looks[: number + 1], alpha).critical for number in range(len(looks)))


def stopping(fractions: Sequence[float], alpha: float, drift: float) -> tuple[float, ...]:
    """By look, the chance to have stopped by then if z is ``drift`` on average at the end; 0: alarms."""
    bounds = criticals(fractions, alpha)
    places, mass = np.zeros(1), np.ones(1)
    before, stopped, found = 0.0, 0.0, []
    for fraction, bound in zip(fractions, bounds, strict=True):
        step = fraction - before
        wall = bound * math.sqrt(fraction)
        middles = places + drift * step
        stopped += float(mass @ _outside(middles, wall, step))
        found.append(stopped)
        inner, weights = _nodes(min(wall, REACH * math.sqrt(fraction) + abs(drift) * fraction))
        mass = weights * (_density(inner[:, None] - middles[None, :], step) @ mass)
        places, before = inner, fraction
    return tuple(found)


def repeated_p(fractions: Sequence[float], z: float) -> float:
    """The smallest alpha for which this look, the last of ``fractions``, would have stopped at ``z``.

    Read off boundaries of forty alphas, straight lines between their logarithms; never below 1e-6.
    """
    looks, size = tuple(fractions), abs(z)
    bounds = [criticals(looks, alpha)[-1] for alpha in ALPHAS]
    falling = [(bound, alpha) for bound, alpha in zip(bounds, ALPHAS, strict=True) if math.isfinite(bound)]
    if not falling or size <= falling[-1][0]:
        return 1.0
    if size >= falling[0][0]:
        return falling[0][1]
    points = falling[::-1]
    levels = np.interp(
        size, [bound for bound, _alpha in points], [math.log(alpha) for _bound, alpha in points]
    )
    return float(math.exp(levels))


@lru_cache(maxsize=8192)
def _look(fractions: tuple[float, ...], alpha: float) -> _Look:
    """The last of these looks; those before it are remembered."""
    fraction = fractions[-1]
    if len(fractions) > 1:
        last, before = _look(fractions[:-1], alpha), fractions[-2]
        places, mass = last.places, last.mass
    else:
        places, mass, before = np.zeros(1), np.ones(1), 0.0
    step = fraction - before
    share = spent_at(fraction, alpha) - spent_at(before, alpha)
    wall = math.inf if share < LEAST_SPENT else _wall(places, mass, step, share, fraction)
    inner, weights = _nodes(min(wall, REACH * math.sqrt(fraction)))
    inside = weights * (_density(inner[:, None] - places[None, :], step) @ mass)
    return _Look(wall / math.sqrt(fraction), inner, inside)


def _wall(places: Floats, mass: Floats, step: float, share: float, fraction: float) -> float:
    """How far out a path has to be for just ``share`` of all to be beyond, by halving."""
    low, high = 0.0, REACH * math.sqrt(fraction) * 1.5
    for _turn in range(60):
        middle = (low + high) / 2
        if float(mass @ _outside(places, middle, step)) > share:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _outside(places: Floats, wall: float, step: float) -> Floats:
    """From each place, the chance that a step ends beyond the wall on either side."""
    from scipy.special import ndtr

    spread = math.sqrt(step)
    beyond: Floats = ndtr((places - wall) / spread) + ndtr((-wall - places) / spread)
    return beyond


def _density(gaps: Floats, step: float) -> Floats:
    return np.exp(-(gaps**2) / (2 * step)) / math.sqrt(2 * math.pi * step)


def _nodes(wall: float) -> tuple[Floats, Floats]:
    points, weights = _legendre()
    return points * wall, weights * wall


@lru_cache(maxsize=1)
def _legendre() -> tuple[Floats, Floats]:
    points, weights = np.polynomial.legendre.leggauss(NODES)
    return np.asarray(points), np.asarray(weights)


def _above(value: float) -> float:
    return math.erfc(value / math.sqrt(2)) / 2


@lru_cache(maxsize=256)
def _quantile(share: float) -> float:
    from scipy.special import ndtri

    return float(ndtri(share))
