"""Whether a share is smaller than another one, and what is left of that among many comparisons.

Sources: Fisher, The logic of inductive inference (1935); Holm, A simple sequentially rejective multiple test
procedure (1979); Agresti, Categorical Data Analysis (3rd ed.), chapter 3.
"""

import math
from collections.abc import Sequence
from statistics import NormalDist

EXPECTED_LEAST = 5


def smaller_share(some: int, of: int, others: int, of_others: int) -> float:
    """One-sided p-value of ``some / of`` being smaller than ``others / of_others`` by chance; 1 of nobody.

    The z-test with pooled variance; Fisher's exact test where a count to be expected is below five.
    """
    whole, all_of = some + others, of + of_others
    if not of or not of_others or whole in (0, all_of):
        return 1.0
    pooled = whole / all_of
    if min(pooled, 1 - pooled) * min(of, of_others) < EXPECTED_LEAST:
        return _fisher(some, of, whole, all_of)
    error = math.sqrt(pooled * (1 - pooled) * (1 / of + 1 / of_others))
    return NormalDist().cdf((some / of - others / of_others) / error)


def _fisher(some: int, of: int, whole: int, all_of: int) -> float:
    """The chance of ``some`` or fewer among ``of`` when ``whole`` of ``all_of`` are dealt out at random."""
    least = max(0, of - (all_of - whole))
    logs = [
        _log_choose(whole, count) + _log_choose(all_of - whole, of - count) - _log_choose(all_of, of)
        for count in range(least, some + 1)
    ]
    return min(1.0, math.fsum(math.exp(one) for one in logs))


def _log_choose(of: int, count: int) -> float:
    return math.lgamma(of + 1) - math.lgamma(count + 1) - math.lgamma(of - count + 1)


def holm(chances: Sequence[float]) -> list[float]:
    """p-values corrected for being so many, in the same order: below α, all of them together err with α."""
    order = sorted(range(len(chances)), key=chances.__getitem__)
    corrected = [1.0] * len(chances)
    worst = 0.0
    for rank, place in enumerate(order):
        worst = max(worst, min(1.0, (len(chances) - rank) * chances[place]))
        corrected[place] = worst
    return corrected
