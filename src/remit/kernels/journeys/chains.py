"""Funnels of every kind: steps that share events, optional ones, exclusions, strict and any order."""

from typing import Final

import numpy as np
from numba import njit

from .columns import Array, Number

ORDERED: Final = 0
STRICT: Final = 1
ANY: Final = 2
EXCLUDES_FROM: Final = 20
EXCLUSIONS_MAX: Final = 8
STEP_BITS: Final = (1 << EXCLUDES_FROM) - 1


@njit(cache=True, nogil=True)
def chains(
    first: Array,
    people: Array,
    seconds: Array,
    codes: Array,
    marks: Array,
    optional: Array,
    ends: Array,
    terms: Array,
    reached: Array,
    took: Array,
    began: Array,
    ended: Array,
) -> None:
    """Follow the rows ``people`` of a part (int64).

    ``marks`` uint32 by event, or by code where ``terms[6]``: bit k for each step that it fits, bit 20 + n for
    exclusion n. ``optional`` uint8 by step; ``ends`` uint32 by exclusion: bit k where chains end that have
    step k as their furthest. ``terms`` int64: order, later, first_only, window, opens, closes (s), by code.
    Out, by row: ``reached`` uint32, bit k for each step; ``took`` int32 (people, steps), −1 where not
    reached; ``began`` and ``ended`` int64: first and last event of the chain that reached the furthest
    step first, or −1.
    """
    steps = len(optional)
    slots = np.empty(steps, np.int64)
    before = np.empty(steps, np.int64)
    begins = np.empty(steps, np.int64)
    done = np.empty(steps, np.int64)
    for row in range(len(people)):
        start, end = first[people[row]], first[people[row] + 1]
        _clear(begins)
        if terms[0] == ANY:
            _any_order(start, end, seconds, codes, marks, terms, slots, before, begins, done)
        else:
            _in_order(start, end, seconds, codes, marks, optional, ends, terms, slots, before, begins, done)
        _write(row, seconds, begins, done, reached, took, began, ended)


@njit(cache=True, nogil=True)
def _write(
    row: Number,
    seconds: Array,
    begins: Array,
    done: Array,
    reached: Array,
    took: Array,
    began: Array,
    ended: Array,
) -> None:
    reached[row], began[row], ended[row] = 0, -1, -1
    for step in range(len(begins)):
        took[row, step] = -1
        if begins[step] >= 0:
            reached[row] |= np.uint32(1 << step)
            took[row, step] = np.int64(seconds[done[step]]) - np.int64(seconds[begins[step]])
            began[row], ended[row] = begins[step], done[step]


@njit(cache=True, nogil=True)
def _clear(slots: Array) -> None:
    """A loop, since an assignment to a slice takes a second to compile, each time."""
    for step in range(len(slots)):
        slots[step] = -1


@njit(cache=True, nogil=True)
def _copy(slots: Array, to: Array) -> None:
    for step in range(len(slots)):
        to[step] = slots[step]


@njit(cache=True, nogil=True)
def _mark(event: Number, codes: Array, marks: Array, terms: Array) -> Number:
    return np.int64(marks[codes[event] & 0x7FFF] if terms[6] else marks[event])


@njit(cache=True, nogil=True)
def _instant_ends(codes: Array, at: Number) -> Number:
    """Where the next instant begins."""
    while codes[at] & 0x8000:
        at += 1
    return at + 1


@njit(cache=True, nogil=True)
def _rank(mark: Number, steps: Number) -> Number:
    """Where an event stands among tied ones: by its first step, then what excludes, then the rest."""
    for step in range(steps):
        if mark >> step & 1:
            return step
    return steps if mark else steps + 1


