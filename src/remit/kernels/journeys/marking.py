"""What an event is to a question: one number for each, from its name and its further columns."""

import numpy as np
from numba import njit

from .columns import TIED, Array, Part


@njit(cache=True, nogil=True)
def marks_of(codes: Array, mark_of: Array, out: Array) -> None:
    """``out`` uint32 by event: ``mark_of`` (uint32 by code) of its name."""
    for event in range(len(codes)):
        out[event] = mark_of[codes[event] & 0x7FFF]


@njit(cache=True, nogil=True)
def keep_marks(values: Array, kept: Array, out: Array) -> None:
    """Take from ``out`` the bits that the event's value (uint16) does not keep: ``kept`` uint32 by value."""
    for event in range(len(values)):
        out[event] &= kept[values[event]]


@njit(cache=True, nogil=True)
def _sort_into(
    first: Array, codes: Array, values: Array, counts: Array, taken: Array, order: Array, tied: Array
) -> None:
    """``order``: events of each person by value, each value's by instant; ``tied`` 1 with the next one."""
    instant = np.empty(len(codes), np.int64)
    number = 0
    for event in range(len(codes)):
        instant[event] = number
        if not codes[event] & 0x8000:
            number += 1
    for person in range(len(first) - 1):
        start, end = first[person], first[person + 1]
        for event in range(start, end):
            counts[values[event]] += 1
        place = start
        for event in range(start, end):  # values in the order in which the person has them
            value = values[event]
            if counts[value]:
                taken[value] = place
                place += counts[value]
                counts[value] = 0
        for event in range(start, end):
            order[taken[values[event]]] = event
            taken[values[event]] += 1
    for place in range(len(order) - 1):
        tied[place] = instant[order[place]] == instant[order[place + 1]]


def apart_by_value(part: Part, values: Array, marks: Array) -> tuple[Part, Array, Array, Array]:
    """The same events with each person split by value, as if each value were a person of its own.

    Return the part, marks in its order, and for each of its people the value and the row of the person.
    """
    size = int(values.max(initial=0)) + 1
    order = np.empty(len(values), np.int64)
    tied = np.zeros(len(values), np.uint8)
    empty = np.zeros(size, np.int64)
    _sort_into(part.first, part.codes, values, empty, empty.copy(), order, tied)
    sorted_values = values[order]
    heads = np.zeros(len(order), bool)
    heads[part.first[:-1][np.diff(part.first) > 0]] = True
    heads[1:] |= sorted_values[1:] != sorted_values[:-1]
    begins = np.flatnonzero(heads)
    tied[begins[begins > 0] - 1] = 0
    first = np.append(begins, len(order)).astype(np.int64)
    person = np.searchsorted(part.first, begins, side="right") - 1
    codes = (part.codes[order] & (TIED - 1)) | (tied.astype(np.uint16) * np.uint16(TIED))
    split = Part(first, part.alive[person], part.seconds[order], codes)
    return split, marks[order], sorted_values[begins], person
