"""Load, stub and publish products."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from remit.audit.actions import record
from remit.core.ref import Ref
from remit.lake.actions import publish
from remit.lake.actions.dimensions import Batches, mark_published, store, stub, unpublished
from remit.org.models import Person, Unit

from .. import events
from ..listing import PRODUCTS


def load_products(*, batches: Batches, unit: Unit, import_id: int, by: Person | None, at: datetime) -> int:
    """Insert or update the products of a company by code, then publish them; return how many codes came.

    The lake is written after the rows are committed: a crash between the two leaves unpublished rows, which
    the next publication brings, and never a published row that the database does not have.
    """
    with transaction.atomic():
        count = store(PRODUCTS, batches, owner_id=unit.pk, import_id=import_id, at=at)
        fields = {"count": count, "unit": unit.code}
        record(events.PRODUCTS_LOADED, Ref("import", import_id), by=by, at=at, fields=fields)
    publish_products(at=at)
    return count


def ensure_products(*, unit_id: int, codes: Iterable[str], by: Person | None, at: datetime) -> int:
    """Add what facts name and no list has described yet, then publish it; return how many were added."""
    with transaction.atomic():
        unit = Unit.objects.get(pk=unit_id)
        count = stub(PRODUCTS, codes, owner_id=unit_id, at=at)
        if count:
            fields = {"count": count, "unit": unit.code}
            record(events.PRODUCTS_STUBBED, unit, by=by, at=at, fields=fields)
    publish_products(at=at)
    return count


@transaction.atomic
def publish_products(*, at: datetime) -> int:
    """Bring the lake's products up to the database; return how many rows it had not seen."""
    table = unpublished(PRODUCTS)
    if table.num_rows:
        publish("products", table, at)
        mark_published(PRODUCTS, table["id"].to_pylist())
    return int(table.num_rows)
