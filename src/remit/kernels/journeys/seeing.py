"""Some of the events of a part, as if there were no others."""

import numpy as np
from numba import njit

from .columns import Array, Number, Part


@njit(cache=True, nogil=True)
def _mark_kept(codes: Array, kept: Array, marked: Array) -> None:
    """``marked`` uint16: codes with the mark of a tie only where a kept event of the same instant follows."""
    event, events = 0, len(codes)
    while event < events:
        stop = event + 1
        while codes[stop - 1] & 0x8000:
            stop += 1
        last = -1
        for place in range(event, stop):
            marked[place] = codes[place] & 0x7FFF
            if kept[place]:
                if last >= 0:
                    marked[last] |= 0x8000
                last = place
        event = stop


@njit(cache=True, nogil=True)
def count_values(first: Array, alive: Array, values: Array, mask: Number, counts: Array) -> None:
    """Add to ``counts`` int64 by value, seen through ``mask``, how many events of people alive have it."""
    for person in range(len(first) - 1):
        if alive[person]:
            for event in range(first[person], first[person + 1]):
                counts[values[event] & mask] += 1


def only(part: Part, kept: Array) -> Part:
    """The part with the ``kept`` events (bool) only; whoever has none of them is struck out."""
    marked = np.empty(len(part.codes), np.uint16)
    _mark_kept(part.codes, kept, marked)
    before = np.concatenate([[0], np.cumsum(kept)]).astype(np.int64)
    first = before[part.first]
    alive = part.alive * (np.diff(first) > 0).astype(np.uint8)
    others = {name: values[kept] for name, values in part.others.items()}
    return Part(first, alive, part.seconds[kept], marked[kept], others)


def seen_people(part: Part, kept: Array) -> Part:
    """The part in which only people whose first event is ``kept`` are alive; events stay where they are."""
    begins = np.minimum(part.first[:-1], max(len(kept) - 1, 0))
    seen = kept[begins] if len(kept) else np.zeros(len(begins), bool)
    alive = part.alive * (seen & (np.diff(part.first) > 0)).astype(np.uint8)
    return Part(part.first, alive, part.seconds, part.codes, part.others)
