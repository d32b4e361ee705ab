"""What chance does: the same reckoning with other sets of outlets than the one that was chosen.

Sets of as many outlets are drawn from all that are compared, those chosen among them, each is given its own
nearest ones, and its gap is taken. Where the chosen ones were drawn by lot this is Fisher's randomisation
test, exact whatever the figures are like (P. Rosenbaum, Observational Studies, 2002); otherwise it is the
placebo test of A. Abadie, A. Diamond and J. Hainmueller (2010). The interval is the test turned round: every
effect that, taken off the chosen ones, leaves nothing unusual.
"""

from dataclasses import dataclass
from itertools import combinations
from math import ceil, comb, floor

import numpy as np

from .comparing import Floats, Ints, NotComparable, gap, indexed, nearest

DRAWS = 499
ALPHA = 0.05
POWER = 0.8
LEAST_BEFORE = 4
WINDOWS = 12


@dataclass(frozen=True, slots=True)
class Chance:
    """``values``: the gap of each placebo; ``parts``: how much of an effect on the chosen ones is in it, from
    −1 (they are its controls) to 1 (they are it)."""

    values: Floats
    parts: Floats


@dataclass(frozen=True, slots=True)
class Judged:
    """``p``: the share of placebos, with the gap itself among them, that are as far from zero or farther.

    ``low``, ``high``: the interval of 1 − alpha; none where there are too few placebos to say. It holds zero
    exactly where p is above alpha.
    """

    value: float
    p: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Sight:
    """``smallest``: the effect seen in four of five cases, a share; ``power``: at the planned one;
    ``trials``: simulated pilots behind it."""

    smallest: float
    power: float
    trials: int


def sets_of(pool: Ints, size: int, draws: int, seed: int) -> list[Ints]:
    """Sets of the pool: each once where there are at most ``draws``, else as many by chance."""
    if pool.size < 2 * size:  # a set needs others beside it
        return []
    if comb(int(pool.size), size) <= draws:
        return [np.asarray(one) for one in combinations(pool.tolist(), size)]
    random = np.random.default_rng(seed)
    return [random.choice(pool, size, replace=False) for _ in range(draws)]


def placebos(
    paths: Floats, before: int, chosen: Ints, pool: Ints, count: int, *, synthetic: bool, draws: int = DRAWS,
    seed: int = 0,
) -> Chance:  # fmt: skip
    """Each set's gap, held against its own ``count`` nearest of all others. ``pool``: without the chosen."""
    everybody = np.sort(np.concatenate([chosen, pool]))
    values, parts = [], []
    for one in sets_of(everybody, chosen.size, draws, seed):
        if not np.isin(one, chosen).all():
            value, part = _alone(paths, before, one, everybody, count, synthetic, chosen)
            values.append(value)
            parts.append(part)
    return Chance(np.array(values, dtype=np.float64), np.array(parts, dtype=np.float64))


def _alone(
    paths: Floats, before: int, one: Ints, everybody: Ints, count: int, synthetic: bool, chosen: Ints
) -> tuple[float, float]:
    rest = everybody[~np.isin(everybody, one)]
    found = gap(paths, before, one, nearest(paths, before, one, rest, count), synthetic=synthetic)
    part = np.isin(one, chosen).mean() - found.weights[np.isin(found.controls, chosen)].sum()
    return found.value, float(part)


def judge(value: float, chance: Chance, alpha: float = ALPHA) -> Judged:
    """Hold a gap against those of the placebos.

    An effect d taken off the chosen ones leaves ``value - d`` to them and ``values - d * parts`` to a
    placebo. It is as far from zero for the d between (value − values) / (1 − parts) and
    (value + values) / (1 + parts), where that of the chosen ones is nothing; the interval is of all d that
    more than alpha of the sets cover.
    """
    as_far = int((np.abs(chance.values) >= abs(value)).sum())
    number = 1 + chance.values.size
    needed = floor(alpha * number + 1e-9)
    p = (1 + as_far) / number
    if not needed:
        return Judged(value, p, None, None)
    one = (value - chance.values) / np.maximum(1 - chance.parts, 1e-12)
    other = (value + chance.values) / np.maximum(1 + chance.parts, 1e-12)
    lows, highs = np.sort(np.minimum(one, other)), np.sort(np.maximum(one, other))
    return Judged(value, p, float(lows[needed - 1]), float(highs[-needed]))


def sight(
    figures: Floats, before: int, after: int, pool: Ints, size: int, count: int, planned: float, *,
    synthetic: bool, draws: int = DRAWS, alpha: float = ALPHA, seed: int = 0,
) -> Sight:  # fmt: skip
    """How small an effect would be seen, by pilots tried on the past, in which nothing was changed.

    ``pool``: all that are compared, the chosen ones among them. ``figures``: weeks before the start only, of
    which each window of ``before + after`` is taken for a pilot (``before`` is shortened where the past is
    short), at most twelve of them. An effect of share d raises a set's gap by d times its level after the
    start; it is seen where the gap then exceeds what chance reaches. A fall is to be seen as well as a rise:
    the worse of both counts for ``smallest``. Raise NotComparable.
    """
    weeks = figures.shape[1]
    kept = min(before, weeks - after)
    if kept < LEAST_BEFORE:
        raise NotComparable("The past is too short to try pilots on it.")
    starts = np.unique(np.linspace(0, weeks - kept - after, WINDOWS).round().astype(int))
    values, levels, fewest = [], [], pool.size
    for number, first in enumerate(starts):
        paths = indexed(figures[:, first : first + kept + after], kept)
        whole = pool[np.isfinite(paths[pool]).all(axis=1)]
        sets = sets_of(whole, size, ceil(draws / len(starts)), seed + number)
        fewest = min(fewest, comb(int(whole.size), size) if sets else 0)
        for one in sets:
            values.append(_alone(paths, kept, one, whole, count, synthetic, one)[0])
            levels.append(float(paths[one, kept:].mean()))
    if floor(alpha * fewest + 1e-9) < 1:  # as many sets as a reading will have
        raise NotComparable("There are too few others to say what chance does.")
    chance, level = np.array(values), np.maximum(np.array(levels), 1e-9)
    reach = float(np.sort(np.abs(chance))[-max(floor(alpha * (1 + chance.size) + 1e-9), 1)])
    needed = [float(np.quantile((reach - sign * chance) / level, POWER)) for sign in (1, -1)]
    sign = -1 if planned < 0 else 1
    power = float((sign * chance + abs(planned) * level > reach).mean())
    return Sight(max(needed), power, int(chance.size))
