"""What can be asked about: the events there are, and the values by which they are told apart."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import numpy as np

from remit.kernels.journeys.columns import TIED, Array, Part
from remit.kernels.journeys.seeing import count_values

from .event_index.manifest import EPOCH_S
from .event_index.opened import Index
from .running import each_part


@dataclass(frozen=True, slots=True)
class Offer:
    """``events``: names with how many there are, most first; ``columns``: values of those that have any."""

    events: tuple[tuple[str, int], ...]
    columns: Mapping[str, tuple[str, ...]]
    people: int
    last_at: datetime | None

    @property
    def names(self) -> frozenset[str]:
        return frozenset(name for name, _count in self.events)


def offer_of(index: Index) -> Offer:
    """What an index holds, within what is seen of it."""
    manifest = index.manifest
    size = max(len(manifest.names), 1)

    def work(part: Part) -> Array:
        counts = np.zeros(size, np.int64)
        count_values(part.first, part.alive, part.codes, TIED - 1, counts)
        return counts

    counts = sum(each_part(work, index), np.zeros(size, np.int64))
    pairs = zip(manifest.names, counts.tolist(), strict=False)
    held = ((name, count) for name, count in pairs if name and count)
    bounds = manifest.bounds_s
    values = {column: tuple(value for value in texts if value) for column, texts in manifest.values.items()}
    return Offer(
        events=tuple(sorted(held, key=lambda pair: (-pair[1], pair[0]))),
        columns={column: texts for column, texts in values.items() if texts},
        people=index.people,
        last_at=datetime.fromtimestamp(bounds[1] + EPOCH_S, UTC) if bounds else None,
    )


def titled(index: Index, column: str, titles: Mapping[str, str]) -> Index:
    """The same with other words for values of a column, such as titles for ids; no two may have one title."""
    manifest = index.manifest
    texts = tuple(titles.get(text, text) for text in manifest.values[column])
    return replace(index, manifest=replace(manifest, values={**manifest.values, column: texts}))
