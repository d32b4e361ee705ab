"""A bucket with more in it: one more small segment, or as one new one when much of it is struck out."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa

from remit.kernels.journeys.columns import Array

from .manifest import STRUCK, Bucket
from .opened import open_bucket
from .rows import find, merge, rows_of, whole
from .segment import Files, Opened, Writer
from .source import Run

SEGMENTS_MAX = 8
STRUCK_MOST = 0.5


def extended(files: Files, writer: Writer, bucket: Bucket, run: Run) -> Bucket:
    """The people of the run with more events."""
    opened = open_bucket(files, bucket)
    places = find(opened, run.hashes, run.persons)
    merged = merge([one for one, _flags in opened], places, run)
    return _with(writer, bucket, opened, places, merged)


def replaced(
    files: Files, writer: Writer, bucket: Bucket, hashes: Array, persons: pa.Array, run: Run | None
) -> Bucket:
    """Without ``persons``, as far as they are there, and with the people of the run in their place."""
    opened = open_bucket(files, bucket)
    places = find(opened, hashes, persons)
    if run is None and not (places[:, 0] >= 0).any():
        return bucket
    return _with(writer, bucket, opened, places, run)


def _with(
    writer: Writer,
    bucket: Bucket,
    opened: Sequence[tuple[Opened, Array]],
    places: Array,
    run: Run | None,
) -> Bucket:
    """Those at ``places`` struck out, and the run added."""
    flags = [each.copy() for _one, each in opened]
    touched = 0
    for number, (one, _flags) in enumerate(opened):
        rows = places[places[:, 0] == number, 1]
        flags[number][rows] |= STRUCK
        touched += int(np.diff(one.first)[rows].sum())
    struck_events = bucket.struck_events + touched
    kept = sum(segment.events for segment in bucket.segments)
    if len(opened) >= SEGMENTS_MAX or struck_events > STRUCK_MOST * kept:
        return _anew(writer, [one for one, _flags in opened], flags, run)
    if run is None:
        return replace(bucket, struck=writer.struck(flags), struck_events=struck_events)
    segment = writer.segment(run)
    struck = writer.struck([*flags, np.zeros(segment.people, np.uint8)])
    return Bucket((*bucket.segments, segment), struck, struck_events)


def _anew(writer: Writer, opened: Sequence[Opened], flags: Sequence[Array], run: Run | None) -> Bucket:
    newest = run or rows_of(opened[0], np.empty(0, np.int64), opened[0].others)
    held, marks = whole(opened, flags, newest)
    if not len(held.hashes):
        return Bucket()
    return Bucket((writer.segment(held),), writer.struck([marks]) if marks.any() else None)
