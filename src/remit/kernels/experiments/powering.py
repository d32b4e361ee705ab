"""Before the start: how many people, how small an effect, how many days. Two-sided, normal.

The sample size is that for means of unequal groups, as in J. Cohen, Statistical Power Analysis (1988),
chapter 2; the power of reading day by day runs through the boundaries of ``spending``.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from .comparing import Measured
from .moments import Moments
from .spending import stopping

ALPHA, POWER = 0.05, 0.8


@dataclass(frozen=True, slots=True)
class Spread:
    """A figure before the experiment: its mean a person, and its variance with people's own past taken out.

    For a ratio, the variance is that of its linear form (delta method), a person. ``held``: the share of the
    variance that is left after the past is taken out.
    """

    n: int
    mean: float
    variance: float
    held: float


def spread_of(moments: Moments, measured: Measured) -> Spread:
    """From the moments of everybody in a time before."""
    plain = _variance(moments, measured.top, measured.bottom)
    left = plain
    if measured.top_before:
        past = _variance(moments, measured.top_before, measured.bottom_before)
        shared = _covariance(moments, measured)
        left = plain - shared**2 / past if past > 0 else plain
    mean = moments.mean(measured.top)
    if measured.bottom:
        below = moments.mean(measured.bottom)
        mean = mean / below if below else math.nan
    return Spread(moments.n, mean, max(left, 0.0), left / plain if plain > 0 else 1.0)


def people_needed(
    spread: Spread, effect: float, *, shares: tuple[float, float] = (0.5, 0.5), alpha: float = ALPHA,
    power: float = POWER,
) -> int:  # fmt: skip
    """How many in control and treatment together for an absolute effect; ``shares`` of the two sum to 1.

    Raise ValueError for an effect of zero.
    """
    if not effect:
        raise ValueError("No number of people shows an effect of zero.")
    per_person = spread.variance * (1 / shares[0] + 1 / shares[1])
    return math.ceil(per_person * (_drift(alpha, power) / effect) ** 2)


def smallest_effect(
    spread: Spread, people: int, *, shares: tuple[float, float] = (0.5, 0.5), alpha: float = ALPHA,
    power: float = POWER,
) -> float:  # fmt: skip
    """The absolute effect that so many people show with the power asked for; infinite for nobody."""
    if people <= 0:
        return math.inf
    return _drift(alpha, power) * standard_error(spread, people, shares)


def standard_error(spread: Spread, people: int, shares: tuple[float, float] = (0.5, 0.5)) -> float:
    """Of the difference between two groups that share so many people."""
    return math.sqrt(spread.variance * (1 / shares[0] + 1 / shares[1]) / people)


def power_at_end(drift: float, alpha: float = ALPHA) -> float:
    """The chance of seeing an effect of ``drift`` standard errors when it is read once, at the end."""
    edge = _quantile(1 - alpha / 2)
    return _below(drift - edge) + _below(-drift - edge)


def power_day_by_day(drift: float, fractions: Sequence[float], alpha: float = ALPHA) -> float:
    """The same chance when it is read at each of these looks and stopped at the first that shows it."""
    return stopping(fractions, alpha, drift)[-1]


def _drift(alpha: float, power: float) -> float:
    return _quantile(1 - alpha / 2) + _quantile(power)


def _variance(moments: Moments, top: str, bottom: str | None) -> float:
    if bottom is None:
        return moments.variance(top)
    below = moments.mean(bottom)
    if not below:
        return math.nan
    ratio = moments.mean(top) / below
    found = moments.variance(top) - 2 * ratio * moments.covariance(top, bottom)
    return (found + ratio**2 * moments.variance(bottom)) / below**2


def _covariance(moments: Moments, measured: Measured) -> float:
    """Of the linear forms of the figure and of its past."""
    assert measured.top_before is not None  # asked only where there is a past
    now = _linear(moments, measured.top, measured.bottom)
    then = _linear(moments, measured.top_before, measured.bottom_before)
    return sum(
        one * other * moments.covariance(name, past)
        for name, one in now.items()
        for past, other in then.items()
    )


def _linear(moments: Moments, top: str, bottom: str | None) -> dict[str, float]:
    if bottom is None:
        return {top: 1.0}
    below = moments.mean(bottom)
    if not below:
        return {top: math.nan}
    return {top: 1 / below, bottom: -moments.mean(top) / below**2}


def _below(value: float) -> float:
    return math.erfc(-value / math.sqrt(2)) / 2


def _quantile(share: float) -> float:
    from statistics import NormalDist

    return NormalDist().inv_cdf(share)
