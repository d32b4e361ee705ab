"""What the lake shows of duties: a fixed number of queries. No names, only ids and codes."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa
from django.db.models import Count

from remit.lake.tables import TABLES
from remit.org.queries.companies import books_of_units
from remit.org.queries.organisation import organisation_on

from ..cadence import hours_per_month
from ..enums import State
from ..models import Charge, Occurrence, Submission
from .stakes import charges_in_force, crews_of
from .work import evidence_counts

THOUSANDTH = Decimal("0.001")


def occurrences_projected(at: datetime) -> pa.Table:
    """Every occurrence that fell due by ``at``, in the columns of the lake's ``occurrences``."""
    charges = _charges_projected()
    evidence = evidence_counts()
    deliveries = _counted(Submission.objects.values_list("occurrence"))
    hours: dict[int, Decimal] = {}
    rows = Occurrence.objects.filter(due_at__lte=at).order_by("due_on", "pk")
    found = rows.values_list(
        "pk", "charge", "version__rhythm", "due_on", "state", "delivered_at", "due_at", "returns",
        "version__evidence_count", "version__effort_minutes", "accountable",
    )  # fmt: skip

    def row(one: Sequence[Any]) -> tuple[Any, ...]:
        pk, charge, rhythm, due_on, state, delivered_at, due_at, returns, needed, minutes, accountable = one
        given = evidence.get(pk, 0)
        on_time = state in (State.DELIVERED, State.ACCEPTED) and delivered_at <= due_at
        if minutes not in hours:
            hours[minutes] = _hours(minutes / 60)
        return (
            pk, *charges[charge], rhythm, due_on, state, on_time, deliveries.get(pk, 0), returns,
            needed, given, max(needed - given, 0), hours[minutes], accountable,
        )  # fmt: skip

    return _table("occurrences", map(row, found.iterator(chunk_size=10_000)))


def charges_projected(on: date) -> pa.Table:
    """Every charge in force on a day, in the columns of the lake's ``charges``."""
    places = _charges_projected()
    charges = list(charges_in_force(on).select_related("duty__current").order_by("pk"))
    crews = crews_of(charges, on, organisation_on(on))

    def rows() -> Iterator[tuple[Any, ...]]:
        for charge in charges:
            crew, version = crews[charge.pk], charge.duty.current
            assert version is not None  # a duty without a version is never committed
            hours = _hours(hours_per_month(version.rhythm, version.effort_minutes))
            yield (
                charge.pk, *places[charge.pk], version.rhythm, on,
                crew.accountable is not None, bool(crew.responsible), hours,
            )  # fmt: skip

    return _table("charges", rows())


def _charges_projected() -> dict[int, tuple[int, str, str, str]]:
    """Of each charge: in whose books it stands, its unit's code, its duty's code and chapter."""
    books = books_of_units()
    rows = Charge.objects.select_related("duty", "unit").only("unit__code", "duty__code")
    return {
        charge.pk: (books[charge.unit_id], charge.unit.code, charge.duty.code, charge.duty.chapter)
        for charge in rows
    }


def _counted(occurrences: Any) -> dict[int, int]:
    return dict(occurrences.annotate(Count("pk")))


def _hours(hours: float) -> Decimal:
    return Decimal(hours).quantize(THOUSANDTH)


def _table(name: str, rows: Iterable[tuple[Any, ...]]) -> pa.Table:
    """Rows in the order of the contract's columns."""
    columns = TABLES[name].columns
    values = list(zip(*rows, strict=True)) or [()] * len(columns)
    arrays = [pa.array(each, type=column.type) for each, column in zip(values, columns, strict=True)]
    return pa.Table.from_arrays(arrays, names=[column.name for column in columns])
