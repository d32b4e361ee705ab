"""When duties are due: no period lost or doubled, whatever the calendar, whole or in pieces."""

import re
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remit.duties.cadence import LEAD_DAYS, due_after, hours_per_month, slots
from remit.org.working_days import Certainty, NoWorkingDay, WorkingCalendar

CHINA, PLAIN = WorkingCalendar("CN"), WorkingCalendar()
ONE = timedelta(days=1)
DOCUMENT = Path(__file__).parents[2] / "docs/how/cadence.md"
DAYS = {"weekly": (1, 7), "fortnightly": (1, 7), "monthly": (1, 28), "quarterly": (1, 60), "yearly": (1, 90)}


def due(rhythm, day, first, last, *, begins=date(2020, 1, 1), ends=None, calendar=CHINA):
    found = slots(rhythm, day, begins, ends, calendar, first, last)
    return [(slot.key, slot.due_on.isoformat()) for slot in found]


@pytest.mark.parametrize(
    ("rhythm", "day", "expected"),
    [
        ("weekly", 5, [("2026-W39", "2026-09-24"), ("2026-W40", "2026-09-30"), ("2026-W41", "2026-10-09")]),
        ("monthly", -1, [("2026-09", "2026-09-30"), ("2026-10", "2026-10-30")]),
        ("monthly", 3, [("2026-10", "2026-10-08")]),
        ("quarterly", 10, [("2026-Q3", "2026-10-10")]),
    ],
)
def test_the_national_day_holiday_moves_what_is_due(rhythm, day, expected):
    found = due(rhythm, day, date(2026, 9, 21), date(2026, 10, 11))
    assert [each for each in found if "2026-09-21" <= each[1] <= "2026-10-31"] == expected


def test_a_week_without_a_working_day_is_due_on_the_first_one_after():
    off = {date(2026, 3, 2) + ONE * n: False for n in range(5)}
    calendar = WorkingCalendar("NONE", {2026: off})
    assert due("weekly", 3, date(2026, 3, 2), date(2026, 3, 8), calendar=calendar) == [
        ("2026-W10", "2026-03-09")
    ]


@pytest.mark.parametrize(
    ("rhythm", "day", "off", "key", "moved"),
    [
        ("weekly", 1, date(2026, 4, 27), "2026-W18", "2026-04-28"),
        ("monthly", 1, date(2026, 4, 1), "2026-04", "2026-04-02"),
    ],
)
def test_a_day_off_at_the_beginning_of_a_period_moves_what_is_due(rhythm, day, off, key, moved):
    calendar = WorkingCalendar("NONE", {2026: {off: False}})
    assert dict(due(rhythm, day, off, off + ONE, calendar=calendar))[key] == moved


def test_a_day_off_owes_nothing_daily():
    assert due("daily", None, date(2026, 10, 1), date(2026, 10, 8)) == [("2026-10-08", "2026-10-08")]


def test_a_saturday_on_which_one_works_owes_something():
    assert due("daily", None, date(2026, 10, 10), date(2026, 10, 11)) == [("2026-10-10", "2026-10-10")]


def test_what_is_due_before_a_charge_begins_or_after_it_ends_is_not_owed():
    found = due(
        "monthly", 20, date(2026, 1, 1), date(2026, 6, 30), begins=date(2026, 2, 21), ends=date(2026, 5, 19)
    )
    assert found == [("2026-03", "2026-03-20"), ("2026-04", "2026-04-20")]


def test_once_is_due_once_working_days_after_the_beginning():
    begins = date(2026, 9, 28)
    for first in (begins, begins + ONE * 5, date(2026, 10, 9)):
        assert (
            due("once", 5, first, date(2030, 1, 1), begins=begins)
            == [("once", "2026-10-10")][: first <= date(2026, 10, 10)]
        )


def test_an_event_on_a_holiday_is_answered_after_it():
    assert due_after(date(2026, 10, 3), 0, CHINA) == date(2026, 10, 8)
    assert due_after(date(2026, 10, 3), 2, CHINA) == date(2026, 10, 10)


