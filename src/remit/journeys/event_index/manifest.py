"""The page that says what an index is made of; replacing it is the moment at which a change is there."""

import fcntl
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

FORMAT = 3
NAME = "manifest.json"
EPOCH_S = 946_684_800
LAST_S = 2**32 - 1
KINDS = ("events", "people", "struck")
# Flags of a person: a newer segment has them; a linked bucket tells of them.
STRUCK, LINKED = np.uint8(1), np.uint8(2)

type Place = tuple[str, int]  # a file's name without its kind, and the number of a batch


class CannotIndex(Exception):
    """Events that cannot be indexed, or an index that cannot be read; the sentence says what to do."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One batch of the files ``name``.events and ``name``.people; bounds in seconds since 2000."""

    name: str
    batch: int
    events: int
    people: int
    first_s: int
    last_s: int


@dataclass(frozen=True, slots=True)
class Bucket:
    """``segments`` from old to new. ``struck``: where the flags of all their people are, in that order."""

    segments: tuple[Segment, ...] = ()
    struck: Place | None = None
    struck_events: int = 0

    @property
    def events(self) -> int:
        return sum(segment.events for segment in self.segments) - self.struck_events


@dataclass(frozen=True)
class Manifest:
    """``names``: event names by code; ``values``: of each further column, by code, 0 is none.

    ``numbers``: names of columns of numbers.
    ``sources``: what is in it, such as files of the lake. ``hashed_by``: whose hash people stand by.
    ``linked``: what people who are one did together, as many buckets, or none; ``links``: the files that say
    who they are, ``followed``: the name of the copy that was followed.
    """

    names: tuple[str, ...]
    values: dict[str, tuple[str, ...]]
    buckets: tuple[Bucket, ...]
    sources: tuple[str, ...] = ()
    left_out: int = 0
    generation: int = 1
    numbers: tuple[str, ...] = ()
    format: int = FORMAT
    hashed_by: str = field(default_factory=lambda: f"duckdb {duckdb.__version__}")
    linked: tuple[Bucket, ...] = ()
    links: tuple[str, ...] = ()
    followed: str = ""

    @property
    def all_buckets(self) -> tuple[Bucket, ...]:
        """Of people on their own, then of those who are one."""
        return self.buckets + self.linked

    @property
    def events(self) -> int:
        return sum(bucket.events for bucket in self.buckets)

    @property
    def bounds_s(self) -> tuple[int, int] | None:
        """Seconds since 2000 of the first and of the last event; None without events."""
        found = [segment for bucket in self.buckets for segment in bucket.segments]
        return (min(one.first_s for one in found), max(one.last_s for one in found)) if found else None

    @property
    def is_current(self) -> bool:
        """Whether this version of the program can read and extend it."""
        return self.format == FORMAT and self.hashed_by == f"duckdb {duckdb.__version__}"


def read_manifest(folder: Path) -> Manifest | None:
    """None where no index is."""
    try:
        said = json.loads((folder / NAME).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except ValueError as error:
        raise CannotIndex(f"{folder / NAME} cannot be read; remove the folder to build it anew.") from error
    values = {name: tuple(each) for name, each in said["values"].items()}
    rest = {name: tuple(said.get(name, ())) for name in ("names", "sources", "numbers", "links")}
    buckets = {name: _buckets(said.get(name, ())) for name in ("buckets", "linked")}
    return Manifest(**{**said, **rest, **buckets, "values": values})


def _buckets(said: Iterable[Any]) -> tuple[Bucket, ...]:
    return tuple(
        Bucket(
            tuple(Segment(**one) for one in each["segments"]),
            tuple(each["struck"]) if each["struck"] else None,
            each["struck_events"],
        )
        for each in said
    )


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Whole or not at all."""
    page = folder / f"{NAME}.{os.getpid()}"
    with page.open("w", encoding="utf-8") as file:
        json.dump(asdict(manifest), file, ensure_ascii=False)
        file.flush()
        os.fsync(file.fileno())
    page.replace(folder / NAME)


def sweep(folder: Path, manifest: Manifest) -> None:
    """Remove files that the manifest does not name: of an update that was killed, or of one generation ago.

    To be called before writing the next one, so that readers of the generation before still find theirs.
    """
    buckets = manifest.all_buckets
    kept = {segment.name for bucket in buckets for segment in bucket.segments}
    kept |= {bucket.struck[0] for bucket in buckets if bucket.struck}
    kept.add(manifest.followed)
    for kind in (*KINDS, "links"):
        for file in folder.glob(f"*.{kind}"):
            if file.stem not in kept:
                file.unlink()


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """One writer at a time; others wait."""
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
