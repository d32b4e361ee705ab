"""Periods of business days, absolute or relative to the freshest day of the data."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from .text import Text

FORMS = "2017, 2017-Q1, 2017-03, 2017-W10, 2017-03-05, 2017-01-01..2017-03-31, last 4 weeks, all"
YEAR_MAX = 9998  # the calendar ends with the next one, and a period needs a day after its last
SHOWN_MAX = 60


class UnreadablePeriod(ValueError):
    """A text is no period. ``reason`` says what is wrong and where; the message also which forms are read."""

    def __init__(self, reason: Text) -> None:
        super().__init__(f"{reason.en} Write one of: {FORMS}.")
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Period:
    """Days from ``first`` to ``last``, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise UnreadablePeriod(
                Text(
                    f"期間的結束日 {self.last} 早於開始日 {self.first}。",
                    f"The period ends ({self.last}) before it begins ({self.first}).",
                )
            )

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def __str__(self) -> str:
        return f"{self.first}..{self.last}"

    def previous(self) -> "Period":
        """The period just before: whole months stay whole months, otherwise the same number of days.

        Raise UnreadablePeriod when the calendar does not reach so far back.
        """
        months = self._whole_months()
        try:
            if months:
                return Period(add_months(self.first, -months), self.first - timedelta(days=1))
            return Period(self.first - timedelta(days=self.days), self.first - timedelta(days=1))
        except (ValueError, OverflowError) as error:
            raise self._nothing_before() from error

    def last_year(self) -> "Period":
        """The same period a year earlier: whole months by calendar, whole weeks by 52 weeks.

        Raise UnreadablePeriod when the calendar does not reach so far back.
        """
        try:
            if self._whole_months():
                after = add_months(self.last + timedelta(days=1), -12)
                return Period(add_months(self.first, -12), after - timedelta(days=1))
            if self.days % 7 == 0:
                return Period(self.first - timedelta(weeks=52), self.last - timedelta(weeks=52))
            return Period(add_months(self.first, -12), add_months(self.last, -12))
        except (ValueError, OverflowError) as error:
            raise self._nothing_before() from error

    def _nothing_before(self) -> UnreadablePeriod:
        return UnreadablePeriod(
            Text(
                f"期間從 {self.first} 開始，日曆上沒有更早的期間可以比較。",
                f"The period begins on {self.first}; the calendar holds no earlier one to compare it with.",
            )
        )

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
        """``freshest`` is the last day with data, included; the calendar's first day is the earliest."""
        try:
            return Period(self._first(freshest), freshest)
        except (ValueError, OverflowError):
            return Period(date.min, freshest)

    def _first(self, freshest: date) -> date:
        if self.unit in ("day", "week"):
            days = self.count * (7 if self.unit == "week" else 1)
            return freshest - timedelta(days=days - 1)
        months = {"month": 1, "quarter": 3, "year": 12}[self.unit] * self.count
        return add_months(freshest + timedelta(days=1), -months)

    def __str__(self) -> str:
        return f"last {self.count} {self.unit}{'s' if self.count != 1 else ''}"


def parse_period(text: str) -> Period | Relative | None:
    """Read a period; ``all`` or nothing is None. Raise UnreadablePeriod with the forms it takes."""
    text = text.strip()
    if not text or text == "all":
        return None
    try:
        return _parse(text)
    except _Wrong as wrong:
        shown = text if len(text) <= SHOWN_MAX else f"{text[:SHOWN_MAX]}…"
        why = wrong.why
        raise UnreadablePeriod(
            Text(f"「{shown}」不是期間：{why.zh_hant}。", f"'{shown}' is not a period: {why.en}.")
        ) from wrong


class _Wrong(ValueError):
    """One part of a period is wrong."""

    def __init__(self, zh_hant: str, en: str) -> None:
        super().__init__(en)
        self.why = Text(zh_hant, en)


def _parse(text: str) -> Period | Relative:
    if match := re.fullmatch(r"last (\d{1,4}) (day|week|month|quarter|year)s?", text):
        if int(match[1]) < 1:
            raise _Wrong("數目至少是 1", "the count is at least 1")
        return Relative(int(match[1]), match[2])
    if ".." in text:
        begin, end = text.split("..", 1)
        return Period(_day(begin), _day(end))
    if re.fullmatch(r"\d{4}", text):
        year = _year(text)
        return Period(date(year, 1, 1), date(year, 12, 31))
    if match := re.fullmatch(r"(\d{4})-Q(\d)", text):
        return _quarter(_year(match[1]), int(match[2]))
    if match := re.fullmatch(r"(\d{4})-(\d{2})", text):
        first = date(_year(match[1]), _month(match[2]), 1)
        return Period(first, add_months(first, 1) - timedelta(days=1))
    if match := re.fullmatch(r"(\d{4})-W(\d{2})", text):
        return _week(_year(match[1]), int(match[2]))
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        day = _day(text)
        return Period(day, day)
    raise _Wrong("看不懂這種寫法", "it is written in no form that is read")


def _year(text: str) -> int:
    if not 1 <= int(text) <= YEAR_MAX:
        raise _Wrong(f"年份是 0001 到 {YEAR_MAX}", f"years go from 0001 to {YEAR_MAX}")
    return int(text)


def _quarter(year: int, quarter: int) -> Period:
    if not 1 <= quarter <= 4:
        raise _Wrong(f"沒有 Q{quarter}，季是 Q1 到 Q4", f"there is no Q{quarter}; quarters go from Q1 to Q4")
    first = date(year, 3 * quarter - 2, 1)
    return Period(first, add_months(first, 3) - timedelta(days=1))


def _month(text: str) -> int:
    if not 1 <= int(text) <= 12:
        raise _Wrong(f"沒有 {text} 月，月份是 01 到 12", f"there is no month {text}; months go from 01 to 12")
    return int(text)


def _week(year: int, week: int) -> Period:
    weeks = date(year, 12, 28).isocalendar().week
    if not 1 <= week <= weeks:
        raise _Wrong(
            f"{year} 年沒有 W{week:02}，週是 W01 到 W{weeks}",
            f"{year} has no W{week:02}; its weeks go from W01 to W{weeks}",
        )
    first = date.fromisocalendar(year, week, 1)
    return Period(first, first + timedelta(days=6))


def _day(text: str) -> date:
    match = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", text.strip())
    if match is None:
        raise _Wrong(
            f"「{text[:SHOWN_MAX]}」不是日期，日期寫成 2017-03-05",
            f"'{text[:SHOWN_MAX]}' is no day; a day is written as 2017-03-05",
        )
    year, month = _year(match[1]), _month(match[2])
    days = (add_months(date(year, month, 1), 1) - timedelta(days=1)).day
    if not 1 <= int(match[3]) <= days:
        raise _Wrong(
            f"{match[1]}-{match[2]} 沒有 {match[3]} 日，日是 01 到 {days}",
            f"there is no day {match[3]} in {match[1]}-{match[2]}; its days go from 01 to {days}",
        )
    return date(year, month, int(match[3]))
