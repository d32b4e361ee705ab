"""The published dimensions as imports see them, with the rooms that own them behind."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings

from remit.org.models import Person, Unit, UnitZone
from remit.org.queries.scopes import ancestor_paths
from remit.org.queries.today import company_day
from remit.org.queries.zones import zone_on

from .doors import NoDoor, door_of
from .queries import the_lake
from .snapshot import Snapshot


@dataclass(frozen=True)
class PublishedDimensions:
    """Resolves codes of one company; makes stubs through the doors of the rooms."""

    unit: Unit
    by: Person | None
    at: datetime

    def snapshot(self, dimension: str) -> Snapshot:
        return the_lake().snapshot(dimension)

    def ensure(self, dimension: str, codes: Sequence[str]) -> None:
        try:
            ensure = door_of(dimension).ensure
        except NoDoor:
            return
        if ensure is not None:
            ensure(unit_id=self.unit.pk, codes=codes, by=self.by, at=self.at)


def zones_of(unit: Unit) -> list[tuple[date, str]]:
    """The zones of a company, each with the day from which it holds; the first holds before it too."""
    paths = [*ancestor_paths(unit.path), unit.path]
    days = sorted(set(UnitZone.objects.filter(unit__path__in=paths).values_list("starts_on", flat=True)))
    if not days:
        return [(date(1970, 1, 1), settings.TIME_ZONE)]
    return [(day, zone_on(unit, day).key) for day in days]


def latest_day(unit: Unit, at: datetime) -> date:
    """The last day on which something can have happened: clocks may run ahead, by a day at most."""
    return at.astimezone(zone_on(unit, company_day(at))).date() + timedelta(days=1)
