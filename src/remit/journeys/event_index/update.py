"""New events into an index: what it costs depends on whom they touch, not on how much is there."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from remit.kernels.journeys.columns import TIED, Array
from remit.kernels.journeys.merging import merged_order

from .build import BUCKET_EVENTS, build_alone
from .manifest import (
    Bucket,
    Manifest,
    alone,
    read_manifest,
    sweep,
    write_manifest,
)
from .opened import open_bucket
from .segment import Files, Opened, Writer
from .source import Run, Sorter, Source

SEGMENTS_MAX = 8
STRUCK_MOST = 0.5
GROWN_TIMES = 8


def extend(folder: Path, before: Manifest, source: Source, sources: tuple[str, ...]) -> Manifest:
    """Add the events of ``source``, none of which is in the index; for who holds the lock."""
    sweep(folder, before)
    generation = before.generation + 1
    buckets = list(before.buckets)
    files = Files(folder)
    with (
        Sorter(source, folder / "spill", before.names, dict(before.values)) as sorter,
        Writer(folder, f"{generation:06d}") as writer,
    ):
        for number, run in sorter.buckets(len(buckets)):
            buckets[number] = extended(files, writer, buckets[number], run)
    made = replace(
        before,
        names=sorter.names,
        values=sorter.values,
        buckets=tuple(buckets),
        sources=before.sources + sources,
        left_out=before.left_out + sorter.left_out,
        generation=generation,
    )
    write_manifest(folder, made)
    return made


def extended(files: Files, writer: Writer, bucket: Bucket, run: Run) -> Bucket:
    """The bucket with one more segment, or as one new one when much of it is struck out."""
    opened = open_bucket(files, bucket)
    flags = [struck.copy() for _opened, struck in opened]
    places = _find(opened, run)
    picked = [one for one, _struck in opened]
    merged = _merge(picked, places, run)
    touched = 0
    for number, one in enumerate(picked):
        rows = places[places[:, 0] == number, 1]
        flags[number][rows] = 1
        touched += int(np.diff(one.first)[rows].sum())
    struck_events = bucket.struck_events + touched
    kept = sum(segment.events for segment in bucket.segments)
    if len(picked) >= SEGMENTS_MAX or struck_events > STRUCK_MOST * kept:
        return Bucket((writer.segment(_whole(picked, flags, merged)),))
    segment = writer.segment(merged)
    struck = writer.struck([*flags, np.zeros(segment.people, np.uint8)])
    return Bucket((*bucket.segments, segment), struck, struck_events)


def _find(opened: Sequence[tuple[Opened, Array]], run: Run) -> Array:
    """Where each person of the run is alive: int64 (people, 2), segment and row; −1 for who is new."""
    places = np.full((len(run.hashes), 2), -1, np.int64)
    for number, (one, struck) in enumerate(opened):
        low = np.searchsorted(one.hashes, run.hashes, side="left")
        high = np.searchsorted(one.hashes, run.hashes, side="right")
        for step in range(int((high - low).max(initial=0))):  # more than one where two names share a hash
            who = np.flatnonzero(low + step < high)
            rows = low[who] + step
            same = pc.equal(one.persons.take(pa.array(rows)), run.persons.take(pa.array(who)))
            alive = same.to_numpy(zero_copy_only=False) & (struck[rows] == 0)
            places[who[alive], 0], places[who[alive], 1] = number, rows[alive]
    return places


def _ranges(begins: Array, ends: Array) -> Array:
    """All numbers of all ranges, one after the other."""
    lengths = ends - begins
    shift = np.repeat(begins - (np.cumsum(lengths) - lengths), lengths)
    return shift + np.arange(int(lengths.sum()), dtype=np.int64)


def _merge(opened: Sequence[Opened], places: Array, run: Run) -> Run:
    """The people of the run with their whole history."""
    olds = np.zeros((len(run.hashes), 2), np.int64)
    pieces: list[Run] = []
    taken = 0
    for number, one in enumerate(opened):
        who = np.flatnonzero(places[:, 0] == number)
        piece = _rows_of(one, places[who, 1], run.others)
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


def _rows_of(one: Opened, rows: Array, others: dict[str, Array]) -> Run:
    """Some people of a segment."""
    begins, ends = one.first[rows], one.first[rows + 1]
    events = _ranges(begins, ends)
    first = np.concatenate([[0], np.cumsum(ends - begins)]).astype(np.int64)
    codes = one.column("codes")[events] & np.uint16(TIED - 1)
    picked = {name: one.column(f"c {name}")[events] for name in others}
    persons = one.persons.take(pa.array(rows))
    seconds, within = one.column("seconds")[events], one.column("within")[events]
    return Run(persons, one.hashes[rows], first, seconds, within, codes, picked)


def _whole(opened: Sequence[Opened], flags: Sequence[Array], newest: Run) -> Run:
    """Everybody who is alive, in order, from all segments and the newest run."""
    pieces = [
        _rows_of(one, np.flatnonzero(struck == 0), newest.others)
        for one, struck in zip(opened, flags, strict=True)
    ]
    pieces.append(newest)
    hashes = np.concatenate([piece.hashes for piece in pieces])
    persons = pa.concat_arrays([piece.persons for piece in pieces])
    keys = pa.table({"hash": pa.array(hashes), "person": persons})
    rows = pc.sort_indices(keys, [("hash", "ascending"), ("person", "ascending")]).to_numpy()
    lengths = np.concatenate([np.diff(piece.first) for piece in pieces])
    begins = np.cumsum(lengths) - lengths
    events = _ranges(begins[rows], (begins + lengths)[rows])
    first = np.concatenate([[0], np.cumsum(lengths[rows])]).astype(np.int64)

    def joined(arrays: list[Array]) -> Array:
        return np.concatenate(arrays)[events]

    return Run(
        persons.take(pa.array(rows)),
        hashes[rows],
        first,
        joined([piece.seconds for piece in pieces]),
        joined([piece.within for piece in pieces]),
        joined([piece.codes for piece in pieces]),
        {name: joined([piece.others[name] for piece in pieces]) for name in newest.others},
    )


def bring_up_to_date(
    folder: Path, files: Sequence[str], source_of: Callable[[Sequence[str]], Source]
) -> Manifest:
    """Index exactly the events of ``files``, which never change: only new ones are read where that is enough.

    ``source_of`` makes a source of some of them. A file that is gone (undone, compacted), other columns,
    another version of the program, or an index many times its first size: all is built anew.
    """
    with alone(folder):
        before = read_manifest(folder)
        gone = before is None or not before.is_current or set(before.sources) - set(files)
        if gone or before is None or set(source_of(files).columns) != {*before.values, *before.numbers}:
            return build_alone(folder, source_of(files), tuple(files))
        fresh = tuple(file for file in files if file not in before.sources)
        if not fresh:
            return before
        if before.events > GROWN_TIMES * BUCKET_EVENTS * len(before.buckets):
            return build_alone(folder, source_of(files), tuple(files))
        return extend(folder, before, source_of(fresh), fresh)
