"""Pace against what should have been reached; the table of ``docs/how/goals.md``."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remit.goals.pacing import Stretch, expected_by, level_by, pace_of

YEAR = (date(2018, 1, 1), date(2018, 12, 31))
QUARTERS = tuple(
    Stretch(date(2018, first, 1), date(2018, last, day), Decimal(target))
    for first, last, day, target in ((1, 3, 31, 150), (4, 6, 30, 200), (7, 9, 30, 250), (10, 12, 31, 400))
)
SPLIT, EVEN = Stretch(*YEAR, Decimal(1000), QUARTERS), Stretch(*YEAR, Decimal(1000))


@pytest.mark.parametrize(
    ("stretch", "day", "expected"),
    [
        (SPLIT, date(2017, 12, 31), 0), (SPLIT, date(2018, 3, 31), 150), (SPLIT, date(2018, 6, 30), 350),
        (SPLIT, date(2018, 5, 15), 150 + 200 * Decimal(45) / 91), (SPLIT, date(2018, 12, 31), 1000),
        (SPLIT, date(2019, 6, 1), 1000), (EVEN, date(2018, 3, 31), 1000 * Decimal(90) / 365),
    ],
)  # fmt: skip
def test_what_should_have_been_reached_follows_the_split(stretch, day, expected):
    assert expected_by(stretch, day) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("stretch", "value", "pace"), [(SPLIT, 138, 0.92), (SPLIT, 150, 1.0), (EVEN, 138, 0.5597)]
)
def test_at_the_end_of_a_slow_first_quarter_the_same_figure_is_on_its_way_or_far_behind(stretch, value, pace):
    found = pace_of(stretch, Decimal(value), date(2018, 3, 31), adds=True, falls=False)
    assert found.pace == pytest.approx(pace, abs=1e-4)
    assert found.is_good is (pace >= 1)


def test_of_a_level_the_parts_that_have_begun_count_by_their_days():
    parts = (
        Stretch(date(2018, 1, 1), date(2018, 1, 10), Decimal(20)),
        Stretch(date(2018, 1, 11), date(2018, 1, 20), Decimal(40)),
    )
    whole = Stretch(date(2018, 1, 1), date(2018, 1, 20), Decimal(30), parts)
    assert level_by(whole, date(2018, 1, 10)) == 20
    assert level_by(whole, date(2018, 1, 15)) == pytest.approx(Decimal(400) / 15)
    assert level_by(whole, date(2018, 1, 20)) == 30


def test_where_less_is_better_more_is_behind():
    found = pace_of(EVEN, Decimal(300), date(2018, 3, 31), adds=True, falls=True)
    assert (found.is_good, found.pace > 1) == (False, True)


@pytest.mark.parametrize(
    ("value", "day"), [(None, date(2018, 3, 1)), (Decimal(5), None), (Decimal(5), date(2017, 1, 1))]
)
def test_before_it_began_or_without_a_figure_there_is_no_pace(value, day):
    found = pace_of(SPLIT, value, day, adds=True, falls=False)
    assert (found.pace, found.is_good, found.reached) == (None, None, None)


@given(days=st.integers(0, 400))
def test_what_is_expected_never_falls_and_ends_at_the_target(days):
    day = YEAR[0] + timedelta(days=days)
    today, tomorrow = expected_by(SPLIT, day), expected_by(SPLIT, day + timedelta(days=1))
    assert 0 <= today <= tomorrow <= 1000
