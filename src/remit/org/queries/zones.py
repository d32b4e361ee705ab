"""Which zone a unit's business dates follow."""

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
