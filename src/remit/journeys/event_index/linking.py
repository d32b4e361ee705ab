"""People who are one: their events together, besides each one's own, which are passed over meanwhile.

What each person did stays where it is, so that taking links apart is to look at it again. What several are
together lies in buckets of its own, derived from theirs: as many, found by the hash of the owner's name.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pyarrow as pa

from remit.kernels.journeys.columns import Array
from remit.kernels.journeys.merging import order_within

from .growing import replaced
from .links import Changed, Links, changed, keep
from .manifest import LINKED, Bucket, Manifest
from .opened import open_bucket
from .rows import find, in_turn, rows_of
from .segment import Files, Opened, Writer
from .source import Run, bucket_of


def follow(folder: Path, made: Manifest, links: Links, touched: Sequence[pa.Array]) -> Manifest:
    """The index with people joined as ``links`` say; ``touched``: whose events are new in it."""
    if not links.files and not made.followed:
        return made
    title = f"{made.generation:06d}-linked"
    before = folder / f"{made.followed}.links" if made.followed else None
    after, followed = before, made.followed
    if links.files != made.links:
        after, followed = folder / f"{title}.links", title
        keep(links, after)
    found = changed(before, after, touched)
    with Writer(folder, title) as writer:
        buckets, linked = _Joining(Files(folder), writer, made, found).joined()
    return replace(made, buckets=buckets, linked=linked, links=links.files, followed=followed)


@dataclass(frozen=True)
class _People:
    """Those of one bucket: ``opened`` with its flags, and who of all that changed they are (a slice)."""

    opened: Sequence[tuple[Opened, Array]]
    who: slice


class _Joining:
    """``places`` int64 (people, 2): segment and row in their bucket, −1 without events.

    ``together`` bool: whose events are told together with another's.
    """

    def __init__(self, files: Files, writer: Writer, made: Manifest, found: Changed) -> None:
        self.files, self.writer, self.made, self.found = files, writer, made, found
        self.count = len(made.buckets)
        self.bucket = bucket_of(found.hashes, self.count)
        self.places = np.full((len(found.hashes), 2), -1, np.int64)
        self.held = self._find()
        self.together = self._together()

    def joined(self) -> tuple[tuple[Bucket, ...], tuple[Bucket, ...]]:
        """The buckets with flags of who is told elsewhere, and the buckets where they are."""
        buckets = list(self.made.buckets)
        for number, people in self.held.items():
            buckets[number] = self._flagged(buckets[number], people)
        linked = list(self.made.linked or (Bucket(),) * self.count)
        homes = bucket_of(self.found.name_hashes, self.count)
        home_of = np.where(self.together, homes[self.found.owners] if len(homes) else 0, -1)
        before = bucket_of(self.found.gone_hashes, self.count)
        for number in np.unique(np.concatenate([home_of[home_of >= 0], before])).tolist():
            who = np.flatnonzero(home_of == number)
            low, high = np.searchsorted(before, [number, number + 1])
            gone = self.found.gone_hashes[low:high], self.found.gone[low:high]
            run = self._told_together(who) if len(who) else None
            linked[number] = replaced(self.files, self.writer, linked[number], *gone, run)
        return tuple(buckets), tuple(linked) if any(one.segments for one in linked) else ()

    def _find(self) -> Mapping[int, _People]:
        held = {}
        for number in np.unique(self.bucket).tolist():
            low, high = np.searchsorted(self.bucket, [number, number + 1])
            opened = open_bucket(self.files, self.made.buckets[number])
            hashes, persons = self.found.hashes[low:high], self.found.persons[low:high]
            self.places[low:high] = find(opened, hashes, persons)
            held[number] = _People(opened, slice(int(low), int(high)))
        return held

    def _together(self) -> Array:
        owners = self.found.owners
        known = (owners >= 0) & (self.places[:, 0] >= 0)
        counts = np.bincount(owners[known], minlength=len(self.found.name_hashes))
        known[known] = counts[owners[known]] > 1
        return known

    def _flagged(self, bucket: Bucket, people: _People) -> Bucket:
        flags = [each.copy() for _one, each in people.opened]
        places, together = self.places[people.who], self.together[people.who]
        for number, mine in enumerate(flags):
            here = places[:, 0] == number
            mine[places[here, 1]] = np.where(together[here], LINKED, 0)
        same = all(
            np.array_equal(mine, each) for mine, (_one, each) in zip(flags, people.opened, strict=True)
        )
        return bucket if same else replace(bucket, struck=self.writer.struck(flags))

    def _told_together(self, who: Array) -> Run:
        """The events of these people as those of their owners."""
        pieces: list[Run] = []
        taken: list[Array] = []
        for number in np.unique(self.bucket[who]).tolist():
            mine = who[self.bucket[who] == number]
            for segment, (one, _flags) in enumerate(self.held[number].opened):
                here = mine[self.places[mine, 0] == segment]
                pieces.append(rows_of(one, self.places[here, 1], one.others))
                taken.append(here)
        people = np.concatenate(taken)
        rows = np.lexsort((people, self.found.owners[people]))
        events, first = in_turn(pieces, rows)
        owners, begins = np.unique(self.found.owners[people[rows]], return_index=True)
        first = np.append(first[:-1][begins], first[-1])
        seconds = np.concatenate([piece.seconds for piece in pieces])[events]
        within = np.concatenate([piece.within for piece in pieces])[events]
        order = np.empty(len(events), np.int64)
        order_within(first, seconds, within, order)
        turn = events[order]
        return Run(
            self.found.names.take(pa.array(owners)),
            self.found.name_hashes[owners],
            first,
            seconds[order],
            within[order],
            np.concatenate([piece.codes for piece in pieces])[turn],
            {
                name: np.concatenate([piece.others[name] for piece in pieces])[turn]
                for name in pieces[0].others
            },
        )
