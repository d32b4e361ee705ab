"""When a duty is due. Pure: a rhythm and a working calendar in, slots out (``docs/how/cadence.md``).

``day`` of a rhythm: weekly and fortnightly, the ISO weekday 1–7; monthly, the day of the month (−1: the
last); quarterly and yearly, days after the period's end; once, working days after the charge begins.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from remit.core.period import add_months
from remit.org.working_days import LONGEST_BREAK, WorkingCalendar

ONE_DAY = timedelta(days=1)
LONGEST_SHIFT = ONE_DAY * LONGEST_BREAK  # a due day may have moved from a period before into the range
FIRST_MONDAY = date(1970, 1, 5)  # fortnights are counted from here
FRIDAY, LAST_DAY, TENTH = 5, -1, 10  # where a version names no day
# Working days before it is due on which an occurrence shows itself.
LEAD_DAYS = {
    "daily": 0,
    "weekly": 3,
    "fortnightly": 5,
    "monthly": 5,
    "quarterly": 10,
    "yearly": 20,
    "once": 5,
}
PER_YEAR = {"daily": 250, "weekly": 52, "fortnightly": 26, "monthly": 12, "quarterly": 4, "yearly": 1}


@dataclass(frozen=True, slots=True)
class Slot:
    """One period of a rhythm: its name, when it shows itself, and the working day on which it is due."""

    key: str
    opens_on: date
    due_on: date


@dataclass(frozen=True, slots=True)
class Span:
    """A period before it meets the calendar. The due day may move between ``earliest`` and beyond.

    ``moves``: a day off moves it; otherwise it owes nothing.
    """

    key: str
    first: date
    earliest: date
    wanted: date
    moves: bool = True


def slots(
    rhythm: str, day: int | None, begins: date, ends: date | None, calendar: WorkingCalendar,
    first: date, last: date,
) -> Iterator[Slot]:  # fmt: skip
    """Every slot of a charge that touches the days from ``first`` to ``last``, in order.

    A slot touches from the first day of its period to the day it is due, so that ranges put end to end give
    just what the whole gives, by key. One that is due before the charge begins or after it ends is not owed.
    Rhythm ``event`` has none.
    """
    for span in _spans(rhythm, day, begins, calendar, first, last):
        due = _due(span, calendar)
        if due is None or due < begins or (ends is not None and due > ends):
            continue
        if span.first <= last and max(due, span.wanted) >= first:
            opens = calendar.shifted(due, -LEAD_DAYS[rhythm])
            yield Slot(span.key, max(opens, min(begins, due)), due)


def due_after(event_on: date, respond_days: int, calendar: WorkingCalendar) -> date:
    """When the answer to something that happened on a day is due: 0 is that day, or the next working day."""
    return calendar.shifted(calendar.at_or_after(event_on), respond_days)


def hours_per_month(rhythm: str, effort_minutes: int) -> float:
    """Hours that a rhythm takes in an average month; nothing for what happens once or upon an event."""
    return PER_YEAR.get(rhythm, 0) * effort_minutes / 60 / 12


def _due(span: Span, calendar: WorkingCalendar) -> date | None:
    """The working day before, within the period; else the first one after. A day off owes nothing daily."""
    if not span.moves:
        return span.wanted if calendar.is_working(span.wanted) else None
    return calendar.at_or_before(span.wanted, not_before=span.earliest) or calendar.at_or_after(span.wanted)


def _spans(
    rhythm: str, day: int | None, begins: date, calendar: WorkingCalendar, first: date, last: date
) -> Iterator[Span]:
    match rhythm:
        case "daily":
            for number in range((last - first).days + 1):
                that = first + ONE_DAY * number
                yield Span(that.isoformat(), that, that, that, moves=False)
        case "weekly":
            yield from _weeks(1, day or FRIDAY, first, last)
        case "fortnightly":
            yield from _weeks(2, day or FRIDAY, first, last)
        case "monthly":
            yield from _months(1, day or LAST_DAY, first, last)
        case "quarterly":
            yield from _months(3, day or TENTH, first, last)
        case "yearly":
            yield from _months(12, day or TENTH, first, last)
        case "once":
            wanted = calendar.shifted(calendar.at_or_after(begins), day or 0)
            yield Span("once", begins, begins, wanted)


def _weeks(count: int, weekday: int, first: date, last: date) -> Iterator[Span]:
    """Weeks or pairs of weeks; of a pair, the day lies in the second week."""
    length = 7 * count
    index = (first - LONGEST_SHIFT - FIRST_MONDAY).days // length
    while (monday := FIRST_MONDAY + ONE_DAY * length * index) <= last:
        wanted = monday + ONE_DAY * (length - 7 + weekday - 1)
        year, week, _day = monday.isocalendar()
        key = f"{year}-W{week:02}" if count == 1 else f"{year}-F{week:02}"
        yield Span(key, monday, monday, wanted)
        index += 1


def _months(count: int, day: int, first: date, last: date) -> Iterator[Span]:
    """Months, with the day in them; quarters and years, with days after their end."""
    first -= LONGEST_SHIFT
    month = first.month - (first.month - 1) % count
    start = add_months(date(first.year, month, 1), -2 * count)
    while start <= last:
        following = add_months(start, count)
        if count == 1:
            end = following - ONE_DAY
            wanted = end if day < 0 else min(start + ONE_DAY * (day - 1), end)
            yield Span(f"{start:%Y-%m}", start, start, wanted)
        else:
            key = f"{start.year}-Q{(start.month + 2) // 3}" if count == 3 else f"{start.year}"
            yield Span(key, start, following, following + ONE_DAY * (day - 1))
        start = following
