"""Retention against the plain twin that looks at every person's days."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remit.core.period import Period
from remit.journeys.reading import WrongJourney, read_retention
from remit.journeys.retention import answer_retention
from remit.journeys.specification import Retention, Unit
from remit.journeys.time import TooManyPeriods
from remit.journeys.writing import retention_data
from tests.journeys import plain
from tests.journeys.plain import Event
from tests.journeys.small_index import index_of

HOUR_MS = 3_600_000

events = st.builds(
    Event,
    person=st.sampled_from("PPPQ"),
    ms=st.integers(0, 24 * 75).map(lambda hour: (24 * 60 + hour) * HOUR_MS),
    name=st.sampled_from(["open", "buy", "idle"]),
)
questions = st.builds(
    Retention,
    start=st.sampled_from([("open",), ("open", "buy"), ("never",)]),
    back=st.sampled_from([("buy",), ("open",), ("buy", "idle")]),
    unit=st.sampled_from(Unit),
    each=st.booleans(),
    rolling=st.booleans(),
    period=st.sampled_from([None, Period(date(2000, 3, 1), date(2000, 4, 20))]),
    zone=st.sampled_from(["UTC", "Asia/Taipei", "Asia/Kathmandu", "America/New_York"]),
)


@given(st.lists(events, max_size=20), questions)
@settings(max_examples=400, deadline=None)
def test_every_kind_of_retention_counts_what_looking_at_every_day_counts(history, asked):
    got = answer_retention(index_of(history), asked)
    if asked.period is None and not history:
        assert got.begins == ()
        return
    if asked.period is not None:
        first, last = asked.period.first, asked.period.last
    else:
        days = [plain.local_day(event, asked.zone) for event in history]
        first, last = min(days), max(days)
        if asked.unit is Unit.WEEK:
            first = date.fromisocalendar(*first.isocalendar()[:2], 1)
    begins = plain.begins_of(first, last, asked.unit)
    assert list(got.begins) == begins
    sizes, returned = plain.retention(history, asked, begins)
    assert got.sizes.tolist() == sizes
    assert got.returned.tolist() == returned


def test_what_begins_after_the_last_event_is_not_known_which_is_not_zero():
    day = 24 * HOUR_MS
    history = [Event("P", 0, "open"), Event("P", 8 * day, "buy"), Event("Q", 8 * day, "open")]
    asked = Retention(("open",), ("buy",), period=Period(date(2000, 1, 1), date(2000, 1, 28)))
    data = retention_data(answer_retention(index_of(history), asked))
    assert [row["people"] for row in data["cohorts"]] == [1, 1, 0, 0]
    returned = [row["returned"] for row in data["cohorts"]]
    assert returned == [[0, 1, None, None], [0, None, None], [None, None], [None]]
    assert data["all"] == [
        {"after": 0, "people": 2, "returned": 0, "share": 0.0},
        {"after": 1, "people": 1, "returned": 1, "share": 1.0},
    ]


def test_a_table_that_nobody_could_read_is_refused():
    asked = Retention(("a",), ("a",), Unit.DAY, period=Period(date(2000, 1, 1), date(2003, 1, 1)))
    with pytest.raises(TooManyPeriods, match="2000-01-01 to 2003-01-01 is more than 400 days"):
        answer_retention(index_of([Event("P", 0, "a")]), asked)


@pytest.mark.parametrize(
    ("page", "sentence"),
    [
        ({"start": "a"}, "retention.return: write a name or a list of names"),
        ({"start": "a", "return": "b", "by": "last"}, "retention.by: write first or each, not 'last'"),
        ({"start": "a", "return": "b", "counting": "some"}, "retention.counting: write bounded or rolling"),
        ({"start": "a", "return": "b", "unit": "year"}, "retention.unit: write one of day, week, month"),
        ("a", "retention: write keys and values"),
    ],
)
def test_a_page_that_cannot_be_understood_says_where_and_what_to_write(page, sentence):
    with pytest.raises(WrongJourney) as refused:
        read_retention(page)
    assert sentence in str(refused.value)
