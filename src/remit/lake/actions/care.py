"""Keep the tables quick and small."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from remit.audit.actions import record

from .. import events
from ..enums import ImportState
from ..models import Import, Pinned
from ..queries import the_lake
from ..tables import TABLES
from .tidying import let_go


def compact_tables(*, at: datetime) -> dict[str, tuple[int, int]]:
    """Join small files of every table, write checkpoints; return (files before, after) of those changed."""
    lake = the_lake()
    changed = {}
    for name in TABLES:
        before, after = lake.compact(name)
        lake.checkpoint(name)
        if before:
            changed[name] = (before, after)
            fields = {"table": name, "before": before, "after": after}
            record(events.TABLE_COMPACTED, None, by=None, at=at, fields=fields)
    return changed


def vacuum_tables(*, at: datetime, retention_hours: int = 24) -> dict[str, int]:
    """Remove files that no version of the last hours and no pin needs; return how many by table."""
    Pinned.objects.filter(until__lte=at).delete()
    tidy_folders()
    lake = the_lake()
    removed = {}
    for name in TABLES:
        keep = Pinned.objects.filter(table=name).values_list("version", flat=True)
        files = lake.vacuum(name, keep=keep, retention_hours=retention_hours)
        if files:
            removed[name] = len(files)
            fields = {"table": name, "count": len(files)}
            record(events.TABLE_VACUUMED, None, by=None, at=at, fields=fields)
    return removed


def tidy_folders() -> int:
    """Remove working files that a killed import left after its end; return how many folders."""
    ended = (ImportState.DONE, ImportState.UNDONE, ImportState.FAILED)
    return sum(let_go(row=row) for row in Import.objects.filter(state__in=ended, runner=""))


@transaction.atomic
def pin(*, table: str, version: int, holder: str, at: datetime, until: datetime) -> Pinned:
    """Keep a version readable until a time; again by the same holder: longer. A loan: no event."""
    if until <= at:
        raise ValueError("A pin ends after it begins.")
    pinned, _made = Pinned.objects.update_or_create(
        table=TABLES[table].name, version=version, holder=holder, defaults={"until": until}
    )
    return pinned


@transaction.atomic
def unpin(*, table: str, version: int, holder: str, at: datetime) -> None:
    """Give a version back; what ran out by ``at`` goes too."""
    mine = Q(table=table, version=version, holder=holder)
    Pinned.objects.filter(mine | Q(until__lte=at)).delete()
