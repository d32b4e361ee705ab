"""An index from the beginning."""

from pathlib import Path

from .linking import follow
from .links import NO_LINKS, Links
from .manifest import Bucket, Manifest, alone, read_manifest, sweep, write_manifest
from .segment import Writer
from .source import Sorter, Source

BUCKET_EVENTS = 500_000
BUCKETS_MAX = 1024


def build(folder: Path, source: Source, sources: tuple[str, ...] = (), links: Links = NO_LINKS) -> Manifest:
    """Index all events of ``source`` into ``folder``, in place of what was there. Raise CannotIndex."""
    with alone(folder):
        return build_alone(folder, source, sources, links)


def build_alone(folder: Path, source: Source, sources: tuple[str, ...], links: Links) -> Manifest:
    """The same for who holds the lock already."""
    before = read_manifest(folder)
    if before is not None:
        sweep(folder, before)
    generation = before.generation + 1 if before else 1
    with Sorter(source, folder / "spill") as sorter, Writer(folder, f"{generation:06d}") as writer:
        buckets = [Bucket()] * buckets_for(sorter.events)
        for number, run in sorter.buckets(len(buckets)):
            buckets[number] = Bucket((writer.segment(run),))
    numbers = tuple(source.numbers)
    made = Manifest(
        sorter.names, sorter.values, tuple(buckets), sources, sorter.left_out, generation, numbers
    )
    made = follow(folder, made, links, ())
    write_manifest(folder, made)
    return made


def buckets_for(events: int) -> int:
    """A power of two: small enough buckets to be sorted in memory, and to keep several threads busy."""
    count = 1
    while count < BUCKETS_MAX and count * BUCKET_EVENTS < events:
        count *= 2
    return count
