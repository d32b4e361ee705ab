from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remit.core.period import FORMS, Period, Relative, UnreadablePeriod, add_months, parse_period

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
def test_an_unreadable_period_is_refused_with_the_forms_that_are_read(text):
    with pytest.raises(UnreadablePeriod) as refusal:
        parse_period(text)
    assert str(refusal.value) == f"{refusal.value.reason.en} Write one of: {FORMS}."


@pytest.mark.parametrize(
    ("text", "english", "chinese"),
    [
        ("yesterday", "it is written in no form that is read", "看不懂這種寫法"),
        ("2017-13", "there is no month 13; months go from 01 to 12", "沒有 13 月，月份是 01 到 12"),
        ("2017-Q5", "there is no Q5; quarters go from Q1 to Q4", "沒有 Q5，季是 Q1 到 Q4"),
        ("2017-W53", "2017 has no W53; its weeks go from W01 to W52", "2017 年沒有 W53，週是 W01 到 W52"),
        ("0000", "years go from 0001 to 9998", "年份是 0001 到 9998"),
        ("9999-12", "years go from 0001 to 9998", "年份是 0001 到 9998"),
        ("last 0 weeks", "the count is at least 1", "數目至少是 1"),
        (
            "2017-02-30",
            "there is no day 30 in 2017-02; its days go from 01 to 28",
            "2017-02 沒有 30 日，日是 01 到 28",
        ),
        (
            "2017-01-01..2017-11-31",
            "there is no day 31 in 2017-11; its days go from 01 to 30",
            "2017-11 沒有 31 日，日是 01 到 30",
        ),
        ("2017-01-01..", "'' is no day; a day is written as 2017-03-05", "「」不是日期，日期寫成 2017-03-05"),
        (
            "2017-W01..2017-W03",
            "'2017-W01' is no day; a day is written as 2017-03-05",
            "「2017-W01」不是日期，日期寫成 2017-03-05",
        ),
    ],
)
def test_a_refused_period_says_what_is_wrong_and_where(text, english, chinese):
    with pytest.raises(UnreadablePeriod) as refusal:
        parse_period(text)
    assert refusal.value.reason.en == f"'{text}' is not a period: {english}."
    assert refusal.value.reason.zh_hant == f"「{text}」不是期間：{chinese}。"


@given(st.text(alphabet="0123456789-QW. lastdywekmonthqur", max_size=24))
def test_whatever_is_written_is_a_period_or_refused_in_a_sentence(text):
    try:
        found = parse_period(text)
    except UnreadablePeriod as refusal:
        assert str(refusal).endswith(f"Write one of: {FORMS}.")
    else:
        assert found is None or parse_period(str(found)) == found


def test_a_relative_period_longer_than_the_calendar_begins_with_the_calendar():
    for text in ("last 9999 years", "last 9999 quarters"):
        assert parse_period(text).resolve(date(2017, 12, 31)) == Period(date.min, date(2017, 12, 31))


@pytest.mark.parametrize("compare", ["previous", "last_year"])
@pytest.mark.parametrize("text", ["0001", "0001-01-03..0001-02-28"])
def test_before_the_calendars_first_day_there_is_nothing_to_compare_with(text, compare):
    with pytest.raises(UnreadablePeriod, match="the calendar holds no earlier one"):
        getattr(parse_period(text), compare)()


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
