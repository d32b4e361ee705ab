"""On which days a series meets. Pure.

A series meets on its day of the week or month; where nobody works then, on the next working day of that week
or month, else on the last one before it. A week or month without a working day has no meeting.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from remit.core.period import add_months
from remit.org.working_days import WorkingCalendar

WEEKLY, MONTHLY = "weekly", "monthly"  # the third rhythm is every second week
ONE_DAY, ONE_WEEK = timedelta(days=1), timedelta(weeks=1)


def days_of_series(
    rhythm: str, day: int, *, anchor: date, first: date, last: date, calendar: WorkingCalendar
) -> list[tuple[str, date]]:
    """(key of the week or month, day) of each meeting from ``first`` to ``last``, both included."""
    found = []
    for key, begins, wanted, ends in _spans(rhythm, day, anchor, first, last):
        meets = _working(calendar, begins, wanted, ends)
        if meets is not None and first <= meets <= last:
            found.append((key, meets))
    return found


def monday_of(day: date) -> date:
    """The Monday of the day's week."""
    return day - ONE_DAY * day.weekday()


def _spans(
    rhythm: str, day: int, anchor: date, first: date, last: date
) -> Iterator[tuple[str, date, date, date]]:
    """(key, first day, wanted day, last day) of each week or month."""
    if rhythm == MONTHLY:
        month = first.replace(day=1)
        while month <= last:
            yield f"{month:%Y-%m}", month, month.replace(day=day), add_months(month, 1) - ONE_DAY
            month = add_months(month, 1)
        return
    monday = monday_of(first)
    while monday <= last:
        if rhythm == WEEKLY or (monday - monday_of(anchor)).days % 14 == 0:
            yield f"{monday:%G-W%V}", monday, monday + ONE_DAY * (day - 1), monday + ONE_DAY * 6
        monday += ONE_WEEK


def _working(calendar: WorkingCalendar, begins: date, wanted: date, ends: date) -> date | None:
    later = next(calendar.between(wanted, ends), None)
    return later or calendar.at_or_before(wanted, not_before=begins)
