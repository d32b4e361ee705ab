"""Exchange rates come in."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from remit.audit.actions import record
from remit.core.ref import Ref

from .. import events
from ..models import Person, Rate, Unit


class NotACurrency(ValueError):
    """A currency is three capital letters, and a rate is between two different ones."""


@transaction.atomic
def load_rates(
    *, rows: Iterable[Mapping[str, Any]], unit: Unit, import_id: int | None, by: Person | None, at: datetime
) -> int:
    """Insert or update rates by (base, quote, day); return how many came.

    A row has ``base``, ``quote`` (ISO 4217), ``day`` (date), ``rate`` (Decimal, above zero) and ``source``.
    Raise NotACurrency before anything is written.
    """
    by_key = {(row["base"], row["quote"], row["day"]): row for row in rows}
    for row in by_key.values():
        _require_pair(row)
    Rate.objects.bulk_create(
        [
            Rate(
                unit=unit,
                base=row["base"],
                quote=row["quote"],
                day=row["day"],
                rate=row["rate"],
                source=row.get("source") or "",
                published=False,
                import_id=import_id,
                changed_at=at,
            )
            for row in by_key.values()
        ],
        update_conflicts=True,
        unique_fields=["base", "quote", "day"],
        update_fields=["unit", "rate", "source", "published", "import_id", "changed_at"],
    )
    subject = Ref("import", import_id) if import_id else None
    record(events.RATES_LOADED, subject, by=by, at=at, fields={"count": len(by_key), "unit": unit.code})
    return len(by_key)


def mark_rates_published(rates: Iterable[int]) -> None:
    """The lake has these rates as they stand; called in the transaction that read them."""
    Rate.objects.filter(pk__in=list(rates)).update(published=True)


def _require_pair(row: Mapping[str, Any]) -> None:
    for code in (row["base"], row["quote"]):
        if not (len(code) == 3 and code.isascii() and code.isalpha() and code.isupper()):
            raise NotACurrency(_("“%s” is not a currency: write three capital letters, such as TWD.") % code)
    if row["base"] == row["quote"] or row["rate"] <= 0:
        raise NotACurrency(
            _("A rate of %(rate)s from %(base)s to %(quote)s on %(day)s cannot be.")
            % {name: row[name] for name in ("rate", "base", "quote", "day")}
        )
