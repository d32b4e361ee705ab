"""An index as somebody may see it: events of other companies and outlets are as if they had never been."""

from dataclasses import dataclass, replace

import numpy as np

from remit.core.scope import Scope
from remit.journeys.running import each_part
from remit.kernels.journeys.columns import TIED, Array, Part
from remit.kernels.journeys.seeing import count_values

from .look import OUTLET, UNIT, Look
from .manifest import Bucket, Manifest, Segment
from .opened import Index

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
    look = Look(units, outlets)
    seen = replace(index, nameless=index.nameless or bool(outlets.any()))
    if index.afar is not None:
        seen = replace(seen, afar=replace(index.afar, looks=(*index.afar.looks, look)))
    else:
        seen = replace(seen, opened=tuple((files, look.of(part)) for files, part in index.opened))
    return replace(seen, manifest=_told(seen))


def _allowed(values: tuple[str, ...], ids: frozenset[int]) -> Array:
    texts = {str(one) for one in ids}
    return np.array([value in texts for value in values], bool)


@dataclass
class _Held:
    """What a part holds: events of each name and value, and ``bounds`` in seconds where there is any."""

    names: Array
    values: dict[str, Array]
    events: int
    people: int
    bounds: tuple[int, ...]


def _held(part: Part, manifest: Manifest) -> _Held:
    names = np.zeros(len(manifest.names), np.int64)
    values = {column: np.zeros(len(texts), np.int64) for column, texts in manifest.values.items()}
    held = np.flatnonzero(part.alive)
    if not len(held):
        return _Held(names, values, 0, 0, ())
    count_values(part.first, part.alive, part.codes, TIED - 1, names)
    for column, counts in values.items():
        count_values(part.first, part.alive, part.others[column], EVERY_BIT, counts)
    begins, ends = part.first[held], part.first[held + 1]
    bounds = int(part.seconds[begins].min()), int(part.seconds[ends - 1].max())
    return _Held(names, values, int((ends - begins).sum()), len(held), bounds)


def _told(seen: Index) -> Manifest:
    """The page of an index that holds only what is seen."""
    manifest = seen.manifest
    found = each_part(lambda part: _held(part, manifest), seen)
    bounds = [second for one in found for second in one.bounds]
    events, people = sum(one.events for one in found), sum(one.people for one in found)
    segment = Segment("", 0, events, people, min(bounds, default=0), max(bounds, default=0))
    names = sum((one.names for one in found), np.zeros(len(manifest.names), np.int64))
    return replace(
        manifest,
        names=_known(manifest.names, names),
        values={
            column: (
                "",
                *_known(texts, sum((one.values[column] for one in found), np.zeros(len(texts), np.int64)))[
                    1:
                ],
            )
            for column, texts in manifest.values.items()
        },
        buckets=(Bucket((segment,) if events else ()),),
        linked=(),
        sources=(),
        left_out=0,
    )


def _known(texts: tuple[str, ...], counts: Array) -> tuple[str, ...]:
    return tuple(text if count else "" for text, count in zip(texts, counts.tolist(), strict=True))
