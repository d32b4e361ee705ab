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
    periods: Number,
    each: bool,
    rolling: bool,
    sizes: Array,
    returned: Array,
) -> None:
    """Add the people of a part to ``sizes`` int64 (cohorts) and ``returned`` int64 (cohorts, periods after).

    ``role_of`` uint8 by code: 1 starts, 2 returns, 3 both. ``period_of`` by quarter of an hour since 2000,
    for every event of the part: 0 before, then 1 to ``periods``, then ``periods + 1``.
    """
    words = (periods + 1) // 64 + 1
    came, started = np.zeros(words, np.uint64), np.zeros(words, np.uint64)
    eights = np.zeros((periods + 1, 8, 256), np.int64) if words == 1 else np.zeros((1, 8, 256), np.int64)
    for person in range(len(first) - 1):
        if not alive[person]:
            continue
        at, end = uint64(first[person]), uint64(first[person + 1])
        if words == 1:
            started[0], came[0] = _periods_of(at, end, seconds, codes, role_of, period_of)
        else:
            _many_periods_of(at, end, seconds, codes, role_of, period_of, started, came)
        for cohort in range(periods + 1):
            if started[cohort >> 6] >> uint64(cohort & 63) & uint64(1):
                if cohort and words == 1:
                    _keep(came[0] >> uint64(cohort), periods - cohort, rolling, eights[cohort])
                elif cohort:
                    _add(cohort, came, periods, rolling, sizes, returned)
                if not each:
                    break
    if words == 1:
        _unpack(eights, periods, sizes, returned)


@njit(cache=True, nogil=True)
def _periods_of(
    at: Number, end: Number, seconds: Array, codes: Array, role_of: Array, period_of: Array
) -> Number:
    """A bit for each period with a start, and with a return: in registers, since that is most of the time."""
    started, came, one = uint64(0), uint64(0), uint64(1)
    while at < end:
        role = uint64(role_of[codes[at] & 0x7FFF])
        period = uint64(period_of[uint64(seconds[at] // uint32(900))])
        started |= (role & one) << period
        came |= (role >> one) << period
        at += one
    return started, came


@njit(cache=True, nogil=True)
def _keep(came: Number, reach: Number, rolling: bool, eights: Array) -> None:
    """Count one person by eight periods at a time: ``eights`` (8, 256), by the bits of each eight."""
    came &= (uint64(1) << uint64(reach + 1)) - uint64(1)
    if rolling:
        for shift in (1, 2, 4, 8, 16, 32):
            came |= came >> uint64(shift)
    for eight in range((reach >> 3) + 1):
        eights[eight, came & uint64(255)] += 1
        came >>= uint64(8)


@njit(cache=True, nogil=True)
def _unpack(eights: Array, periods: Number, sizes: Array, returned: Array) -> None:
    for cohort in range(1, periods + 1):
        for eight in range((periods - cohort >> 3) + 1):
            for bits in range(256):
                people = eights[cohort, eight, bits]
                sizes[cohort - 1] += people if eight == 0 else 0
                for bit in range(8 if people else 0):
                    if bits >> bit & 1:
                        returned[cohort - 1, eight * 8 + bit] += people


@njit(cache=True, nogil=True)
def _many_periods_of(
    at: Number,
    end: Number,
    seconds: Array,
    codes: Array,
    role_of: Array,
    period_of: Array,
    started: Array,
    came: Array,
) -> None:
    """The same for more periods than a word has bits."""
    for word in range(len(came)):
        started[word], came[word] = 0, 0
    for event in range(at, end):
        role = uint64(role_of[codes[event] & 0x7FFF])
        period = int64(period_of[uint64(seconds[event] // uint32(900))])
        bit = uint64(period & 63)
        started[period >> 6] |= (role & uint64(1)) << bit
        came[period >> 6] |= (role >> uint64(1)) << bit


@njit(cache=True, nogil=True)
def _add(cohort: Number, came: Array, periods: Number, rolling: bool, sizes: Array, returned: Array) -> None:
    """Count one person; periods and cohorts count from 1, as their bits do."""
    row = returned[cohort - 1]
    sizes[cohort - 1] += 1
    last = cohort - 1
    for period in range(cohort, periods + 1):
        back = int64(came[period >> 6] >> uint64(period & 63) & uint64(1))
        if rolling:
            last = period if back else last
        else:
            row[period - cohort] += back
    for period in range(cohort, last + 1):
        row[period - cohort] += 1
