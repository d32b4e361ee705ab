"""How imports reach the rooms that own the dimensions: each registers a door when it starts."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import pyarrow as pa

from remit.org.models import Person, Unit


class NoDoor(LookupError):
    """No room takes this dimension; the sentence names it."""


class Load(Protocol):
    """Insert or update rows of the contract's columns by code, publish them, return how many codes came.

    Again with the same rows: nothing changes. Any ValueError is a sentence for the person who imports.
    """

    def __call__(
        self,
        *,
        batches: Iterable[pa.RecordBatch],
        unit: Unit,
        import_id: int,
        by: Person | None,
        at: datetime,
    ) -> int: ...


class Ensure(Protocol):
    """Make and publish a stub for every code that is not known; return how many were made."""

    def __call__(self, *, unit_id: int, codes: Iterable[str], by: Person | None, at: datetime) -> int: ...


@dataclass(frozen=True, slots=True)
class Door:
    """``table`` is the dimension. ``ensure`` is none where an unknown code must never make a row.

    ``publish`` brings the lake up to the database; it is called when the lake is rebuilt.
    """

    table: str
    load: Load
    ensure: Ensure | None = None
    publish: Callable[..., int] | None = None


_doors: dict[str, Door] = {}


def register(door: Door) -> None:
    """Called once by the AppConfig of the room that owns the table."""
    _doors[door.table] = door


def door_of(table: str) -> Door:
    """Raise NoDoor when no room has registered one."""
    if table not in _doors:
        raise NoDoor(f"No room takes {table}. Rooms take: {', '.join(sorted(_doors)) or 'none'}.")
    return _doors[table]


def all_doors() -> tuple[Door, ...]:
    return tuple(_doors[table] for table in sorted(_doors))
