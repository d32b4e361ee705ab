"""Database and lake at one instant."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from remit.lake.snapshot import Snapshot
from remit.lake.store import Lake
from remit.lake.tables import TABLES

from .database import Frozen, frozen
from .manifest import BadArchive

TRIES = 200


@dataclass(frozen=True)
class Instant:
    """A held database, and the snapshot of each table of the lake that exists."""

    database: Frozen
    tables: tuple[Snapshot, ...]


@contextmanager
def instant(lake: Lake) -> Iterator[Instant]:
    """Hold both as they were at one instant, without stopping anybody.

    The versions of the lake are read before and after the database is held: when none has moved, they were
    the versions at that instant. Otherwise it is tried again, which takes some milliseconds.
    Raises BadArchive when the lake never rests.
    """
    for _try in range(TRIES):
        before = snapshots(lake)
        with frozen() as database:
            if snapshots(lake) == before:
                yield Instant(database, before)
                return
    raise BadArchive("The lake changes without a pause. Try again when fewer imports are running.")


def snapshots(lake: Lake) -> tuple[Snapshot, ...]:
    """The newest version of every table that was ever written."""
    found = (lake.snapshot(name) for name in TABLES)
    return tuple(snapshot for snapshot in found if snapshot.version >= 0)
