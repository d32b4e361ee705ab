"""The funnel that most people ask: steps in order, each event fits one step at most, tied events together.

Without a branch that depends on the data but for ties: a processor that guesses wrong half the time spends
more on that than on all the rest.
"""

import numpy as np
from numba import int64, njit, uint64

from .columns import Array, Number
from .spread import class_of

NONE = -(1 << 40)


@njit(cache=True, nogil=True)
def funnel_in_order(
    first: Array,
    alive: Array,
    seconds: Array,
    codes: Array,
    step_of: Array,
    steps: Number,
    window_s: Number,
    opens_s: Number,
    closes_s: Number,
    furthest: Array,
    spreads: Array,
) -> None:
    """Add the people of a part to ``furthest`` int64 (steps + 1), by how many steps they reach.

    Of those who reach all, add the seconds to each step to ``spreads`` int64 (steps, classes of durations).
    ``step_of``: uint8 by code, ``steps`` where it fits none. Chains begin in ``opens_s ≤ second < closes_s``.
    ``start[k]`` is the latest start of a chain that has filled k steps; ``start[0]`` the event at hand.
    """
    start = np.full(steps + 2, NONE, np.int64)
    span, one = uint64(closes_s - opens_s), uint64(1)
    for person in range(len(first) - 1):
        if not alive[person]:
            continue
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
        reached = 0
        for step in range(1, steps + 1):
            reached += start[step] > NONE
        furthest[reached] += 1
        if reached == steps:
            at = uint64(first[person])
            _times(seconds, codes, step_of, start, at, steps, window_s, opens_s, span, spreads)


@njit(cache=True, nogil=True)
def _times(
    seconds: Array,
    codes: Array,
    step_of: Array,
    start: Array,
    at: Number,
    steps: Number,
    window_s: Number,
    opens_s: Number,
    span: Number,
    spreads: Array,
) -> None:
    """Once more over the events of somebody who reaches every step, until the last is reached."""
    for step in range(steps + 1):
        start[step] = NONE
    reached, one = 0, uint64(1)
    while reached < steps:
        second = int64(seconds[at])
        if codes[at] & 0x8000:
            at = _tied(seconds, codes, step_of, start, at, steps, window_s, opens_s, span)
        else:
            fits = uint64(step_of[codes[at]])
            start[0] = second if uint64(second - opens_s) < span else NONE
            if second - start[fits] <= window_s:
                start[fits + one] = start[fits]
            at += one
        while reached < steps and start[reached + 1] > NONE:
            reached += 1
            spreads[reached - 1, class_of(second - start[reached])] += 1


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
