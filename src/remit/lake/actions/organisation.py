"""Units and exchange rates: rows of a room below the lake, published from here."""

from collections.abc import Iterable
from datetime import date, datetime

import pyarrow as pa
from django.db import transaction

from remit.audit.models import Event
from remit.org.actions.rate import load_rates, mark_rates_published
from remit.org.models import Person, Rate, Unit

from ..duck import as_arrow
from ..tables import TABLES
from .publication import publish

BEGINNING = date(1, 1, 1)
OPEN_END = date(9999, 12, 31)


def load_rates_from(
    *, batches: Iterable[pa.RecordBatch], unit: Unit, import_id: int, by: Person | None, at: datetime
) -> int:
    """The door of the table ``rates``."""
    rows = (row for batch in batches for row in batch.to_pylist())
    count = load_rates(rows=rows, unit=unit, import_id=import_id, by=by, at=at)
    publish_rates(at=at)
    return count


@transaction.atomic
def publish_rates(*, at: datetime) -> int:
    """Bring the lake's rates up to the database; return how many it had not seen.

    A rate that is corrected was never true: it is replaced, not closed.
    """
    rates = list(Rate.objects.filter(published=False).order_by("pk"))
    rows = [
        {
            "id": rate.pk,
            "code": str(rate),
            "base": rate.base,
            "quote": rate.quote,
            "day": rate.day,
            "rate": rate.rate,
            "source": rate.source or None,
            "valid_from": BEGINNING,
            "valid_to": OPEN_END,
        }
        for rate in rates
    ]
    if rows:
        publish("rates", pa.Table.from_pylist(rows, schema=TABLES["rates"].schema), at)
        mark_rates_published([rate.pk for rate in rates])
    return len(rows)


def units_changed(*, event: Event, at: datetime) -> None:
    """A reaction: a unit was added, moved or changed, so figures call it by its present name and place."""
    publish_units(at=at)


def publish_units(*, at: datetime) -> int:
    """Bring the lake's units up to the database; return how many changed or are new."""
    companies: dict[str, int] = {}
    rows = []
    ids = {unit.path: unit.pk for unit in Unit.objects.all()}
    for unit in Unit.objects.order_by("path"):
        above = unit.path[: -Unit.steplen]
        company = unit.pk if unit.is_company else companies.get(above)
        if company is not None:
            companies[unit.path] = company
        rows.append(
            {
                "id": unit.pk,
                "code": unit.code,
                "unit_id": company,
                "name": unit.name,
                "name_en": unit.name_en or None,
                "parent_id": ids.get(above),
                "region": unit.region or None,
                "is_company": unit.is_company,
                "currency": unit.currency or None,
            }
        )
    if not rows:
        return 0
    return publish("units", as_arrow({name: [row[name] for row in rows] for name in rows[0]}), at)
