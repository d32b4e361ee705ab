"""Paths answered from an index."""

from dataclasses import dataclass

import numpy as np

from remit.core.period import Period
from remit.journeys.event_index.opened import Index
from remit.kernels.journeys.columns import Array, Part
from remit.kernels.journeys.walking import walks

from .meaning import Meanings
from .nodes import nodes_of
from .running import each_part
from .specification import Paths
from .time import days_of, span_s

OTHERS = 1  # among shown nodes, after 0, which is the end


@dataclass(frozen=True)
class PathsAnswer:
    """``shown``: names of nodes told by themselves, of which the first two are the end and all others.

    In places of ``shown``, int64: ``nodes`` (steps + 1, shown) and ``links`` (steps, shown, shown), people
    each. ``keys`` uint64 and ``counts`` int64: whole paths as numbers, and their people.
    """

    asked: Paths
    shown: tuple[str | None, ...]
    nodes: Array
    links: Array
    keys: Array
    counts: Array
    days: Period | None
    notes: tuple[str, ...] = ()

    def most_frequent(self, most: int) -> list[tuple[list[str | None], int]]:
        """Whole paths with their people, those with the most first, then by the places of their nodes."""
        size = np.uint64(len(self.shown))
        found: list[tuple[list[str | None], int]] = []
        for row in np.lexsort((self.keys, -self.counts))[:most].tolist():
            path: list[str | None] = []
            key = self.keys[row]
            for _step in range(self.asked.steps + 1):
                key, place = divmod(key, size)
                path.insert(0, self.shown[int(place)])
            found.append(([name for name in path if name is not None], int(self.counts[row])))
        return found


def answer_paths(index: Index, asked: Paths) -> PathsAnswer:
    """Raise CannotAnswer for a column that is not there."""
    meanings = Meanings(index.manifest)
    days = days_of(asked.period, asked.zone, index.manifest)
    nodes = nodes_of(meanings, asked.events, asked.of)
    size = len(nodes.names)
    anchors = nodes.among(asked.begins, meanings.notes)
    if not asked.begins:
        anchors = (np.arange(size) > 0).astype(np.uint8)
    terms = np.array([asked.window_s, *span_s(days, asked.zone), asked.collapse, asked.backward], np.int64)

    def work(part: Part) -> Array:
        walked = np.zeros((len(part.alive), asked.steps + 1), np.uint16)
        walks(part.first, part.alive, part.seconds, nodes.on(part), anchors, terms, walked)
        return walked[walked[:, 0] > 0]

    walked = each_part(work, index)
    low = 1 if asked.begins else 0
    beyond = (np.bincount(one[:, low:].ravel(), minlength=size) for one in walked)
    counts = sum(beyond, np.zeros(size, np.int64))
    counts[0] = 0
    order = sorted(np.flatnonzero(counts).tolist(), key=lambda node: (-counts[node], node))
    told = sorted({*order[: asked.top], *(np.flatnonzero(anchors).tolist() if asked.begins else [])})
    place_of = np.full(size, OTHERS, np.int64)
    place_of[0] = 0
    place_of[told] = np.arange(len(told)) + 2
    shown = (None, "others", *(nodes.names[node] for node in told))
    places = [place_of[one] for one in walked]
    keys, people = _each_once([_counted(one, len(shown)) for one in places])
    return PathsAnswer(
        asked=asked,
        shown=shown,
        nodes=sum((_nodes(one, len(shown)) for one in places), np.zeros((), np.int64)),
        links=sum((_links(one, len(shown)) for one in places), np.zeros((), np.int64)),
        keys=keys,
        counts=people,
        days=days,
        notes=tuple(meanings.notes),
    )


def _nodes(places: Array, size: int) -> Array:
    """People by step and node, int64 (steps + 1, shown)."""
    return np.stack([np.bincount(column, minlength=size) for column in places.T])


def _links(places: Array, size: int) -> Array:
    """People by step, node and the one after it, int64 (steps, shown, shown)."""
    pairs = places[:, :-1] * size + places[:, 1:]
    return np.stack([np.bincount(column, minlength=size * size) for column in pairs.T]).reshape(
        -1, size, size
    )


def _counted(places: Array, size: int) -> tuple[Array, Array]:
    """Paths as one number each, since rows of numbers are slow to tell apart; and their people."""
    keys = np.zeros(len(places), np.uint64)
    for column in places.T:
        keys = keys * np.uint64(size) + column.astype(np.uint64)
    found, people = np.unique(keys, return_counts=True)
    return found, people


def _each_once(counted: list[tuple[Array, Array]]) -> tuple[Array, Array]:
    """The same paths of several parts together."""
    keys = np.concatenate([np.zeros(0, np.uint64), *(one for one, _people in counted)])
    people = np.concatenate([np.zeros(0, np.int64), *(one for _keys, one in counted)])
    order = np.argsort(keys, kind="stable")
    keys, people = keys[order], people[order]
    begins = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]])) if len(keys) else order
    return keys[begins], np.add.reduceat(people, begins) if len(begins) else people
