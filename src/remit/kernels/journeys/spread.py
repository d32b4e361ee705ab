"""How long things took, in classes that add up: exact below 128 seconds, then 64 to each doubling."""

import numpy as np

from .columns import Array

EXACT_S = 128
CLASSES = EXACT_S + 64 * 25


def class_of(took_s: Array) -> Array:
    """The class of each duration (seconds, 0 ≤ s < 2³²), int64."""
    values = np.asarray(took_s, dtype=np.int64)
    doublings = np.maximum(np.frexp(np.maximum(values, 1).astype(np.float64))[1] - 7, 0)
    return np.where(values < EXACT_S, values, (doublings * 64) + (values >> doublings))


def floor_of(number: Array | int) -> Array:
    """The shortest duration of each class, in seconds."""
    numbers = np.asarray(number, dtype=np.int64)
    doublings = np.maximum(numbers // 64 - 1, 0)
    return np.where(numbers < EXACT_S, numbers, (numbers - doublings * 64) << doublings)


def spread(took_s: Array) -> Array:
    """How many durations fall in each class, int64 (CLASSES)."""
    return np.bincount(class_of(took_s), minlength=CLASSES)


def percentile(counts: Array, share: float) -> int | None:
    """The shortest duration that at least ``share`` of them do not exceed, by its class; None of none."""
    total = int(counts.sum())
    if not total:
        return None
    rank = max(1, int(np.ceil(share * total)))
    return int(floor_of(int(np.searchsorted(np.cumsum(counts), rank))))