@njit(cache=True, nogil=True)
def _in_order(
    start: Number,
    end: Number,
    seconds: Array,
    codes: Array,
    marks: Array,
    optional: Array,
    ends: Array,
    terms: Array,
    slots: Array,
    before: Array,
    begins: Array,
    done: Array,
) -> None:
    """``slots[k]``: the event that began the latest chain whose furthest step is k; −1 without."""
    steps = len(slots)
    _clear(slots)
    seen = False
    at = start
    while at < end:
        stop = _instant_ends(codes, at)
        _copy(slots, before)
        for rank in range(steps + 2) if stop - at > 1 else range(1):
            for event in range(at, stop):
                mark = _mark(event, codes, marks, terms)
                if stop - at > 1 and _rank(mark, steps) != rank:
                    continue
                if not mark and terms[0] == ORDERED:
                    continue
                if not terms[1]:
                    _copy(slots, before)
                _fill(event, mark, seconds, optional, terms, seen, slots, before, begins, done)
                seen = seen or bool(mark & 1)
                if mark > STEP_BITS:
                    _exclude(mark, ends, slots)
        at = stop


@njit(cache=True, nogil=True)
def _fill(
    event: Number,
    mark: Number,
    seconds: Array,
    optional: Array,
    terms: Array,
    seen: bool,
    slots: Array,
    before: Array,
    begins: Array,
    done: Array,
) -> None:
    """Hand starts on from ``before`` to ``slots``, for each step that the event fits."""
    if terms[0] == STRICT:
        _clear(slots)
    second = np.int64(seconds[event])
    for step in range(len(slots)):
        if not mark >> step & 1:
            continue
        latest: Number = np.int64(-1)
        if step == 0 and terms[4] <= second < terms[5] and not (terms[2] and seen):
            latest = event
        back = step - 1
        while back >= 0:
            if before[back] > latest and second - np.int64(seconds[before[back]]) <= terms[3]:
                latest = before[back]
            if not optional[back]:
                break
            back -= 1
        if latest < 0:
            continue
        slots[step] = max(slots[step], latest)
        if begins[step] < 0:
            begins[step], done[step] = latest, event


@njit(cache=True, nogil=True)
def _exclude(mark: Number, ends: Array, slots: Array) -> None:
    for number in range(len(ends)):
        if mark >> (EXCLUDES_FROM + number) & 1:
            for step in range(len(slots)):
                if ends[number] >> step & 1:
                    slots[step] = -1


@njit(cache=True, nogil=True)
def _any_order(
    start: Number,
    end: Number,
    seconds: Array,
    codes: Array,
    marks: Array,
    terms: Array,
    slots: Array,
    held: Array,
    begins: Array,
    done: Array,
) -> None:
    """``slots[k]``: the last event that fits step k; ``begins[n]``: of the first chain of n + 1 steps.

    A chain that ends here takes each step's last event; one of them has to lie before the period closes.
    """
    steps = len(slots)
    _clear(slots)
    opener: Number = np.int64(-1)
    at = start
    while at < end:
        stop = _instant_ends(codes, at)
        excluded = False
        for event in range(at, stop):
            mark = _mark(event, codes, marks, terms)
            excluded = excluded or mark > STEP_BITS
            second = np.int64(seconds[event])
            if not mark & STEP_BITS or second < terms[4]:
                continue
            slots[_rank(mark, steps)] = event
            if second < terms[5]:
                opener = event
            if opener >= 0 and second - np.int64(seconds[opener]) <= terms[3]:
                _count(event, second, seconds, terms[3], slots, held, opener, begins, done)
        if excluded:
            _clear(slots)
            opener = -1
        at = stop


@njit(cache=True, nogil=True)
def _count(
    event: Number,
    second: Number,
    seconds: Array,
    window_s: Number,
    slots: Array,
    held: Array,
    opener: Number,
    begins: Array,
    done: Array,
) -> None:
    """Steps inside the window that ends at ``event``: the n latest make the shortest chain of n."""
    count = 0
    for step in range(len(slots)):
        if slots[step] >= 0 and second - np.int64(seconds[slots[step]]) <= window_s:
            held[count] = slots[step]
            count += 1
    for size in range(count):
        for other in range(size + 1, count):  # by hand: few, and np.sort takes seconds to compile
            if held[other] > held[size]:
                held[size], held[other] = held[other], held[size]
        if begins[size] < 0:
            begins[size], done[size] = min(held[size], opener), event
