"""An index as questions see it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import pyarrow as pa

from remit.kernels.journeys.columns import Array, Part

from .look import Look
from .manifest import Bucket, CannotIndex, Manifest, read_manifest
from .segment import Files, Opened


@dataclass(frozen=True)
class Afar:
    """An index whose buckets are opened by the executors of a cluster, not in this process.

    ``manifest``: of all that is there; ``looks``: what is seen of it, each look of what the one before left.
    """

    engine: str
    folder: Path
    manifest: Manifest
    looks: tuple[Look, ...] = ()

    @property
    def files(self) -> Files:
        return _files(self.folder, self.manifest.generation)

    def parts(self, number: int) -> Iterator[Part]:
        """Those of one bucket: what an executor works on."""
        for _opened, part in _parts_of(self.files, self.manifest, self.manifest.all_buckets[number]):
            for look in self.looks:
                part = look.of(part)  # one look after another
            yield part


@dataclass(frozen=True)
class Index:
    """Parts of whole people, mapped; what an update writes later is not seen by it.

    ``nameless``: people are counted and not named, since not all of them is seen. ``afar``: where a cluster
    works on the parts, which are not ``opened`` here.
    """

    manifest: Manifest
    opened: tuple[tuple[Opened, Part], ...]
    nameless: bool = False
    afar: Afar | None = None

    @property
    def parts(self) -> tuple[Part, ...]:
        return tuple(part for _opened, part in self.opened)

    @property
    def people(self) -> int:
        if self.afar is None:
            return sum(part.people for part in self.parts)
        return sum(_people_of(self.afar.files, bucket) for bucket in self.manifest.all_buckets)

    def persons(self) -> Iterator[pa.Array]:
        """What people are called, part by part."""
        if self.afar is None:
            yield from (opened.persons for opened, _part in self.opened)
            return
        for bucket in self.afar.manifest.all_buckets:
            yield from (self.afar.files.segment(segment).persons for segment in bucket.segments)


def open_index(folder: Path, engine: str = "") -> Index:
    """Raise CannotIndex where none is, or where it is of another version of the program.

    ``engine``: the cluster that works on its parts; without one they are opened here.
    """
    for _look in range(3):
        manifest = read_manifest(folder)
        if manifest is None:
            raise CannotIndex(f"There is no index of events in {folder}.")
        if not manifest.is_current:
            raise CannotIndex(f"The index in {folder} was made by another version: build it anew.")
        if engine:
            return Index(manifest, (), afar=Afar(engine, folder.resolve(), manifest))
        try:
            return Index(manifest, tuple(_parts(folder, manifest)))
        except FileNotFoundError:
            continue  # two updates passed since the page was read
    raise CannotIndex(f"Files of the index in {folder} are missing: remove the folder to build it anew.")


@lru_cache(maxsize=4)  # executors stay, and are asked about one bucket after another
def _files(folder: Path, _generation: int) -> Files:
    return Files(folder)


def _people_of(files: Files, bucket: Bucket) -> int:
    people = sum(segment.people for segment in bucket.segments)
    return people - int(np.count_nonzero(files.struck(bucket.struck, people)))


def _parts(folder: Path, manifest: Manifest) -> Iterator[tuple[Opened, Part]]:
    files = Files(folder)
    for bucket in manifest.all_buckets:
        yield from _parts_of(files, manifest, bucket)


def _parts_of(files: Files, manifest: Manifest, bucket: Bucket) -> Iterator[tuple[Opened, Part]]:
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
