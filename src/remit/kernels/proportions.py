"""Whether a share is smaller than another one.

Sources: Fisher, The logic of inductive inference (1935); Agresti,
Categorical Data Analysis (3rd ed.), chapter 3.
"""

import math
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
        from scipy.stats import hypergeom  # half a second to load, and only where people are few

        return float(hypergeom.cdf(some, all_of, whole, of))
    error = math.sqrt(pooled * (1 - pooled) * (1 / of + 1 / of_others))
    return NormalDist().cdf((some / of - others / of_others) / error)
