"""How long the demonstration's campaigns take to be measured: ``REMIT_HOME=var python -m bench.effects``.

Beside it a plain peer: the sums of each campaign by one statement over all order lines, and everybody
compared with everybody by sorting. Both have to find the same effects. Nothing is written.
"""

import os
import sys
import time
from typing import Any

import django
import numpy as np

LEAST_TIMES_FASTER = 2.0


def main() -> int:
    """1 when the two differ, or ours is not clearly faster."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "remit.config.settings")
    django.setup()
    began = time.perf_counter()
    ours = measured_all(plain=False)
    between = time.perf_counter()
    theirs = measured_all(plain=True)
    ours_s, theirs_s = between - began, time.perf_counter() - between
    same = ours == theirs
    print(f"{len(ours)} campaigns: {ours_s:.2f} s, a plain peer {theirs_s:.2f} s ({theirs_s / ours_s:.1f} ×)")
    print("the same effects" if same else "they differ")
    return 0 if same and theirs_s >= LEAST_TIMES_FASTER * ours_s else 1


def measured_all(*, plain: bool) -> dict[str, Any]:
    """The effect of each campaign that has ended, by its code."""

    from remit.kernels import matching
    from remit.org.queries.today import today
    from remit.planning.queries import households
    from remit.planning.queries.effects import ended_campaigns
    from remit.planning.queries.measurement import measured, overlapping

    opened, nearest = households.OPENED, matching.nearest
    if plain:
        households.OPENED = opened.replace("CREATE TEMP TABLE daily", "CREATE TEMP VIEW daily")
        matching.nearest = all_pairs
    found = {}
    try:
        for unit, campaigns in ended_campaigns(today()).items():
            with households.ledger_of(unit) as ledger:
                for one in campaigns:
                    values = measured(ledger, one, overlapping(one, campaigns)).values
                    found[one.code] = values.get("effect")
    finally:
        households.OPENED, matching.nearest = opened, nearest
    return found


def all_pairs(points: Any, pool: Any, count: int, caliper: float, own: Any = None) -> Any:
    """The nearest by comparing with all and sorting, one point after another."""
    out = np.full((len(points), count), -1, dtype=np.int64)
    for row, point in enumerate(points):
        gaps = np.abs(pool - point)
        far = sum(gaps[:, trait] ** 2 for trait in range(pool.shape[1]))
        far[(gaps > caliper).any(axis=1)] = np.inf
        if own is not None:
            far[own[row]] = np.inf
        best = np.lexsort((np.arange(len(pool)), pool[:, 0], far))[:count]
        best = best[np.isfinite(far[best])]
        out[row, : best.size] = best
    return out


if __name__ == "__main__":
    sys.exit(main())
