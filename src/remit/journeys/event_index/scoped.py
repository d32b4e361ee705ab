"""An index as somebody may see it: events of other companies and outlets are as if they had never been."""

from dataclasses import replace

import numpy as np

from remit.core.scope import Scope
from remit.kernels.journeys.columns import TIED, Array, Part
from remit.kernels.journeys.seeing import count_values, only, seen_people

from .manifest import Bucket, Manifest, Segment
from .opened import Index

UNIT, OUTLET = "unit_id", "outlet_id"
EVERY_BIT = 0xFFFF


def seen_by(index: Index, scope: Scope) -> Index:
    """What ``scope`` opens of an index of the lake, whose people are people of one company each.

    A company's people are seen whole; of a company that is not seen only events at the scope's outlets, and
    then nobody is named, as figures do not name customers to who sees less than their company.
    Names and values that occur nowhere in what is seen are blank, so that nothing tells of them.
    """
    if scope.everything:
        return index
    units = _allowed(index.manifest.values[UNIT], scope.companies)
    outlets = _allowed(index.manifest.values[OUTLET], scope.outlets)
    opened = tuple((files, _seen(part, units, outlets)) for files, part in index.opened)
    nameless = index.nameless or bool(outlets.any())
    return Index(_told(index.manifest, [part for _files, part in opened]), opened, nameless)


def _allowed(values: tuple[str, ...], ids: frozenset[int]) -> Array:
    texts = {str(one) for one in ids}
    return np.array([value in texts for value in values], bool)


def _seen(part: Part, units: Array, outlets: Array) -> Part:
    whole = units[part.others[UNIT]]
    if not outlets.any():
        return seen_people(part, whole)
    return only(part, whole | outlets[part.others[OUTLET]])


def _told(manifest: Manifest, parts: list[Part]) -> Manifest:
    """The page of an index that holds only these parts."""
    names = np.zeros(len(manifest.names), np.int64)
    values = {column: np.zeros(len(texts), np.int64) for column, texts in manifest.values.items()}
    events, people = 0, 0
    bounds: list[int] = []
    for part in parts:
        held = np.flatnonzero(part.alive)
        if not len(held):
            continue
        count_values(part.first, part.alive, part.codes, TIED - 1, names)
        for column, counts in values.items():
            count_values(part.first, part.alive, part.others[column], EVERY_BIT, counts)
        begins, ends = part.first[held], part.first[held + 1]
        events, people = events + int((ends - begins).sum()), people + len(held)
        bounds += [int(part.seconds[begins].min()), int(part.seconds[ends - 1].max())]
    segment = Segment("", 0, events, people, min(bounds, default=0), max(bounds, default=0))
    return replace(
        manifest,
        names=_known(manifest.names, names),
        values={
            column: ("", *_known(manifest.values[column], counts)[1:]) for column, counts in values.items()
        },
        buckets=(Bucket((segment,) if events else ()),),
        sources=(),
        left_out=0,
    )


def _known(texts: tuple[str, ...], counts: Array) -> tuple[str, ...]:
    return tuple(text if count else "" for text, count in zip(texts, counts.tolist(), strict=True))
