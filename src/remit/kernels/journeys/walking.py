"""Which way people went around one of their steps, and in which sittings."""

from numba import int64, njit

from .columns import Array, Number
from .spread import class_of


@njit(cache=True, nogil=True)
def walks(
    first: Array, alive: Array, seconds: Array, nodes: Array, anchors: Array, terms: Array, walked: Array
) -> None:
    """``walked`` uint16 (people, steps + 1): nodes from where each path begins, 0 from where it has ended.

    ``nodes`` uint16 by event, 0 for what is not looked at, ties settled; ``anchors`` uint8 by node: whether a
    path may begin there. ``terms`` int64: window, opens, closes (s), collapse, backward. ``walked`` comes
    as zeros.
    """
    steps = walked.shape[1]
    for person in range(len(first) - 1):
        if not alive[person]:
            continue
        start, end = first[person], first[person + 1]
        at = start
        while at < end and not (anchors[nodes[at]] and terms[1] <= int64(seconds[at]) < terms[2]):
            at += 1
        if at == end:
            continue
        begins, step, move = int64(seconds[at]), 1, -1 if terms[4] else 1
        before = nodes[at]
        walked[person, 0] = before
        at += move
        while start <= at < end and step < steps and abs(int64(seconds[at]) - begins) <= terms[0]:
            node = nodes[at]
            if node and not (terms[3] and node == before):
                walked[person, step] = node
                before = node
                step += 1
            at += move


@njit(cache=True, nogil=True)
def sittings(
    first: Array,
    alive: Array,
    seconds: Array,
    nodes: Array,
    terms: Array,
    totals: Array,
    landed: Array,
    left: Array,
    spreads: Array,
) -> None:
    """Add the sessions of a part.

    ``nodes`` uint16 by event: twice the node, plus one where it is a goal; 0 for what is not looked at; ties
    settled. ``terms`` int64: gap, opens, closes (s). Out, all int64: ``totals``: sessions, people, events, of
    one event, with a goal; ``landed`` (nodes, 3): sessions, of one event, with a goal, by their first node;
    ``left`` (nodes) by their last; ``spreads`` (3, classes): seconds and events of a session, sessions of a
    person.
    """
    for person in range(len(first) - 1):
        if not alive[person]:
            continue
        sessions, at, end = 0, first[person], first[person + 1]
        while at < end:
            if not nodes[at]:
                at += 1
                continue
            begins, last, events, arrived = at, at, 0, 0
            while at < end and int64(seconds[at]) - int64(seconds[last]) <= terms[0]:
                if nodes[at]:
                    last = at
                    events += 1
                    arrived |= int64(nodes[at] & 1)
                at += 1
            if terms[1] <= int64(seconds[begins]) < terms[2]:
                sessions += 1
                took = int64(seconds[last]) - int64(seconds[begins])
                _sit(
                    nodes[begins] >> 1, nodes[last] >> 1, events, arrived, took, totals, landed, left, spreads
                )
        if sessions:
            totals[1] += 1
            spreads[2, class_of(int64(sessions))] += 1


@njit(cache=True, nogil=True)
def _sit(
    begins: Number,
    ends: Number,
    events: Number,
    arrived: Number,
    took: Number,
    totals: Array,
    landed: Array,
    left: Array,
    spreads: Array,
) -> None:
    alone = int64(events == 1)
    totals[0] += 1
    totals[2] += events
    totals[3] += alone
    totals[4] += arrived
    landed[begins, 0] += 1
    landed[begins, 1] += alone
    landed[begins, 2] += arrived
    left[ends] += 1
    spreads[0, class_of(took)] += 1
    spreads[1, class_of(int64(events))] += 1
