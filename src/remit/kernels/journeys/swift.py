"""The funnel that most people ask: steps in order, each event fits one step at most, tied events together.

Without a branch that depends on the data but for ties: a processor that guesses wrong half the time spends
more on that than on all the rest.
"""

import numpy as np
from numba import int64, njit, uint64

from .columns import Array, Number

NONE = -(1 << 40)


@njit(cache=True, nogil=True)
def furthest_steps(
    first: Array,
    alive: Array,
    seconds: Array,
    codes: Array,
    step_of: Array,
    steps: Number,
    window_s: Number,
    opens_s: Number,
    closes_s: Number,
    out: Array,
) -> None:
    """Write how many steps each person reaches to ``out`` (uint8, people); 0 for who is struck out.

    ``step_of``: uint8 by code, ``steps`` where it fits none. Chains begin in ``opens_s ≤ second < closes_s``.
    ``start[k]`` is the latest start of a chain that has filled k steps; ``start[0]`` the event at hand.
    """
    start = np.full(steps + 2, NONE, np.int64)
    span, one = uint64(closes_s - opens_s), uint64(1)
    for person in range(len(first) - 1):
        reached = 0
        if alive[person]:
            at, end = uint64(first[person]), uint64(first[person + 1])
            for step in range(steps + 1):
                start[step] = NONE
            while at < end:
                code = codes[at]
                if code & 0x8000:
                    at = _tied(seconds, codes, step_of, start, at, steps, window_s, opens_s, span)
                    continue
                fits = uint64(step_of[code])
                second = int64(seconds[at])
                start[0] = second if uint64(second - opens_s) < span else NONE
                before, kept = start[fits], start[fits + one]
                start[fits + one] = before if second - before <= window_s else kept
                at += one
            for step in range(1, steps + 1):
                reached += start[step] > NONE
        out[person] = reached


@njit(cache=True, nogil=True)
def _tied(
    seconds: Array,
    codes: Array,
    step_of: Array,
    start: Array,
    at: Number,
    steps: Number,
    window_s: Number,
    opens_s: Number,
    span: Number,
) -> Number:
    """Events of one instant in the order of their steps; return where the next instant begins."""
    end, one = at, uint64(1)
    while codes[end] & 0x8000:
        end += one
    here = 0
    for place in range(at, end + one):
        fits = step_of[codes[place] & 0x7FFF]
        if fits < steps:
            here |= 1 << fits
    second = int64(seconds[at])
    start[0] = second if uint64(second - opens_s) < span else NONE
    for step in range(steps):
        if here >> step & 1 and second - start[step] <= window_s:
            start[step + 1] = start[step]
    return end + one
