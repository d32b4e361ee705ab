"""On which days units work."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from remit.audit.actions import record
from remit.core.text import day_in

from .. import events
from ..enums import Holidays
from ..models import CalendarDay, CalendarYear, Person, Unit, UnitHolidays

DAYS_MAX = 200


class DayOutsideTheYear(ValueError):
    """A day of another year was entered."""


class TooManyDays(ValueError):
    """More days differ from Monday to Friday than a year of work can have."""


@transaction.atomic
def keep_holidays(
    *, unit: Unit, country: str, starts_on: date, by: Person | None, at: datetime
) -> UnitHolidays:
    """From a day on the unit, and those below it that set none, keep a country's holidays."""
    row, _made = UnitHolidays.objects.update_or_create(
        unit=unit, starts_on=starts_on, defaults={"country": Holidays(country)}
    )
    fields = {"code": unit.code, "country": country, "starts_on": starts_on}
    record(events.HOLIDAYS_KEPT, unit, by=by, at=at, fields=fields)
    return row


@transaction.atomic
def enter_year(
    *,
    country: str,
    year: int,
    days: Mapping[date, tuple[bool, str]],
    source: str = "",
    by: Person | None,
    at: datetime,
) -> CalendarYear:
    """Enter the days that differ from Monday to Friday: (one works, name). Replaces what was entered."""
    if len(days) > DAYS_MAX:
        raise TooManyDays(_("At most %d days of a year can differ from Monday to Friday.") % DAYS_MAX)
    if strange := [day for day in days if day.year != year]:
        raise DayOutsideTheYear(
            _("%(day)s is not a day of %(year)s.") % {"day": day_in(strange[0], get_language()), "year": year}
        )
    row, _made = CalendarYear.objects.update_or_create(
        country=Holidays(country), year=year, defaults={"source": source[:200], "entered_at": at}
    )
    row.days.all().delete()
    CalendarDay.objects.bulk_create(
        CalendarDay(calendar=row, day=day, is_working=works, name=name[:80])
        for day, (works, name) in sorted(days.items())
    )
    fields = {"country": country, "year": year, "days": len(days), "source": source}
    record(events.YEAR_ENTERED, None, by=by, at=at, fields=fields)
    return row
