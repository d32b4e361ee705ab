"""Sorted runs of events of each person become one."""

import numpy as np
from numba import njit

from .columns import Array


@njit(cache=True, nogil=True)
def merged_order(
    olds: Array,
    news: Array,
    seconds: Array,
    within: Array,
    first: Array,
    order: Array,
) -> None:
    """Which event comes where, by (second, within): ``order`` int64 (events), ``first`` int64 (people + 1).

    ``olds`` and ``news`` int64 (people, 2): where each person's two runs begin and end in ``seconds`` and
    ``within``. Of equal events the old one comes first.
    """
    place = 0
    for person in range(len(olds)):
        first[person] = place
        old, old_end = olds[person, 0], olds[person, 1]
        new, new_end = news[person, 0], news[person, 1]
        while old < old_end and new < new_end:
            earlier = seconds[new] < seconds[old] or (
                seconds[new] == seconds[old] and within[new] < within[old]
            )
            if earlier:
                order[place] = new
                new += 1
            else:
                order[place] = old
                old += 1
            place += 1
        while old < old_end:
            order[place] = old
            old += 1
            place += 1
        while new < new_end:
            order[place] = new
            new += 1
            place += 1
    first[len(olds)] = place


@njit(cache=True, nogil=True)
def order_within(first: Array, seconds: Array, within: Array, order: Array) -> None:
    """Each person's events by (second, within): ``order`` int64 (events). Equal ones stay as they stand."""
    for person in range(len(first) - 1):
        begin, end = first[person], first[person + 1]
        instants = np.empty(end - begin, np.uint64)
        for event in range(begin, end):
            instants[event - begin] = np.uint64(seconds[event]) << np.uint64(32) | np.uint64(within[event])
        order[begin:end] = np.argsort(instants, kind="mergesort") + begin


@njit(cache=True, nogil=True)
def mark_tied(first: Array, seconds: Array, instants: Array, codes: Array) -> None:
    """Set the mark on each event of ``codes`` whose next one, of the same person, has the same instant.

    ``instants``: the part of a second, of any unit.
    """
    for person in range(len(first) - 1):
        for event in range(first[person], first[person + 1]):
            name = codes[event] & np.uint16(0x7FFF)
            if event + 1 < first[person + 1]:
                same = seconds[event] == seconds[event + 1] and instants[event] == instants[event + 1]
                name |= np.uint16(0x8000 if same else 0)
            codes[event] = name
