"""The working calendar of a unit on a day."""

from datetime import date

from ..models import CalendarDay, CalendarYear, Unit, UnitHolidays
from ..working_days import WorkingCalendar
from .scopes import ancestor_paths


def calendar_of(unit: Unit, day: date) -> WorkingCalendar:
    """The holidays that the unit, or the nearest unit above that set any, keeps by that day."""
    paths = [*ancestor_paths(unit.path), unit.path]
    rows = UnitHolidays.objects.filter(unit__path__in=paths, starts_on__lte=day)
    country = rows.order_by("-unit__depth", "-starts_on").values_list("country", flat=True).first()
    return calendar_for(country or "NONE")


def calendar_for(country: str) -> WorkingCalendar:
    """A country's calendar with what an administrator entered; two queries."""
    entered: dict[int, dict[date, bool]] = {
        year: {} for year in CalendarYear.objects.filter(country=country).values_list("year", flat=True)
    }
    days = CalendarDay.objects.filter(calendar__country=country)
    for year, day, is_working in days.values_list("calendar__year", "day", "is_working"):
        entered[year][day] = is_working
    return WorkingCalendar(country, entered)


def years_of() -> dict[tuple[str, int], CalendarYear]:
    """The years that were entered, by country and year."""
    return {(row.country, row.year): row for row in CalendarYear.objects.all()}


def days_of(year: CalendarYear) -> list[CalendarDay]:
    """The days that were entered of a year, in order."""
    return list(year.days.order_by("day"))
