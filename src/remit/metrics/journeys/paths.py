"""Paths answered from an index."""

from collections import Counter
from dataclasses import dataclass

import numpy as np

from remit.core.period import Period
from remit.kernels.journeys.columns import Array, Part
from remit.kernels.journeys.walking import walks
from remit.lake.event_index.opened import Index

from .meaning import Meanings
from .nodes import nodes_of
from .running import each_part
from .specification import Paths
from .time import days_of, span_s

OTHERS = 1  # among shown nodes, after 0, which is the end


@dataclass(frozen=True)
class PathsAnswer:
    """``shown``: names of nodes told by themselves, of which the first two are the end and all others.

    ``paths``: people by whole path, in places of ``shown``, without what comes after its end.
    """

    asked: Paths
    shown: tuple[str | None, ...]
    paths: dict[tuple[int, ...], int]
    days: Period | None
    notes: tuple[str, ...] = ()


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

    walked = each_part(work, index.parts)
    low = 1 if asked.begins else 0
    beyond = (np.bincount(one[:, low:].ravel(), minlength=size) for one in walked)
    counts = sum(beyond, np.zeros(size, np.int64))
    counts[0] = 0
    order = sorted(np.flatnonzero(counts).tolist(), key=lambda node: (-counts[node], node))
    told = sorted({*order[: asked.top], *(np.flatnonzero(anchors).tolist() if asked.begins else [])})
    place_of = np.full(size, OTHERS, np.int64)
    place_of[0] = 0
    place_of[told] = np.arange(len(told)) + 2
    paths: Counter[tuple[int, ...]] = Counter()
    for one in walked:
        paths.update(_counted(place_of[one], len(told) + 2))
    shown = (None, "others", *(nodes.names[node] for node in told))
    return PathsAnswer(asked, shown, dict(paths), days, tuple(meanings.notes))


def _counted(places: Array, size: int) -> dict[tuple[int, ...], int]:
    """People by path: rows as one number each, since rows of numbers are slow to tell apart."""
    keys = np.zeros(len(places), np.uint64)
    for step in range(places.shape[1]):
        keys = keys * np.uint64(size) + places[:, step].astype(np.uint64)
    _keys, rows, people = np.unique(keys, return_index=True, return_counts=True)
    return {
        tuple(place for place in places[row].tolist() if place): count
        for row, count in zip(rows.tolist(), people.tolist(), strict=True)
    }
