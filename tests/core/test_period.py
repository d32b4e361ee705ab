from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remit.core.period import Period, Relative, UnreadablePeriod, add_months, parse_period

DAYS = st.dates(date(1990, 1, 1), date(2050, 12, 31))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2017", date(2017, 1, 1), date(2017, 12, 31)),
        ("2017-Q1", date(2017, 1, 1), date(2017, 3, 31)),
        ("2017-Q4", date(2017, 10, 1), date(2017, 12, 31)),
        ("2016-02", date(2016, 2, 1), date(2016, 2, 29)),
        ("2017-W10", date(2017, 3, 6), date(2017, 3, 12)),
        ("2017-03-05", date(2017, 3, 5), date(2017, 3, 5)),
        ("2017-01-15..2017-02-03", date(2017, 1, 15), date(2017, 2, 3)),
    ],
)
def test_each_form_of_a_period_is_read(text, first, last):
    assert parse_period(text) == Period(first, last)


@pytest.mark.parametrize("text", ["", "all", "  "])
def test_nothing_means_all_time(text):
    assert parse_period(text) is None


@pytest.mark.parametrize(
    "text",
    ["2017-13", "2017-02-30", "2017-W54", "last 0 days", "yesterday", "2017-02-03..2017-02-01", "a..b"],
)
def test_an_unreadable_period_is_refused_with_a_sentence(text):
    with pytest.raises(UnreadablePeriod) as refusal:
        parse_period(text)
    assert len(str(refusal.value)) > 20


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("last 1 day", date(2017, 12, 31)),
        ("last 4 weeks", date(2017, 12, 4)),
        ("last 3 months", date(2017, 10, 1)),
        ("last 2 quarters", date(2017, 7, 1)),
        ("last 1 year", date(2017, 1, 1)),
    ],
)
def test_a_relative_period_ends_on_the_freshest_day(text, first):
    relative = parse_period(text)
    assert isinstance(relative, Relative)
    assert relative.resolve(date(2017, 12, 31)) == Period(first, date(2017, 12, 31))
    assert str(relative) == text


def test_the_period_before_whole_months_is_whole_months():
    assert parse_period("2017-Q1").previous() == Period(date(2016, 10, 1), date(2016, 12, 31))
    assert parse_period("2016-03").previous() == Period(date(2016, 2, 1), date(2016, 2, 29))


def test_last_year_of_weeks_keeps_the_weekdays():
    week = parse_period("2017-W10")
    assert week.last_year() == Period(date(2016, 3, 7), date(2016, 3, 13))
    assert week.last_year().first.weekday() == week.first.weekday()


def test_last_year_of_february_ends_on_its_own_last_day():
    assert parse_period("2017-02").last_year() == Period(date(2016, 2, 1), date(2016, 2, 29))


@given(DAYS, st.integers(0, 900))
def test_the_previous_period_ends_the_day_before(first, length):
    period = Period(first, first + timedelta(days=length))
    assert period.previous().last == first - timedelta(days=1)


@given(DAYS, st.integers(-60, 60))
def test_adding_months_lands_in_the_right_month(day, months):
    moved = add_months(day, months)
    assert moved.year * 12 + moved.month == day.year * 12 + day.month + months
    assert moved.day == day.day or (moved + timedelta(days=1)).day == 1
