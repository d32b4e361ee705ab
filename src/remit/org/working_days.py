"""Working days. Pure: a country's holidays come from packages, what an administrator entered goes first.

Mainland China's published years come from ``chinesecalendar`` (General Office of the State Council), make-up
days (調休) included; further years, and other countries, from ``holidays``. A year that nobody has published
yet is a prediction and says so.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

ONE_DAY = timedelta(days=1)
LONGEST_BREAK = 60  # days: a longer run without a working day is a mistake in what was entered
# Of these the packages know what was published, up to this year; the United States' follow from law.
PUBLISHED_UNTIL = {"CN": 2026, "TW": 2026, "HK": 2026}


class Certainty(StrEnum):
    """Where the days of a year come from."""

    ENTERED = "entered"
    PUBLISHED = "published"
    PREDICTED = "predicted"


class NoWorkingDay(ValueError):
    """Two months without a working day were entered."""


@dataclass(frozen=True)
class WorkingCalendar:
    """``entered``: for each year that an administrator entered, the days unlike Monday to Friday."""

    country: str = "NONE"
    entered: Mapping[int, Mapping[date, bool]] = field(default_factory=dict)

    def is_working(self, day: date) -> bool:
        """Whether one works that day."""
        days = self.entered.get(day.year)
        if days is not None:
            return days.get(day, day.weekday() < 5)
        return day not in _days_off(self.country, day.year)

    def certainty(self, year: int) -> Certainty:
        """Whether the days of a year were entered, published or are predicted."""
        if year in self.entered:
            return Certainty.ENTERED
        known_until = PUBLISHED_UNTIL.get(self.country)
        return Certainty.PREDICTED if known_until is not None and year > known_until else Certainty.PUBLISHED

    def at_or_before(self, day: date, *, not_before: date) -> date | None:
        """The last working day up to ``day``; none when it would lie before ``not_before``."""
        while day >= not_before:
            if self.is_working(day):
                return day
            day -= ONE_DAY
        return None

    def at_or_after(self, day: date) -> date:
        """The first working day from ``day`` on."""
        for _step in range(LONGEST_BREAK):
            if self.is_working(day):
                return day
            day += ONE_DAY
        raise NoWorkingDay(f"No working day within {LONGEST_BREAK} days before {day}. Correct the calendar.")

    def shifted(self, day: date, count: int) -> date:
        """``count`` working days after ``day`` (before it, when negative); 0 is ``day`` itself."""
        step = ONE_DAY if count > 0 else -ONE_DAY
        for _each in range(abs(count)):
            day = self.at_or_after(day + step) if count > 0 else self._before(day + step)
        return day

    def between(self, first: date, last: date) -> Iterator[date]:
        """The working days from a day to a day, both included."""
        day = first
        while day <= last:
            if self.is_working(day):
                yield day
            day += ONE_DAY

    def _before(self, day: date) -> date:
        found = self.at_or_before(day, not_before=day - LONGEST_BREAK * ONE_DAY)
        if found is None:
            raise NoWorkingDay(
                f"No working day within {LONGEST_BREAK} days before {day}. Correct the calendar."
            )
        return found


@cache
def _days_off(country: str, year: int) -> frozenset[date]:
    """Weekends and holidays of a year, without the days on which one works instead."""
    first = date(year, 1, 1)
    days = [first + ONE_DAY * number for number in range((date(year + 1, 1, 1) - first).days)]
    if country == "CN" and 2004 <= year <= PUBLISHED_UNTIL["CN"]:
        import chinese_calendar  # imported late, as ``holidays`` below: only calendars need them

        return frozenset(day for day in days if not chinese_calendar.is_workday(day))
    if country == "NONE":
        return frozenset(day for day in days if day.weekday() >= 5)
    import holidays

    public = holidays.country_holidays(country, years=year)
    return frozenset(day for day in days if not public.is_working_day(day))
