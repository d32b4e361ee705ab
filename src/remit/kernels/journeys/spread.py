"""How long things took, in classes that add up: exact below 128 seconds, then 64 to each doubling."""

import numpy as np
from numba import njit

from .columns import Array, Number

EXACT_S = 128
CLASSES = EXACT_S + 64 * 25


@njit(cache=True, nogil=True)
def class_of(took_s: Number) -> Number:
    """The class of a duration (0 ≤ s < 2³²)."""
    doublings = 0
    while took_s >> doublings >= EXACT_S:
        doublings += 1
    return doublings * 64 + (took_s >> doublings)


def floor_of(number: Array | int) -> Array:
    """The shortest duration of each class, in seconds."""
    numbers = np.asarray(number, dtype=np.int64)
    doublings = np.maximum(numbers // 64 - 1, 0)
    return np.where(numbers < EXACT_S, numbers, (numbers - doublings * 64) << doublings)


@njit(cache=True, nogil=True)
def add_spreads(took_s: Array, spreads: Array) -> None:
    """Add durations int32 (people, steps) to ``spreads`` int64 (steps, CLASSES), of who came to the end.

    A step that was not reached has −1.
    """
    steps = took_s.shape[1]
    for row in range(len(took_s)):
        for step in range(steps):
            if took_s[row, steps - 1] >= 0 and took_s[row, step] >= 0:
                spreads[step, class_of(np.int64(took_s[row, step]))] += 1


def percentile(counts: Array, share: float) -> int | None:
    """The shortest duration that at least ``share`` of them do not exceed, by its class; None of none."""
    total = int(counts.sum())
    if not total:
        return None
    rank = max(1, int(np.ceil(share * total)))
    return int(floor_of(int(np.searchsorted(np.cumsum(counts), rank))))
