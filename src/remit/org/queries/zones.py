"""Which zone a unit's business dates follow."""

from collections.abc import Iterable
from datetime import date
from zoneinfo import ZoneInfo

from django.conf import settings

from ..models import Unit, UnitZone
from .scopes import ancestor_paths


def zone_on(unit: Unit, day: date) -> ZoneInfo:
    """The newest zone that the unit set by that day, else the nearest unit above, else the system's."""
    paths = [*ancestor_paths(unit.path), unit.path]
    rows = UnitZone.objects.filter(unit__path__in=paths, starts_on__lte=day)
    name = rows.order_by("-unit__depth", "-starts_on").values_list("zone", flat=True).first()
    return ZoneInfo(name or settings.TIME_ZONE)


def zones_on(asked: Iterable[tuple[Unit, date]]) -> dict[tuple[int, date], ZoneInfo]:
    """The same of several units, each on a day of its own; one query."""
    asked = list(asked)
    upward = {unit.path: [*ancestor_paths(unit.path), unit.path][::-1] for unit, _day in asked}
    rows = UnitZone.objects.filter(unit__path__in={path for paths in upward.values() for path in paths})
    known = list(rows.order_by("-starts_on").values_list("unit__path", "starts_on", "zone"))

    def found(unit: Unit, day: date) -> str:
        names = (
            zone for place in upward[unit.path] for path, starts, zone in known
            if path == place and starts <= day
        )  # fmt: skip
        return next(names, settings.TIME_ZONE)

    return {(unit.pk, day): ZoneInfo(found(unit, day)) for unit, day in asked}
