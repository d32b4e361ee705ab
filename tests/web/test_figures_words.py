"""Periods, figures and findings as people say them, in English and in Chinese."""

from datetime import date

import pytest
from django.utils import translation

from remit.core.period import Period, parse_period
from remit.web.figures.findings import change_words, named
from remit.web.figures.reading import label_of
from remit.web.figures.words import compared_words, edges, span_words

MARCH = Period(date(2017, 3, 1), date(2017, 3, 31))


@pytest.mark.parametrize(
    ("text", "en", "zh"),
    [
        ("last 4 weeks", "the last 4 weeks", "最近 4 週"),
        ("last 1 month", "the last month", "最近 1 個月"),
        ("2017-03", "March 2017", "2017年3月"),
        ("2017", "2017", "2017年"),
        ("2017-Q2", "Q2 2017", "2017年第2季"),
        ("2017-03-05", "5 Mar 2017", "2017年3月5日"),
        ("2017-03-05..2017-03-07", "5 Mar 2017 to 7 Mar 2017", "2017年3月5日至2017年3月7日"),
        ("all", "all days of the data", "全部資料期間"),
        ("", "all days of the data", "全部資料期間"),
        ("next week", "next week", "next week"),
    ],
)
def test_a_period_is_said_in_both_languages(text, en, zh):
    with translation.override("en"):
        english = span_words(text, MARCH)
    with translation.override("zh-hant"):
        chinese = span_words(text, MARCH)
    assert (english, chinese) == (en, zh)


@pytest.mark.parametrize(
    ("text", "compare", "words"),
    [
        ("last 4 weeks", "previous", "the 4 weeks before"),
        ("last 1 week", "previous", "the week before"),
        ("2017-03", "previous", "February 2017"),
        ("2017-03", "last_year", "the same period a year before"),
    ],
)
def test_what_a_figure_is_compared_with_is_named(text, compare, words):
    span = parse_period(text)
    before = span.previous() if isinstance(span, Period) else None
    with translation.override("en"):
        assert compared_words(text, compare, before) == words


@pytest.mark.parametrize(
    ("period", "time", "whole"),
    [
        (MARCH, "month", [(date(2017, 3, 1), True)]),
        (MARCH, "week", [(date(2017, 2, 27), False), (date(2017, 3, 27), False)]),
        (
            Period(date(2017, 3, 6), date(2017, 3, 19)),
            "week",
            [(date(2017, 3, 6), True), (date(2017, 3, 13), True)],
        ),
        (Period(date(2017, 3, 7), date(2017, 3, 8)), "week", [(date(2017, 3, 6), False)]),
        (
            Period(date(2017, 1, 1), date(2017, 5, 15)),
            "quarter",
            [(date(2017, 1, 1), True), (date(2017, 4, 1), False)],
        ),
        (
            Period(date(2016, 7, 1), date(2017, 12, 31)),
            "year",
            [(date(2016, 1, 1), False), (date(2017, 1, 1), True)],
        ),
    ],
)
def test_buckets_that_a_period_cuts_are_found(period, time, whole):
    assert edges(period, time) == whole


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (0.031, "money", "+3.1%"),
        (-0.2, "count", "−20.0%"),
        (0.012, "percent", "+1.2 points"),
        (None, "money", "—"),
        (-0.0001, "percent", "0.0 points"),
    ],
)
def test_a_change_of_a_percentage_is_said_in_points(value, unit, words):
    with translation.override("en"):
        assert change_words(value, unit) == words


def test_labels_of_groups_are_words():
    with translation.override("en"):
        found = [
            label_of(None, "department"),
            label_of(1, "weekday"),
            label_of(9, "hour"),
            label_of(date(2017, 3, 1), "month"),
            label_of(date(2017, 4, 1), "quarter"),
            label_of(date(2017, 3, 6), "week"),
            label_of("PRODUCE", "department"),
            named("367", "outlet"),
            named("PRODUCE", "department"),
            named("2017", "year"),
        ]
    assert found == [
        "unknown",
        "Mon",
        "09:00",
        "Mar 2017",
        "Q2 2017",
        "2017-03-06",
        "PRODUCE",
        "Outlet 367",
        "PRODUCE",
        "2017",
    ]
