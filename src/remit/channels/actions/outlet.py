"""Load and stub outlets."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

import pyarrow as pa
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from remit.audit.actions import record
from remit.core.ref import Ref
from remit.lake.actions.dimensions import Batches, store, stub
from remit.org.models import Person, Unit

from .. import events
from ..enums import OutletKind
from ..listing import OUTLETS
from ..models import BEGINNING, Outlet, Placing
from .publication import publish_outlets


class UnknownRegion(ValueError):
    """An outlet's unit is not the company nor a part of it; the sentence names both."""


class UnknownKind(ValueError):
    """An outlet's kind is none of those known; the sentence names them."""


def load_outlets(*, batches: Batches, unit: Unit, import_id: int, by: Person | None, at: datetime) -> int:
    """Insert or update the outlets of a company by code, then publish them; return how many codes came.

    ``unit_id`` or ``region`` (a region, code or name of a unit below the company) say which unit runs the
    outlet; with neither it stays where it is, and a new one belongs to the company itself. A known outlet
    that comes with another unit has moved on the day of the import.
    """
    with transaction.atomic():
        company = Placement(unit)
        placed = [company.placed(batch) for batch in batches if batch.num_rows]
        count = store(OUTLETS, placed, owner_id=unit.pk, import_id=import_id, at=at)
        _keep_placings(company=unit, on=timezone.localdate(at), by=by, at=at)
        fields = {"count": count, "unit": unit.code}
        record(events.OUTLETS_LOADED, Ref("import", import_id), by=by, at=at, fields=fields)
    publish_outlets(at=at)
    return count


def ensure_outlets(*, unit_id: int, codes: Iterable[str], by: Person | None, at: datetime) -> int:
    """Add outlets that facts name and no list has described yet, then publish; return how many were added."""
    with transaction.atomic():
        unit = Unit.objects.get(pk=unit_id)
        count = stub(OUTLETS, codes, owner_id=unit_id, at=at, unit_id=unit_id, region=unit.region)
        if count:
            _keep_placings(company=unit, on=timezone.localdate(at), by=by, at=at)
            fields = {"count": count, "unit": unit.code}
            record(events.OUTLETS_STUBBED, unit, by=by, at=at, fields=fields)
    publish_outlets(at=at)
    return count


class Placement:
    """Finds the unit of each imported outlet of one company."""

    def __init__(self, company: Unit) -> None:
        self.company = company
        units = list(Unit.objects.filter(path__startswith=company.path).order_by("path"))
        self.units: dict[int, Unit] = {unit.pk: unit for unit in units}
        self.by_region: dict[str, Unit] = {}
        for unit in reversed(units):  # the outermost wins where two answer to one word
            for word in (unit.name_en, unit.name, unit.region, unit.code):
                self.by_region[word.strip().lower()] = unit
        known = Outlet.objects.filter(company=company).values_list("code", "unit_id", "region")
        self.known = {code: (unit_id, region) for code, unit_id, region in known}

    def placed(self, batch: pa.RecordBatch | pa.Table) -> pa.Table:
        """The batch with ``unit`` (id) and ``region`` for every row, and with kinds that are known."""
        rows = batch.to_pylist()
        places = [self._place_of(row) for row in rows]
        table = pa.Table.from_pylist(
            [
                row | {"unit": unit.pk, "region": region}
                for row, (unit, region) in zip(rows, places, strict=True)
            ]
        )
        if "kind" in table.schema.names:
            kinds = pa.array([_kind(row) for row in rows], pa.string())
            table = table.set_column(table.schema.get_field_index("kind"), "kind", kinds)
        return table

    def _place_of(self, row: Mapping[str, Any]) -> tuple[Unit, str]:
        """The unit that runs the outlet and the region it lies in."""
        if unit_id := row.get("unit_id"):
            if unit_id not in self.units:
                raise UnknownRegion(
                    _("Outlet “%(code)s”: its unit is not a part of %(company)s.")
                    % {"code": row["code"], "company": self.company.code}
                )
            unit = self.units[unit_id]
            return unit, unit.region or row.get("region") or ""
        if region := (row.get("region") or "").strip():
            unit = self.by_region.get(region.lower(), self.company)
            return unit, unit.region or region
        unit_id, region = self.known.get(row["code"], (self.company.pk, self.company.region))
        return self.units.get(unit_id, self.company), region


def _kind(row: Mapping[str, Any]) -> str:
    kind = (row["kind"] or OutletKind.STORE).strip().lower()
    if kind not in OutletKind.values:
        raise UnknownKind(
            _("Outlet “%(code)s”: kind “%(kind)s” is unknown. Known kinds: %(known)s.")
            % {"code": row["code"], "kind": kind, "known": ", ".join(OutletKind.values)}
        )
    return str(kind)


def _keep_placings(*, company: Unit, on: date, by: Person | None, at: datetime) -> None:
    """Give every outlet a placing for its unit: from the beginning when it has none, else from ``on``."""
    newest: dict[int, Placing] = {}
    for placing in Placing.objects.filter(outlet__company=company).order_by("outlet_id", "starts_on"):
        newest[placing.outlet_id] = placing
    fresh = []
    for outlet in Outlet.objects.filter(company=company, published=False):
        last = newest.get(outlet.pk)
        if last and (last.unit_id, last.region) == (outlet.unit_id, outlet.region):
            continue
        starts_on = max(on, last.starts_on) if last else BEGINNING
        fresh.append(
            Placing(
                outlet=outlet, unit_id=outlet.unit_id, region=outlet.region, starts_on=starts_on,
                moved_by=by.pk if by else None, moved_at=at,
            )
        )  # fmt: skip
    Placing.objects.bulk_create(
        fresh,
        update_conflicts=True,
        unique_fields=["outlet", "starts_on"],
        update_fields=["unit", "region", "moved_by", "moved_at"],
    )
