"""On which days a unit works."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..enums import Holidays
from .unit import Unit


class UnitHolidays(models.Model):
    """Whose public holidays a unit keeps from a day on; below it the same, until a unit sets its own."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="holidays")
    country = models.CharField(_("holidays of"), max_length=4, choices=Holidays)
    starts_on = models.DateField(_("from"))

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_country_per_unit_and_day", fields=["unit", "starts_on"]),
        ]


class CalendarYear(models.Model):
    """An administrator entered (or confirmed) the days of a year: it is no longer a prediction."""

    country = models.CharField(_("holidays of"), max_length=4, choices=Holidays)
    year = models.PositiveSmallIntegerField(_("year"))
    source = models.CharField(_("source"), max_length=200, blank=True)
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_calendar_per_country_and_year", fields=["country", "year"]),
        ]


class CalendarDay(models.Model):
    """A day off, or a make-up day (調休) on which one works; only what differs from Monday to Friday."""

    calendar = models.ForeignKey(CalendarYear, models.CASCADE, related_name="days")
    day = models.DateField(_("day"))
    is_working = models.BooleanField(_("one works"), default=False)
    name = models.CharField(_("name"), max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_entry_per_day", fields=["calendar", "day"]),
        ]
