"""Parts add up exactly, the last cent by rule; the examples of ``docs/how/goals.md`` are these."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remit.core.period import Period
from remit.goals.splitting import NothingToSplitBy, months, quarters, read_shares, split_amount, split_level

money = st.decimals(min_value=-(10**9), max_value=10**9, places=2)
weights = st.lists(st.decimals(min_value=0, max_value=1000, places=3), min_size=1, max_size=14)


def plainly_split(total, shares, places):
    """A slow twin: hand out the units one by one, to whoever is furthest below the exact share."""
    units = int(abs(total).scaleb(places))
    whole = sum(shares)
    parts = [int(units * share // whole) for share in shares]
    while sum(parts) < units:
        behind = [units * share / whole - int(units * share // whole) for share in shares]
        taken = [part - int(units * share // whole) for part, share in zip(parts, shares, strict=True)]
        free = [n for n in range(len(parts)) if not taken[n]]
        parts[max(free, key=lambda n: (behind[n], n))] += 1
    sign = -1 if total < 0 else 1
    return [sign * Decimal(part).scaleb(-places) for part in parts]


@given(total=money, shares=weights)
def test_parts_add_up_to_the_cent_whatever_the_shares(total, shares):
    if not sum(shares):
        with pytest.raises(NothingToSplitBy):
            split_amount(total, shares, 2)
        return
    parts = split_amount(total, shares, 2)
    assert sum(parts) == total
    assert parts == plainly_split(total, shares, 2)
    exact = [total * share / sum(shares) for share in shares]
    assert all(abs(part - share) < Decimal("0.01") for part, share in zip(parts, exact, strict=True))


@pytest.mark.parametrize(
    ("total", "shares", "places", "parts"),
    [
        ("5974851.45", "15/20/25/40", 2, "896227.72/1194970.29/1493712.86/2389940.58"),
        ("100.00", "1/1/1", 2, "33.33/33.33/33.34"),
        ("0.02", "1/1/1", 2, "0.00/0.01/0.01"),
        ("1000", "15/20/25/40", 0, "150/200/250/400"),
        ("-100.00", "1/1/1", 2, "-33.33/-33.33/-33.34"),
    ],
)
def test_the_cent_that_is_left_goes_by_the_stated_rule(total, shares, places, parts):
    found = split_amount(Decimal(total), read_shares(shares), places)
    assert found == [Decimal(each) for each in parts.split("/")]


def test_no_part_gets_less_than_nothing():
    with pytest.raises(NothingToSplitBy):
        split_amount(Decimal(1), [Decimal(2), Decimal(-1)], 2)


def test_a_level_keeps_its_wave_and_an_unknown_one_is_the_goal_s_own():
    found = split_level(Decimal("30.00"), [Decimal(20), Decimal(25), None], Decimal(20), 2)
    assert found == [Decimal("30.00"), Decimal("37.50"), Decimal("30.00")]
    assert split_level(Decimal(3), [Decimal(1)], Decimal(0), 0) == [Decimal(3)]


@pytest.mark.parametrize(
    "text", ["15/20/25/40", "15, 20, 25, 40", "15%、20%、25%、40%", "15 20 25 40", "15／20/25；40"]
)
def test_shares_are_read_as_people_write_them(text):
    assert read_shares(text) == [Decimal(15), Decimal(20), Decimal(25), Decimal(40)]


@pytest.mark.parametrize("text", ["NaN/1", "Infinity/1", "-inf/1", "1e999999/1", "1/10000000000000"])
def test_what_nobody_means_as_a_share_is_refused(text):
    with pytest.raises(ValueError, match="1"):
        read_shares(text)


def test_what_is_no_number_is_refused():
    with pytest.raises(ValueError, match="half"):
        read_shares("half/half")


@given(first=st.dates(date(1990, 1, 1), date(2050, 1, 1)), days=st.integers(1, 900))
def test_quarters_and_months_tile_a_period_without_gap_or_overlap(first, days):
    period = Period(first, date.fromordinal(first.toordinal() + days - 1))
    for spans in (quarters(period), months(period)):
        days_of_parts = [day for span in spans for day in _days(span.period)]
        assert days_of_parts == list(_days(period))
        assert len({span.name for span in spans}) == len(spans)


def test_they_are_named_neutrally():
    year = Period(date(2018, 1, 1), date(2018, 12, 31))
    assert [span.name for span in quarters(year)] == ["2018 Q1", "2018 Q2", "2018 Q3", "2018 Q4"]
    assert months(Period(date(2018, 1, 15), date(2018, 2, 3)))[0].name == "2018-01"


def _days(period):
    return range(period.first.toordinal(), period.last.toordinal() + 1)
