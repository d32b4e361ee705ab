"""Rows of people in the segments of a bucket: found, taken out, put together."""

from collections.abc import Iterable, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from remit.kernels.journeys.columns import TIED, Array
from remit.kernels.journeys.merging import merged_order

from .manifest import LINKED, STRUCK
from .segment import Opened
from .source import Run


def find(opened: Sequence[tuple[Opened, Array]], hashes: Array, persons: pa.Array) -> Array:
    """Where each person stands, not struck out: int64 (people, 2), segment and row; −1 for who is new."""
    places = np.full((len(hashes), 2), -1, np.int64)
    for number, (one, flags) in enumerate(opened):
        low = np.searchsorted(one.hashes, hashes, side="left")
        high = np.searchsorted(one.hashes, hashes, side="right")
        for step in range(int((high - low).max(initial=0))):  # more than one where two names share a hash
            who = np.flatnonzero(low + step < high)
            rows = low[who] + step
            same = pc.equal(one.persons.take(pa.array(rows)), persons.take(pa.array(who)))
            alive = same.to_numpy(zero_copy_only=False) & (flags[rows] & STRUCK == 0)
            places[who[alive], 0], places[who[alive], 1] = number, rows[alive]
    return places


def ranges(begins: Array, ends: Array) -> Array:
    """All numbers of all ranges, one after the other."""
    lengths = ends - begins
    shift = np.repeat(begins - (np.cumsum(lengths) - lengths), lengths)
    return shift + np.arange(int(lengths.sum()), dtype=np.int64)


def merge(opened: Sequence[Opened], places: Array, run: Run) -> Run:
    """The people of the run with their whole history."""
    olds = np.zeros((len(run.hashes), 2), np.int64)
    pieces: list[Run] = []
    taken = 0
    for number, one in enumerate(opened):
        who = np.flatnonzero(places[:, 0] == number)
        piece = rows_of(one, places[who, 1], run.others)
        olds[who, 0], olds[who, 1] = piece.first[:-1] + taken, piece.first[1:] + taken
        taken += len(piece.seconds)
        pieces.append(piece)
    news = np.stack([run.first[:-1], run.first[1:]], axis=1) + taken
    seconds = np.concatenate([*(piece.seconds for piece in pieces), run.seconds])
    within = np.concatenate([*(piece.within for piece in pieces), run.within])
    codes = np.concatenate([*(piece.codes for piece in pieces), run.codes])
    order, first = np.empty(len(seconds), np.int64), np.empty(len(run.first), np.int64)
    merged_order(olds, news, seconds, within, first, order)
    others = {
        name: np.concatenate([*(piece.others[name] for piece in pieces), values])[order]
        for name, values in run.others.items()
    }
    return Run(run.persons, run.hashes, first, seconds[order], within[order], codes[order], others)


def rows_of(one: Opened, rows: Array, others: Iterable[str]) -> Run:
    """Some people of a segment."""
    begins, ends = one.first[rows], one.first[rows + 1]
    events = ranges(begins, ends)
    first = np.concatenate([[0], np.cumsum(ends - begins)]).astype(np.int64)
    codes = one.column("codes")[events] & np.uint16(TIED - 1)
    picked = {name: one.column(f"c {name}")[events] for name in others}
    persons = one.persons.take(pa.array(rows))
    seconds, within = one.column("seconds")[events], one.column("within")[events]
    return Run(persons, one.hashes[rows], first, seconds, within, codes, picked)


def whole(opened: Sequence[Opened], flags: Sequence[Array], newest: Run) -> tuple[Run, Array]:
    """Everybody who was not struck out, in order, from all segments and the newest run; and their flags."""
    kept = [np.flatnonzero(each & STRUCK == 0) for each in flags]
    pieces = [rows_of(one, held, newest.others) for one, held in zip(opened, kept, strict=True)]
    pieces.append(newest)
    marks = [each[held] & LINKED for each, held in zip(flags, kept, strict=True)]
    marks.append(np.zeros(len(newest.hashes), np.uint8))
    hashes = np.concatenate([piece.hashes for piece in pieces])
    persons = pa.concat_arrays([piece.persons for piece in pieces])
    keys = pa.table({"hash": pa.array(hashes), "person": persons})
    rows = pc.sort_indices(keys, [("hash", "ascending"), ("person", "ascending")]).to_numpy()
    events, first = in_turn(pieces, rows)
    run = Run(
        persons.take(pa.array(rows)),
        hashes[rows],
        first,
        np.concatenate([piece.seconds for piece in pieces])[events],
        np.concatenate([piece.within for piece in pieces])[events],
        np.concatenate([piece.codes for piece in pieces])[events],
        {name: np.concatenate([piece.others[name] for piece in pieces])[events] for name in newest.others},
    )
    return run, np.concatenate(marks)[rows]


def in_turn(pieces: Sequence[Run], rows: Array) -> tuple[Array, Array]:
    """Where the events of ``rows``, people counted over all pieces, stand in these; and their ``first``."""
    lengths = np.concatenate([np.diff(piece.first) for piece in pieces])
    begins = np.cumsum(lengths) - lengths
    first = np.concatenate([[0], np.cumsum(lengths[rows])]).astype(np.int64)
    return ranges(begins[rows], (begins + lengths)[rows]), first
