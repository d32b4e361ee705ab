"""In which zone a unit's days begin."""

from datetime import date, datetime
from zoneinfo import available_timezones

from django.db import transaction
from django.utils.translation import gettext as _

from remit.audit.actions import record

from .. import events
from ..models import Person, Unit, UnitZone


class NoSuchZone(ValueError):
    """The name is not in the IANA time zone database."""


def require_zone(zone: str) -> None:
    """Raise NoSuchZone for a name that is not a time zone."""
    if zone not in available_timezones():
        raise NoSuchZone(
            _("%s is not a time zone. Write a region and a city, such as Asia/Taipei.") % (zone or "“”")
        )


@transaction.atomic
def set_zone(*, unit: Unit, zone: str, starts_on: date, by: Person | None, at: datetime) -> UnitZone:
    """The zone of a unit (and of units below it without their own) from a day on."""
    require_zone(zone)
    row, _made = UnitZone.objects.update_or_create(unit=unit, starts_on=starts_on, defaults={"zone": zone})
    fields = {"code": unit.code, "zone": zone, "starts_on": starts_on}
    record(events.ZONE_SET, unit, by=by, at=at, fields=fields)
    return row
