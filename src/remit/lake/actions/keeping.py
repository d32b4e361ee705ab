"""Load, stub and publish the list of a room: its customers, products or campaigns."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from remit.audit.actions import record
from remit.audit.events import EventType
from remit.core.ref import Ref
from remit.org.models import Person, Unit

from .dimensions import Batches, Listing, mark_published, store, stub, unpublished
from .publication import publish


@dataclass(frozen=True, slots=True)
class Kept:
    """A list whose rows have no more to them than its columns; ``table`` of the lake shows them.

    ``loaded`` and ``stubbed``: what is recorded, with the fields ``count`` and ``unit``.
    """

    listing: Listing
    table: str
    loaded: EventType
    stubbed: EventType

    def load(self, *, batches: Batches, unit: Unit, import_id: int, by: Person | None, at: datetime) -> int:
        """Insert or update the rows of a company by code, then publish them; return how many codes came.

        The lake is written after the rows are committed: a crash between the two leaves unpublished rows,
        which the next publication brings, and never a published row that the database does not have.
        """
        with transaction.atomic():
            count = store(self.listing, batches, owner_id=unit.pk, import_id=import_id, at=at)
            fields = {"count": count, "unit": unit.code}
            record(self.loaded, Ref("import", import_id), by=by, at=at, fields=fields)
        self.publish(at=at)
        return count

    def ensure(self, *, unit_id: int, codes: Iterable[str], by: Person | None, at: datetime) -> int:
        """Add what facts name and no list has described yet, then publish it; return how many were added."""
        with transaction.atomic():
            unit = Unit.objects.get(pk=unit_id)
            count = stub(self.listing, codes, owner_id=unit_id, at=at)
            if count:
                fields = {"count": count, "unit": unit.code}
                record(self.stubbed, unit, by=by, at=at, fields=fields)
        self.publish(at=at)
        return count

    @transaction.atomic
    def publish(self, *, at: datetime) -> int:
        """Bring the lake's list up to the database; return how many rows it had not seen."""
        table = unpublished(self.listing)
        if table.num_rows:
            publish(self.table, table, at)
            mark_published(self.listing, table["id"].to_pylist())
        return int(table.num_rows)
