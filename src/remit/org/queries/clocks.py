"""Zones and working calendars of all units at once, for work that goes through the whole organisation."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings

from remit.core.reading import once_a_reading

from ..models import Unit, UnitHolidays, UnitZone
from ..working_days import WorkingCalendar
from .scopes import ancestor_paths
from .today import company_day
from .working_days import calendar_for

type Dated = list[tuple[date, str]]  # newest first


@dataclass(frozen=True)
class Clocks:
    """``zones`` and ``countries`` by unit, as each unit set them; ``calendars`` by country."""

    paths: Mapping[int, str]
    zones: Mapping[str, Dated]
    countries: Mapping[str, Dated]
    calendars: Mapping[str, WorkingCalendar]
    _known: dict[int, tuple[str, ...]] = field(default_factory=dict, repr=False, compare=False)

    def zone(self, unit: int, on: date) -> ZoneInfo:
        """As ``zone_on`` says."""
        return ZoneInfo(self._nearest(self.zones, unit, on) or settings.TIME_ZONE)

    def zone_at(self, unit: int, at: datetime) -> ZoneInfo:
        """The zone at a moment: the one of the company's day, for a zone is set by days."""
        return self.zone(unit, company_day(at))

    def calendar(self, unit: int, on: date) -> WorkingCalendar:
        """As ``calendar_of`` says."""
        return self.calendars[self._nearest(self.countries, unit, on) or "NONE"]

    def moment(self, unit: int, on: date, at: time) -> datetime:
        """A time of day of the unit, aware."""
        return datetime.combine(on, at, tzinfo=self.zone(unit, on))

    def day(self, unit: int, at: datetime) -> date:
        """The day that it is in the unit."""
        return at.astimezone(self.zone_at(unit, at)).date()

    def _upwards(self, unit: int) -> tuple[str, ...]:
        """The paths of a unit and of all above it, the nearest first."""
        if unit not in self._known:
            path = self.paths[unit]
            self._known[unit] = (path, *reversed(ancestor_paths(path)))
        return self._known[unit]

    def _nearest(self, rows: Mapping[str, Dated], unit: int, on: date) -> str:
        for place in self._upwards(unit):
            for starts_on, value in rows.get(place, ()):
                if starts_on <= on:
                    return value
        return ""


@once_a_reading
def clocks() -> Clocks:
    """Read at once; three queries, and two per country whose holidays are kept."""
    zones: defaultdict[str, Dated] = defaultdict(list)
    for path, starts_on, zone in UnitZone.objects.order_by("-starts_on").values_list(
        "unit__path", "starts_on", "zone"
    ):
        zones[path].append((starts_on, zone))
    countries: defaultdict[str, Dated] = defaultdict(list)
    for path, starts_on, country in UnitHolidays.objects.order_by("-starts_on").values_list(
        "unit__path", "starts_on", "country"
    ):
        countries[path].append((starts_on, country))
    kept = {country for rows in countries.values() for _starts_on, country in rows} | {"NONE"}
    return Clocks(
        paths=dict(Unit.objects.values_list("id", "path")),
        zones=zones,
        countries=countries,
        calendars={country: calendar_for(country) for country in kept},
    )
