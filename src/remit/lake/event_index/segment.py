"""The files of one segment of one bucket: Arrow, uncompressed, so that they can be mapped into memory."""

import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from remit.kernels.journeys.columns import Array
from remit.kernels.journeys.merging import mark_tied

from .manifest import Segment
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

    def column(self, name: str) -> Array:
        return np.asarray(self.events.column(name).to_numpy(zero_copy_only=True))


def write_segment(folder: Path, name: str, run: Run) -> Segment:
    """Write a run of whole people; the marks of tied events are set here."""
    folder.mkdir(parents=True, exist_ok=True)
    codes = run.codes.copy()
    mark_tied(run.first, run.seconds, run.within >> MILLISECOND_BITS, codes)
    others = {f"c {other}": values for other, values in run.others.items()}
    columns = {"seconds": run.seconds, "codes": codes, **others, "within": run.within}
    _write(folder / f"{name}.events", {title: pa.array(values) for title, values in columns.items()})
    people = {"hash": pa.array(run.hashes), "first": pa.array(run.first[:-1]), "person": run.persons}
    _write(folder / f"{name}.people", people)
    bounds = int(run.seconds.min()), int(run.seconds.max())
    return Segment(name, len(run.seconds), len(run.hashes), *bounds)


def open_segment(folder: Path, segment: Segment) -> Opened:
    """Map it; nothing is read before it is needed."""
    people = _map(folder / f"{segment.name}.people")
    begins = people.column("first").to_numpy(zero_copy_only=True)
    return Opened(
        segment=segment,
        events=_map(folder / f"{segment.name}.events"),
        hashes=people.column("hash").to_numpy(zero_copy_only=True),
        first=np.append(begins, segment.events).astype(np.int64),
        persons=people.column("person"),
    )


def write_struck(folder: Path, name: str, flags: list[Array]) -> str:
    """Flags of all people of a bucket, segment after segment: 1 where a newer segment has the person."""
    _write(folder / name, {"struck": pa.array(np.concatenate(flags))})
    return name


def read_struck(folder: Path, name: str, people: int) -> Array:
    """``people`` zeros where nobody is struck out."""
    if not name:
        return np.zeros(people, np.uint8)
    return np.asarray(_map(folder / name).column("struck").to_numpy(zero_copy_only=True))


def _write(path: Path, columns: dict[str, pa.Array]) -> None:
    batch = pa.record_batch(columns)
    with path.open("wb") as file:
        with pa.ipc.new_file(file, batch.schema) as writer:
            writer.write_batch(batch)
        file.flush()
        os.fsync(file.fileno())


def _map(path: Path) -> pa.RecordBatch:
    return pa.ipc.open_file(pa.memory_map(str(path))).get_batch(0)
