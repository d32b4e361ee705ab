"""New events and links into an index: what it costs depends on whom they touch, not on how much is there."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pyarrow as pa

from .build import BUCKET_EVENTS, build_alone
from .growing import extended
from .linking import follow
from .links import NO_LINKS, Links
from .manifest import Manifest, alone, read_manifest, sweep, write_manifest
from .segment import Files, Writer
from .source import Sorter, Source

GROWN_TIMES = 8


def bring_up_to_date(
    folder: Path,
    files: Sequence[str],
    source_of: Callable[[Sequence[str]], Source],
    links: Links = NO_LINKS,
) -> Manifest:
    """Index exactly the events of ``files``, which never change, people joined by exactly these ``links``.

    Only new files are read where that is enough. ``source_of`` makes a source of some of them. A file that
    is gone (undone, compacted), other columns, another version of the program, or an index many times its
    first size: all is built anew.
    """
    with alone(folder):
        before = read_manifest(folder)
        gone = before is None or not before.is_current or set(before.sources) - set(files)
        if gone or before is None or set(source_of(files).columns) != {*before.values, *before.numbers}:
            return build_alone(folder, source_of(files), tuple(files), links)
        fresh = tuple(file for file in files if file not in before.sources)
        if not fresh and links.files == before.links:
            return before
        if before.events > GROWN_TIMES * BUCKET_EVENTS * len(before.buckets):
            return build_alone(folder, source_of(files), tuple(files), links)
        sweep(folder, before)
        touched: list[pa.Array] = []
        made = replace(before, generation=before.generation + 1)
        if fresh:
            made, touched = extend(folder, made, source_of(fresh), fresh)
        made = follow(folder, made, links, touched)
        write_manifest(folder, made)
        return made


def extend(
    folder: Path, before: Manifest, source: Source, sources: tuple[str, ...]
) -> tuple[Manifest, list[pa.Array]]:
    """Add the events of ``source``, none of which is in the index; and say whose they are."""
    buckets = list(before.buckets)
    touched: list[pa.Array] = []
    files = Files(folder)
    with (
        Sorter(source, folder / "spill", before.names, dict(before.values)) as sorter,
        Writer(folder, f"{before.generation:06d}") as writer,
    ):
        for number, run in sorter.buckets(len(buckets)):
            buckets[number] = extended(files, writer, buckets[number], run)
            touched.append(run.persons)
    made = replace(
        before,
        names=sorter.names,
        values=sorter.values,
        buckets=tuple(buckets),
        sources=before.sources + sources,
        left_out=before.left_out + sorter.left_out,
    )
    return made, touched
