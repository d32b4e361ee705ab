"""Boundaries against published ones and against simulated paths; what they promise."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from remit.kernels.experiments.comparing import Measured
from remit.kernels.experiments.moments import Moments
from remit.kernels.experiments.powering import (
    Spread,
    people_needed,
    power_at_end,
    power_day_by_day,
    smallest_effect,
    spread_of,
    standard_error,
)
from remit.kernels.experiments.spending import criticals, repeated_p, spent_at, stopping

MONTH = tuple(day / 28 for day in range(1, 29))


def test_five_looks_have_the_published_boundaries():
    """D. Reboussin, D. DeMets, K. Kim, K. Lan, Controlled Clinical Trials 21 (2000): O'Brien–Fleming, 0.05.

    Their grid was coarser: the second one is 3.3569 there and 3.3570 in later programs."""
    assert criticals((0.2, 0.4, 0.6, 0.8, 1.0), 0.05) == pytest.approx(
        (4.8769, 3.3569, 2.6803, 2.2898, 2.0310), abs=2e-4
    )


def test_one_look_at_the_end_is_the_plain_test():
    assert criticals((1.0,), 0.05) == pytest.approx((norm.isf(0.025),), abs=1e-9)


looks = st.lists(st.integers(1, 60), min_size=1, max_size=12, unique=True).map(
    lambda days: tuple(day / 60 for day in sorted(days))
)


@given(looks, st.sampled_from([0.01, 0.05, 0.1]))
@settings(max_examples=40, deadline=None)
def test_what_is_spent_is_what_may_be(fractions, alpha):
    found = stopping(fractions, alpha, 0.0)
    allowed = [spent_at(fraction, alpha) for fraction in fractions]
    assert found == pytest.approx(allowed, abs=1e-6)
    assert found[-1] <= alpha + 1e-6


def test_simulated_paths_cross_as_often_as_was_computed():
    random = np.random.default_rng(7)
    steps = random.normal(0, math.sqrt(1 / 28), (60_000, 28)).cumsum(axis=1)
    bounds = np.array(criticals(MONTH, 0.05)) * np.sqrt(MONTH)
    for drift in (0.0, 1.5, 2.8016):
        walks = steps + drift * np.array(MONTH)
        crossed = (np.abs(walks) >= bounds).cumsum(axis=1) > 0
        assert crossed.mean(axis=0) == pytest.approx(stopping(MONTH, 0.05, drift), abs=0.008)


@given(st.floats(2.2, 5.0))
@settings(max_examples=20, deadline=None)
def test_a_repeated_p_is_the_alpha_at_which_the_look_just_stops(z):
    fractions = MONTH[:21]
    p = repeated_p(fractions, z)
    if 1e-6 < p < 0.999:
        assert criticals(fractions, p)[-1] == pytest.approx(z, abs=0.02)
    assert repeated_p(fractions, -z) == p


def test_early_looks_may_not_stop():
    assert criticals(MONTH, 0.05)[0] == math.inf
    assert repeated_p(MONTH[:1], 6.0) > 0.05


@pytest.mark.parametrize("fractions", [(0.0, 0.5), (0.5, 0.5), (0.6, 0.4)])
def test_looks_that_do_not_rise_are_refused(fractions):
    with pytest.raises(ValueError, match="rise"):
        criticals(fractions, 0.05)


def test_people_needed_are_those_of_the_textbook():
    """A share of 10 % raised by 2 points, by the formula with the control's variance in both groups."""
    spread = Spread(1_000, 0.1, 0.09, 1.0)
    needed = people_needed(spread, 0.02)
    assert needed == math.ceil(4 * 0.09 * (norm.isf(0.025) + norm.isf(0.2)) ** 2 / 0.02**2)
    assert smallest_effect(spread, needed) == pytest.approx(0.02, rel=1e-4)
    assert power_at_end(0.02 / standard_error(spread, needed)) == pytest.approx(0.8, abs=1e-3)
    assert people_needed(spread, 0.02, shares=(0.9, 0.1)) > 2 * needed
    with pytest.raises(ValueError, match="zero"):
        people_needed(spread, 0)


def test_reading_every_day_costs_two_points_of_power():
    drift = norm.isf(0.025) + norm.isf(0.2)
    assert power_at_end(drift) == pytest.approx(0.8, abs=1e-4)
    assert 0.77 < power_day_by_day(drift, MONTH) < 0.8


def test_the_spread_of_a_ratio_with_its_past_is_that_of_its_residual():
    random = np.random.default_rng(2)
    rate = random.gamma(2, 2, 5_000)
    draws = [random.poisson(rate) * times + 1 for times in (3, 1, 3, 1)]
    table = np.column_stack(draws).astype(float)
    found = spread_of(Moments.of_rows("abcd", table), Measured("a", "b", "c", "d"))
    forms = []
    for top, bottom in ((0, 1), (2, 3)):
        below = table[:, bottom].mean()
        forms.append((table[:, top] - table[:, top].mean() / below * table[:, bottom]) / below)
    slope = np.cov(*forms)[0, 1] / forms[1].var(ddof=1)
    assert found.mean == pytest.approx(table[:, 0].sum() / table[:, 1].sum())
    assert found.variance == pytest.approx((forms[0] - slope * forms[1]).var(ddof=1), rel=1e-6)
    assert found.held == pytest.approx(found.variance / forms[0].var(ddof=1), rel=1e-6)
