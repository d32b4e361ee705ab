"""Who touched a person before a conversion, and what each of them is credited with."""

from typing import Final

import numpy as np
from numba import float64, int64, njit, uint64

from .columns import Array, Number

RULES: Final = ("first", "last", "linear", "position", "time_decay", "shapley")
ENDS_SHARE: Final = 0.4
FEW: Final = 16


@njit(cache=True, nogil=True)
def settle_ties(codes: Array, nodes: Array) -> None:
    """Sort ``nodes`` within each run of tied events, in place."""
    at, events = 0, len(codes)
    while at < events:
        stop = at + 1
        while codes[stop - 1] & 0x8000:
            stop += 1
        if stop - at > FEW:
            _heap_sort(nodes, at, stop)
        elif stop - at > 1:
            for place in range(at + 1, stop):
                node = nodes[place]
                low = place
                while low > at and nodes[low - 1] > node:
                    nodes[low] = nodes[low - 1]
                    low -= 1
                nodes[low] = node
        at = stop


@njit(cache=True, nogil=True)
def _heap_sort(nodes: Array, at: Number, stop: Number) -> None:
    """By hand, since np.sort takes seconds to compile; a million events may share one instant."""
    count = stop - at
    for root in range(count // 2 - 1, -1, -1):
        _sift(nodes, at, root, count)
    for end in range(count - 1, 0, -1):
        nodes[at], nodes[at + end] = nodes[at + end], nodes[at]
        _sift(nodes, at, 0, end)


@njit(cache=True, nogil=True)
def _sift(nodes: Array, at: Number, root: Number, end: Number) -> None:
    while 2 * root + 1 < end:
        child = 2 * root + 1
        if child + 1 < end and nodes[at + child + 1] > nodes[at + child]:
            child += 1
        if nodes[at + root] >= nodes[at + child]:
            return
        nodes[at + root], nodes[at + child] = nodes[at + child], nodes[at + root]
        root = child


@njit(cache=True, nogil=True)
def touch_nodes(
    first: Array,
    alive: Array,
    codes: Array,
    marks: Array,
    by_code: bool,
    values: Array,
    node_of: Array,
    converts: Number,
    nodes: Array,
) -> Number:
    """Set ``nodes`` uint16 by event: the channel (from 1) of a touch, ``converts`` of a conversion.

    ``nodes`` comes as zeros. ``marks`` as ``chains`` takes them: bit 0 a touch, bit 1 a conversion.
    ``node_of`` uint16 by value. Return how many touches have no channel.
    """
    without = 0
    for person in range(len(first) - 1):
        for event in range(first[person], first[person + 1] if alive[person] else first[person]):
            mark = marks[codes[event] & 0x7FFF] if by_code else marks[event]
            if mark & 1:
                nodes[event] = node_of[values[event]]
                without += nodes[event] == 0
            elif mark & 2:
                nodes[event] = converts
    return without


@njit(cache=True, nogil=True)
def cut(
    first: Array,
    alive: Array,
    seconds: Array,
    codes: Array,
    nodes: Array,
    amounts: Array,
    terms: Array,
    touches: Array,
    paths: Array,
    worth: Array,
    bare: Array,
) -> Number:
    """Cut the touches of a part into paths; return how many.

    ``nodes`` as ``touch_nodes`` makes them, ties settled; ``amounts`` float64 by event, 0 for what is no
    conversion, or of no length. ``terms`` int64: converts, window, opens, closes (s). Out: ``touches`` int64,
    an event each; ``paths`` int64 (paths, 4): where in ``touches`` it begins and ends, its conversions, and
    their second; ``worth`` float64 (paths). ``bare`` float64 (2): conversions without a path, their value.
    """
    made, low = int64(0), int64(0)
    for person in range(len(first) - 1):
        if not alive[person]:
            continue
        high, at, end = low, first[person], first[person + 1]
        while at < end:
            stop, high, count, value = _gather(at, high, codes, nodes, amounts, terms[0], touches)
            if count:
                second, old = int64(seconds[at]), low
                while old < high and second - int64(seconds[touches[old]]) > terms[1]:
                    old += 1
                made = _lose(low, old, seconds, touches, terms, made, paths, worth)
                if terms[2] <= second < terms[3]:
                    if old < high:
                        made = _keep(old, high, count, second, value, made, paths, worth)
                    else:
                        bare[0] += count
                        bare[1] += value
                low = high
            at = stop
        made = _lose(low, high, seconds, touches, terms, made, paths, worth)
        low = high
    return made


@njit(cache=True, nogil=True)
def _gather(
    at: Number, high: Number, codes: Array, nodes: Array, amounts: Array, converts: Number, touches: Array
) -> Number:
    """Take the touches of one instant; return where the next begins, touches so far, conversions, value."""
    stop, count, value = at, int64(0), 0.0
    tied = True
    while tied:
        if nodes[stop] == converts:
            count += 1
        elif nodes[stop]:
            touches[high] = stop
            high += 1
        tied = codes[stop] & 0x8000 != 0
        stop += 1
    if count and len(amounts):
        for event in range(at, stop):
            value += amounts[event]
    return stop, high, count, value


@njit(cache=True, nogil=True)
def _keep(
    low: Number,
    high: Number,
    count: Number,
    second: Number,
    value: Number,
    made: Number,
    paths: Array,
    worth: Array,
) -> Number:
    paths[made, 0], paths[made, 1], paths[made, 2], paths[made, 3] = low, high, count, second
    worth[made] = value
    return made + 1


@njit(cache=True, nogil=True)
def _lose(
    low: Number,
    high: Number,
    seconds: Array,
    touches: Array,
    terms: Array,
    made: Number,
    paths: Array,
    worth: Array,
) -> Number:
    """Paths that nothing claims: each as long as the window holds."""
    while low < high:
        begins = int64(seconds[touches[low]])
        stop = low
        while stop < high and int64(seconds[touches[stop]]) - begins <= terms[1]:
            stop += 1
        last = int64(seconds[touches[stop - 1]])
        if terms[2] <= last < terms[3]:
            made = _keep(low, stop, int64(0), last, 0.0, made, paths, worth)
        low = stop
    return made


@njit(cache=True, nogil=True)
def credit(
    seconds: Array,
    nodes: Array,
    touches: Array,
    paths: Array,
    worth: Array,
    half_life_s: Number,
    credits: Array,
    valued: Array,
    counts: Array,
) -> None:
    """Share out what ``cut`` made, to ``credits`` and ``valued`` float64 (rules, channels + 1), as RULES.

    ``counts`` int64 (channels + 1): touches of all paths.
    """
    seen = np.full(credits.shape[1], -1, np.int64)
    for path in range(len(paths)):
        low, high, conversions = paths[path, 0], paths[path, 1], float64(paths[path, 2])
        for place in range(low, high):
            counts[nodes[touches[place]]] += 1
        if not paths[path, 2]:
            continue
        length = high - low
        begins, ends = nodes[touches[low]], nodes[touches[high - 1]]
        _give(credits, valued, 0, begins, 1.0, conversions, worth[path])
        _give(credits, valued, 1, ends, 1.0, conversions, worth[path])
        edge = 1.0 if length == 1 else (0.5 if length == 2 else ENDS_SHARE)
        _give(credits, valued, 3, begins, edge, conversions, worth[path])
        if length > 1:
            _give(credits, valued, 3, ends, edge, conversions, worth[path])
        for place in range(low + 1, high - 1):
            middle = (1.0 - 2.0 * ENDS_SHARE) / (length - 2)
            _give(credits, valued, 3, nodes[touches[place]], middle, conversions, worth[path])
        _spread(path, low, high, seconds, nodes, touches, half_life_s, conversions, worth[path],
                seen, credits, valued)  # fmt: skip


@njit(cache=True, nogil=True)
def _spread(
    path: Number,
    low: Number,
    high: Number,
    seconds: Array,
    nodes: Array,
    touches: Array,
    half_life_s: Number,
    conversions: Number,
    worth: Number,
    seen: Array,
    credits: Array,
    valued: Array,
) -> None:
    """The rules in which every touch has a part: linear, time decay, Shapley."""
    newest = int64(seconds[touches[high - 1]])  # ages count from it: the factor cancels, and it weighs one
    weights, distinct = 0.0, 0
    for place in range(low, high):
        node = nodes[touches[place]]
        weights += 2.0 ** ((int64(seconds[touches[place]]) - newest) / half_life_s)
        distinct += seen[node] != path
        seen[node] = path
    for place in range(low, high):
        node = nodes[touches[place]]
        weight = 2.0 ** ((int64(seconds[touches[place]]) - newest) / half_life_s)
        _give(credits, valued, 2, node, 1.0 / (high - low), conversions, worth)
        _give(credits, valued, 4, node, weight / weights, conversions, worth)
        if seen[node] == path:
            _give(credits, valued, 5, node, 1.0 / distinct, conversions, worth)
            seen[node] = -1


@njit(cache=True, nogil=True)
def _give(
    credits: Array,
    valued: Array,
    rule: Number,
    node: Number,
    share: Number,
    conversions: Number,
    worth: Number,
) -> None:
    credits[rule, node] += share * conversions
    valued[rule, node] += share * worth


@njit(cache=True, nogil=True)
def moves(
    nodes: Array, touches: Array, paths: Array, worth: Array, moved: Array, ended: Array, valued: Array
) -> None:
    """Count the moves of paths, neighbours of one channel as one.

    ``moved`` int64 (channels + 1, channels + 1) from one to another, row 0 from the start; ``ended`` int64
    (channels + 1, 2): converted, lost; ``valued`` float64 (channels + 1): the value of what converted there.
    """
    for path in range(len(paths)):
        weight = max(paths[path, 2], 1)
        before: Number = uint64(0)
        for place in range(paths[path, 0], paths[path, 1]):
            node = uint64(nodes[touches[place]])
            if node != before:
                moved[before, node] += weight
                before = node
        ended[before, 0 if paths[path, 2] else 1] += weight
        valued[before] += worth[path]


@njit(cache=True, nogil=True)
def long_moves(
    nodes: Array,
    touches: Array,
    paths: Array,
    worth: Array,
    base: Number,
    size: Number,
    edges: Array,
    amounts: Array,
) -> Number:
    """The same for states of several channels, an edge each; return how many.

    A state is its channels as digits to ``base`` (channels + 1), the newest last; ``size`` is ``base`` to the
    power of the order. ``edges`` int64 (edges, 3): from, to, weight, where −1 is converted and −2 lost;
    ``amounts`` float64 (edges). There are at most as many as touches and paths together.
    """
    made = 0
    for path in range(len(paths)):
        weight = max(paths[path, 2], 1)
        state, before = int64(0), int64(0)
        for place in range(paths[path, 0], paths[path, 1]):
            node = int64(nodes[touches[place]])
            if node != before:
                after = (state * base + node) % size
                edges[made, 0], edges[made, 1], edges[made, 2] = state, after, weight
                amounts[made] = 0.0
                state, before = after, node
                made += 1
        edges[made, 0], edges[made, 1], edges[made, 2] = state, -1 if paths[path, 2] else -2, weight
        amounts[made] = worth[path]
        made += 1
    return made
