"""Periods of business days, absolute or relative to the freshest day of the data."""

import re
from dataclasses import dataclass
from datetime import date, timedelta


class UnreadablePeriod(ValueError):
    """The text is not a period; the message says which forms are."""


FORMS = "2017, 2017-Q1, 2017-03, 2017-W10, 2017-03-05, 2017-01-01..2017-03-31, last 4 weeks, all"


@dataclass(frozen=True, slots=True)
class Period:
    """Days from ``first`` to ``last``, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise UnreadablePeriod(f"The period ends ({self.last}) before it begins ({self.first}).")

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def __str__(self) -> str:
        return f"{self.first}..{self.last}"

    def previous(self) -> "Period":
        """The period just before: whole months stay whole months, otherwise the same number of days."""
        months = self._whole_months()
        if months:
            return Period(add_months(self.first, -months), self.first - timedelta(days=1))
        return Period(self.first - timedelta(days=self.days), self.first - timedelta(days=1))

    def last_year(self) -> "Period":
        """The same period a year earlier: whole months by calendar, whole weeks by 52 weeks."""
        if self._whole_months():
            after = add_months(self.last + timedelta(days=1), -12)
            return Period(add_months(self.first, -12), after - timedelta(days=1))
        if self.days % 7 == 0:
            return Period(self.first - timedelta(weeks=52), self.last - timedelta(weeks=52))
        return Period(add_months(self.first, -12), add_months(self.last, -12))

    def _whole_months(self) -> int:
        after = self.last + timedelta(days=1)
        if self.first.day != 1 or after.day != 1:
            return 0
        return (after.year - self.first.year) * 12 + after.month - self.first.month


def add_months(day: date, months: int) -> date:
    """The same day of another month, or that month's last day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    first_after = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    last_day = (first_after - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last_day))


@dataclass(frozen=True, slots=True)
class Relative:
    """The last ``count`` ``unit`` (days, weeks, months, quarters, years) up to the freshest day."""

    count: int
    unit: str

    def resolve(self, freshest: date) -> Period:
        """``freshest`` is the last day with data; it is included."""
        if self.unit == "day":
            return Period(freshest - timedelta(days=self.count - 1), freshest)
        if self.unit == "week":
            return Period(freshest - timedelta(days=7 * self.count - 1), freshest)
        months = {"month": 1, "quarter": 3, "year": 12}[self.unit] * self.count
        return Period(add_months(freshest + timedelta(days=1), -months), freshest)

    def __str__(self) -> str:
        return f"last {self.count} {self.unit}{'s' if self.count != 1 else ''}"


def parse_period(text: str) -> Period | Relative | None:
    """Read a period; ``all`` or nothing is None. Raise UnreadablePeriod with the forms it takes."""
    text = text.strip()
    if not text or text == "all":
        return None
    try:
        return _parse(text)
    except UnreadablePeriod:
        raise
    except ValueError as error:
        raise UnreadablePeriod(f"{text!r} is not a period ({error}). Write one of: {FORMS}.") from error


def _parse(text: str) -> Period | Relative:
    if match := re.fullmatch(r"last (\d{1,4}) (day|week|month|quarter|year)s?", text):
        if int(match[1]) < 1:
            raise ValueError("a count of at least 1 is needed")
        return Relative(int(match[1]), match[2])
    if ".." in text:
        begin, end = text.split("..", 1)
        return Period(date.fromisoformat(begin), date.fromisoformat(end))
    if match := re.fullmatch(r"(\d{4})", text):
        return Period(date(int(text), 1, 1), date(int(text), 12, 31))
    if match := re.fullmatch(r"(\d{4})-Q([1-4])", text):
        first = date(int(match[1]), 3 * int(match[2]) - 2, 1)
        return Period(first, add_months(first, 3) - timedelta(days=1))
    if match := re.fullmatch(r"(\d{4})-(\d{2})", text):
        first = date(int(match[1]), int(match[2]), 1)
        return Period(first, add_months(first, 1) - timedelta(days=1))
    if match := re.fullmatch(r"(\d{4})-W(\d{2})", text):
        first = date.fromisocalendar(int(match[1]), int(match[2]), 1)
        return Period(first, first + timedelta(days=6))
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        day = date.fromisoformat(text)
        return Period(day, day)
    raise ValueError("unknown form")
