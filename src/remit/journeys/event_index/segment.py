"""Segments on disk: Arrow, uncompressed, so that they can be mapped into memory; one batch for each bucket.

What one build or update writes lies together in files of its own: three to be made durable, not hundreds.
"""

import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, Self

import numpy as np
import pyarrow as pa

from remit.kernels.journeys.columns import Array
from remit.kernels.journeys.merging import mark_tied

from .manifest import KINDS, Place, Segment
from .source import Run

MILLISECOND_BITS = np.uint32(22)


@dataclass(frozen=True)
class Opened:
    """A segment in memory as far as it is read; ``first`` int64 (people + 1)."""

    segment: Segment
    events: pa.RecordBatch
    hashes: Array
    first: Array
    persons: pa.Array

    @property
    def others(self) -> tuple[str, ...]:
        """Names of the further columns."""
        return tuple(name[2:] for name in self.events.schema.names if name.startswith("c "))

    def column(self, name: str) -> Array:
        return np.asarray(self.events.column(name).to_numpy(zero_copy_only=True))


class Writer:
    """The files of one generation, as a context; durable when it ends well."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder, self.name = folder, name
        self._files: dict[str, BinaryIO] = {}
        self._writers: dict[str, pa.ipc.RecordBatchFileWriter] = {}
        self._batches = dict.fromkeys(KINDS, 0)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_rest: object) -> None:
        for what, file in self._files.items():
            self._writers[what].close()
            if kind is None:
                file.flush()
                os.fsync(file.fileno())
            file.close()

    def segment(self, run: Run) -> Segment:
        """Write a run of whole people; the marks of tied events are set here."""
        codes = run.codes.copy()
        mark_tied(run.first, run.seconds, run.within >> MILLISECOND_BITS, codes)
        others = {f"c {other}": values for other, values in run.others.items()}
        columns = {"seconds": run.seconds, "codes": codes, **others, "within": run.within}
        self._write("events", {title: pa.array(values) for title, values in columns.items()})
        people = {"hash": pa.array(run.hashes), "first": pa.array(run.first[:-1]), "person": run.persons}
        batch = self._write("people", people)
        bounds = int(run.seconds.min()), int(run.seconds.max())
        return Segment(self.name, batch, len(run.seconds), len(run.hashes), *bounds)

    def struck(self, flags: list[Array]) -> Place:
        """Flags of all people of a bucket, segment after segment: ``STRUCK``, ``LINKED``."""
        return self.name, self._write("struck", {"struck": pa.array(np.concatenate(flags))})

    def _write(self, what: str, columns: dict[str, pa.Array]) -> int:
        batch = pa.record_batch(columns)
        if what not in self._writers:
            self._files[what] = (self.folder / f"{self.name}.{what}").open("wb")
            self._writers[what] = pa.ipc.new_file(self._files[what], batch.schema)
        self._writers[what].write_batch(batch)
        self._batches[what] += 1
        return self._batches[what] - 1


class Files:
    """Files of an index, each opened once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._open = lru_cache(maxsize=None)(self._map)

    def segment(self, segment: Segment) -> Opened:
        """Mapped; nothing is read before it is needed."""
        people = self._open(f"{segment.name}.people").get_batch(segment.batch)
        begins = people.column("first").to_numpy(zero_copy_only=True)
        return Opened(
            segment=segment,
            events=self._open(f"{segment.name}.events").get_batch(segment.batch),
            hashes=people.column("hash").to_numpy(zero_copy_only=True),
            first=np.append(begins, segment.events).astype(np.int64),
            persons=people.column("person"),
        )

    def struck(self, place: Place | None, people: int) -> Array:
        """``people`` zeros where nobody has a flag."""
        if place is None:
            return np.zeros(people, np.uint8)
        batch = self._open(f"{place[0]}.struck").get_batch(place[1])
        return np.asarray(batch.column("struck").to_numpy(zero_copy_only=True))

    def _map(self, name: str) -> pa.ipc.RecordBatchFileReader:
        return pa.ipc.open_file(pa.memory_map(str(self.folder / name)))