def test_hours_of_a_month():
    assert hours_per_month("weekly", 60) == pytest.approx(52 / 12)
    assert hours_per_month("event", 600) == 0


def test_a_year_that_nobody_published_is_a_prediction_until_somebody_enters_it():
    assert [CHINA.certainty(year) for year in (2026, 2027)] == [Certainty.PUBLISHED, Certainty.PREDICTED]
    entered = WorkingCalendar("CN", {2027: {date(2027, 1, 1): False}})
    assert entered.certainty(2027) == Certainty.ENTERED
    assert (entered.is_working(date(2027, 1, 1)), entered.is_working(date(2027, 2, 8))) == (False, True)


def test_a_calendar_without_working_days_says_so():
    year = {date(2026, 1, 1) + ONE * n: False for n in range(365)}
    with pytest.raises(NoWorkingDay, match="Correct the calendar"):
        WorkingCalendar("NONE", {2026: year}).at_or_after(date(2026, 2, 1))


# -- whatever the calendar -------------------------------------------------------------------------

days = st.dates(date(2024, 1, 1), date(2027, 12, 31))
rhythms = st.sampled_from(["daily", "once", *DAYS]).flatmap(
    lambda rhythm: st.tuples(
        st.just(rhythm), st.integers(*DAYS.get(rhythm, (0, 20))) if rhythm != "daily" else st.none()
    )
)
odd = st.dictionaries(st.dates(date(2025, 1, 1), date(2025, 12, 31)), st.booleans(), max_size=60)


@given(rhythms, days, st.integers(0, 500), st.lists(st.integers(0, 500), max_size=4), odd)
def test_pieces_give_what_the_whole_gives(rhythm, first, length, cuts, entered):
    calendar = WorkingCalendar("CN", {2025: entered})
    last = first + ONE * length
    begins = first - ONE * 40
    ends = sorted({min(cut, length) for cut in cuts} | {length})
    starts = [0, *(end + 1 for end in ends[:-1])]
    whole = set(slots(*rhythm, begins, None, calendar, first, last))
    pieces = [
        slot
        for start, end in zip(starts, ends, strict=True)
        if start <= end
        for slot in slots(*rhythm, begins, None, calendar, first + ONE * start, first + ONE * end)
    ]
    assert set(pieces) == whole


@given(rhythms, days, st.integers(0, 800), odd)
def test_each_period_is_due_once_on_a_working_day_and_shows_itself_before(rhythm, first, length, entered):
    calendar = WorkingCalendar("CN", {2025: entered})
    found = list(slots(*rhythm, first, None, calendar, first, first + ONE * length))
    assert max(Counter(slot.key for slot in found).values(), default=0) <= 1
    assert all(calendar.is_working(slot.due_on) and slot.opens_on <= slot.due_on for slot in found)
    assert [slot.due_on for slot in found] == sorted(slot.due_on for slot in found)
    lead = LEAD_DAYS[rhythm[0]]
    assert all(slot.opens_on >= min(first, calendar.shifted(slot.due_on, -lead)) for slot in found)


@given(st.sampled_from(sorted(DAYS)), days)
def test_no_period_between_two_is_lost(rhythm, first):
    """Over two years the count is that of the calendar, give or take the ends."""
    count = len(list(slots(rhythm, None, first - ONE * 400, None, PLAIN, first, first + ONE * 729)))
    periods = {"weekly": 104, "fortnightly": 52, "monthly": 24, "quarterly": 8, "yearly": 2}[rhythm]
    assert periods <= count <= periods + 2


def test_the_worked_examples_of_the_document_hold():
    rows = re.findall(r"^\| (\w+) \| (-?\d+) \| (\S+) \| (\S+) \|$", DOCUMENT.read_text("utf-8"), re.M)
    assert len(rows) == 7
    for rhythm, day, key, expected in rows:
        found = dict(due(rhythm, int(day), date(2025, 1, 1), date(2026, 12, 31)))
        assert (key, found[key]) == (key, expected)
