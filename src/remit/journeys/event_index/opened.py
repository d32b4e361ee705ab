"""An index as questions see it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from remit.kernels.journeys.columns import Array, Part

from .manifest import Bucket, CannotIndex, Manifest, read_manifest
from .segment import Files, Opened


@dataclass(frozen=True)
class Index:
    """Parts of whole people, mapped; what an update writes later is not seen by it.

    ``nameless``: people are counted and not named, since not all of them is seen.
    """

    manifest: Manifest
    opened: tuple[tuple[Opened, Part], ...]
    nameless: bool = False

    @property
    def parts(self) -> tuple[Part, ...]:
        return tuple(part for _opened, part in self.opened)

    @property
    def people(self) -> int:
        return sum(part.people for part in self.parts)


def open_index(folder: Path) -> Index:
    """Raise CannotIndex where none is, or where it is of another version of the program."""
    for _look in range(3):
        manifest = read_manifest(folder)
        if manifest is None:
            raise CannotIndex(f"There is no index of events in {folder}.")
        if not manifest.is_current:
            raise CannotIndex(f"The index in {folder} was made by another version: build it anew.")
        try:
            return Index(manifest, tuple(_parts(folder, manifest)))
        except FileNotFoundError:
            continue  # two updates passed since the page was read
    raise CannotIndex(f"Files of the index in {folder} are missing: remove the folder to build it anew.")


def _parts(folder: Path, manifest: Manifest) -> Iterator[tuple[Opened, Part]]:
    files = Files(folder)
    for bucket in manifest.buckets + manifest.linked:
        for opened, flags in open_bucket(files, bucket):
            others = {name: opened.column(f"c {name}") for name in (*manifest.values, *manifest.numbers)}
            alive = (flags == 0).astype(np.uint8)
            part = Part(opened.first, alive, opened.column("seconds"), opened.column("codes"), others)
            yield opened, part


def open_bucket(files: Files, bucket: Bucket) -> list[tuple[Opened, Array]]:
    """Segments from old to new, each with the flags of its people."""
    flags = files.struck(bucket.struck, sum(segment.people for segment in bucket.segments))
    cuts = np.cumsum([segment.people for segment in bucket.segments])[:-1]
    found = [files.segment(segment) for segment in bucket.segments]
    return list(zip(found, np.split(flags, cuts), strict=True)) if found else []
