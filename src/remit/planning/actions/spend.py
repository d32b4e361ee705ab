"""Invoices of the ledger become spend in the lake, each exactly once."""

from datetime import datetime
from typing import Any

import pyarrow as pa
from django.db import transaction

from remit.lake.actions.publication import append_facts
from remit.lake.tables import TABLES
from remit.org.queries.companies import books_of_units

from ..enums import MoneyStage
from ..models import BudgetEntry

SOURCE, NO_IMPORT = "budget", 0


def publish_spend(*, at: datetime) -> int:
    """Bring the lake's spend up to the ledger; return how many entries it had not seen.

    Entries get their batch first and go there under its number, so that a process that is stopped in between
    doubles nothing. A projection of entries that were recorded when they were made: no events of its own.
    """
    _put_in_batches()
    waiting = BudgetEntry.objects.filter(published=False, stage=MoneyStage.INVOICE, batch__isnull=False)
    batches = list(waiting.order_by("batch").values_list("batch", flat=True).distinct())
    return sum(_publish(batch) for batch in batches if batch is not None)


@transaction.atomic
def _put_in_batches() -> None:
    fresh = BudgetEntry.objects.filter(published=False, stage=MoneyStage.INVOICE, batch=None)
    ids = list(fresh.select_for_update().order_by("pk").values_list("pk", flat=True))
    if ids:
        BudgetEntry.objects.filter(pk__in=ids).update(batch=ids[0])


def _publish(batch: int) -> int:
    rows = BudgetEntry.objects.filter(batch=batch).select_related("line__budget", "line__plan").order_by("pk")
    books = books_of_units()
    table = pa.Table.from_pylist([_row(entry, books) for entry in rows], schema=TABLES["spend"].schema)
    append_facts("spend", table, source=SOURCE, key=str(batch))
    return BudgetEntry.objects.filter(batch=batch, published=False).update(published=True)


def _row(entry: BudgetEntry, books: dict[int, int]) -> dict[str, Any]:
    line = entry.line
    return {
        "import_id": NO_IMPORT,
        "unit_id": books[line.budget.unit_id],
        "campaign_id": line.plan.campaign_id if line.plan else None,
        "spend_code": f"{SOURCE}-{entry.pk}",
        "channel": line.channel,
        "spent_on": entry.on,
        "amount": entry.amount,
        "currency": line.budget.currency,
    }
