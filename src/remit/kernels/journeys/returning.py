"""Who came back: cohort by period."""

import numpy as np
from numba import int64, njit, uint32, uint64

from .columns import Array, Number

QUARTER_S = 900


@njit(cache=True, nogil=True)
def returns(
    first: Array,
    alive: Array,
    seconds: Array,
    codes: Array,
    role_of: Array,
    period_of: Array,
    opens_quarter: Number,
    periods: Number,
    each: bool,
    rolling: bool,
    sizes: Array,
    returned: Array,
) -> None:
    """Add the people of a part to ``sizes`` int64 (cohorts) and ``returned`` int64 (cohorts, periods after).

    ``role_of`` uint8 by code: 1 starts, 2 returns, 3 both. ``period_of`` uint16 by quarter of an hour from
    ``opens_quarter``; its last entry, and whatever lies outside, is ``periods``: none.
    """
    words = periods // 64 + 1
    came, started = np.zeros(words, np.uint64), np.zeros(words, np.uint64)
    outside, unset = uint32(len(period_of) - 1), int64(periods + 1)
    opens = uint32(opens_quarter)
    for person in range(len(first) - 1):
        if not alive[person]:
            continue
        came[:] = 0
        started[:] = 0
        cohort = unset
        at, end = uint64(first[person]), uint64(first[person + 1])
        while at < end:
            role = uint64(role_of[codes[at] & 0x7FFF])
            quarter = uint32(seconds[at] // uint32(900)) - opens
            period = uint64(period_of[min(uint32(quarter), outside)])
            word, bit = period >> uint64(6), period & uint64(63)
            came[word] |= (role >> uint64(1)) << bit
            starts = role & uint64(1)
            started[word] |= starts << bit
            cohort = int64(period) if starts and cohort == unset else cohort
            at += uint64(1)
        if each:
            for other in range(periods):
                if started[other >> 6] >> uint64(other & 63) & uint64(1):
                    _add(other, came, periods, rolling, sizes, returned)
        elif cohort < periods:
            _add(cohort, came, periods, rolling, sizes, returned)


@njit(cache=True, nogil=True)
def _add(cohort: Number, came: Array, periods: Number, rolling: bool, sizes: Array, returned: Array) -> None:
    sizes[cohort] += 1
    last = cohort - 1
    for period in range(cohort, periods):
        back = int64(came[period >> 6] >> uint64(period & 63) & uint64(1))
        returned[cohort, period - cohort] += 0 if rolling else back
        if back:
            last = period
    if rolling:
        for period in range(cohort, last + 1):
            returned[cohort, period - cohort] += 1
