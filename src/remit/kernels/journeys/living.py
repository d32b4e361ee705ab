"""On how many days people come, and who is new, comes back, rises again or falls asleep."""

from numba import int64, njit, uint32, uint64

from .columns import Array, Number


@njit(cache=True, nogil=True)
def days_active(
    first: Array,
    alive: Array,
    seconds: Array,
    codes: Array,
    looked: Array,
    day_of: Array,
    period_of: Array,
    people: Array,
) -> None:
    """Add to ``people`` int64 (periods + 2, days + 1): how many were active on so many days of each period.

    ``looked`` uint8 by code: whether an event counts. ``day_of`` by quarter of an hour since 2000, 0 before
    the first day; ``period_of`` by day: 0 for days outside, then from 1.
    """
    for person in range(len(first) - 1):
        if not alive[person]:
            continue
        last, period, days = int64(0), int64(0), int64(0)
        for event in range(first[person], first[person + 1]):
            if not looked[codes[event] & 0x7FFF]:
                continue
            day = int64(day_of[uint64(seconds[event] // uint32(900))])
            if day == last:
                continue
            last = day
            if int64(period_of[day]) != period:
                people[period, days] += 1
                period, days = int64(period_of[day]), int64(0)
            days += 1
        people[period, days] += 1


@njit(cache=True, nogil=True)
def stages(
    first: Array,
    alive: Array,
    seconds: Array,
    codes: Array,
    looked: Array,
    period_of: Array,
    periods: Number,
    people: Array,
) -> None:
    """Add to ``people`` int64 (periods + 2, 4): new, returning, resurrected, dormant.

    ``period_of`` by quarter of an hour since 2000: 0 before, then 1 to ``periods``, then ``periods + 1``, of
    which 1 is only looked back upon: what came before it tells who is new.
    """
    for person in range(len(first) - 1):
        if not alive[person]:
            continue
        last = int64(-1)
        for event in range(first[person], first[person + 1]):
            if not looked[codes[event] & 0x7FFF]:
                continue
            period = int64(period_of[uint64(seconds[event] // uint32(900))])
            if period == last:
                continue
            if last < 0:
                people[period, 0] += 1
            elif period == last + 1 and last > 0:
                people[period, 1] += 1
            else:
                people[period, 2] += 1
            if last > 0 and period != last + 1:
                people[last + 1, 3] += 1
            last = period
        if 0 < last <= periods:
            people[last + 1, 3] += 1


@njit(cache=True, nogil=True)
def times_marked(
    first: Array,
    seconds: Array,
    codes: Array,
    marks: Array,
    by_code: bool,
    opens_s: Number,
    closes_s: Number,
    times: Array,
) -> None:
    """Add to ``times`` int64 by person: events with a mark in ``opens_s ≤ second < closes_s``.

    ``marks`` as ``chains`` takes them.
    """
    for person in range(len(first) - 1):
        for event in range(first[person], first[person + 1]):
            mark = marks[codes[event] & 0x7FFF] if by_code else marks[event]
            if mark and opens_s <= int64(seconds[event]) < closes_s:
                times[person] += 1
