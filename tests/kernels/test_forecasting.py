"""Each model against its slow, plain twin; the choice, the interval and the chance by what they promise."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remit.kernels import models
from remit.kernels.forecasting import TooShort, forecast, t_below, t_value

from . import plain

figures = st.floats(min_value=1, max_value=1000).map(lambda value: round(value, 2))
series = st.lists(figures, min_size=12, max_size=40)
TWINS = [
    (models.drift, plain.drift),
    (models.seasonal_naive, plain.seasonal_naive),
    (models.theta, plain.theta),
    (models.damped_trend, lambda h, _season, n: plain.holt_winters(h, 1, n)),
    (models.holt_winters_additive, plain.holt_winters),
    (models.holt_winters_multiplicative, lambda h, s, n: plain.holt_winters(h, s, n, multiplies=True)),
]


@pytest.mark.parametrize(("quick", "slow"), TWINS)
@settings(max_examples=15, deadline=None)
@given(history=series, season=st.integers(2, 5), horizon=st.integers(1, 9))
def test_each_model_says_what_its_plain_twin_says(quick, slow, history, season, horizon):
    said = quick(np.array(history), season, horizon)
    assert np.allclose(said, slow(history, season, horizon), rtol=1e-7, atol=1e-6)


def wave(years: int, noise: float = 2.0, seed: int = 7) -> np.ndarray:
    """Months that grow by one each, a third higher in the middle of the year."""
    times = np.arange(12 * years)
    season = 1 + 0.3 * np.sin(2 * np.pi * times / 12)
    return (100 + times) * season + np.random.default_rng(seed).normal(0, noise, len(times))


def test_with_years_of_a_season_a_seasonal_model_is_chosen_and_its_error_is_small():
    found = forecast(wave(5), 12, 12)
    assert found.model in {"theta", "seasonal_naive", "holt_winters_additive", "holt_winters_multiplicative"}
    best, *rest = found.scores
    assert best.model == found.model
    assert best.mase < 1
    assert best.smape < 0.06
    assert all(best.mase <= other.mase for other in rest)


def test_of_equal_errors_the_simpler_model_stands():
    assert forecast(np.full(30, 50.0), 1, 4).model == "drift"


def test_with_less_than_two_seasons_no_model_claims_to_know_both_of_them():
    names = {score.model for score in forecast(wave(2), 12, 6).scores}
    assert names == {"drift", "damped_trend", "theta", "seasonal_naive"}


def test_a_series_with_zeros_is_not_multiplied():
    history = np.maximum(0, wave(4) - 120)
    assert "holt_winters_multiplicative" not in {s.model for s in forecast(history, 12, 6).scores}


@pytest.mark.parametrize(("count", "season"), [(11, 1), (14, 12), (0, 1)])
def test_what_cannot_be_tested_back_is_refused(count, season):
    with pytest.raises(TooShort):
        forecast(np.arange(count, dtype=float), season, 3)


def test_the_spread_never_shrinks_and_beyond_what_was_tested_grows_with_the_root():
    found = forecast(wave(2), 1, 40)
    assert np.all(np.diff(found.spread) >= 0)
    last, beyond = found.tested, found.tested + 5
    assert math.isclose(found.spread[beyond - 1], found.spread[last - 1] * math.sqrt(beyond / last))


def test_a_certain_future_is_reached_or_not_without_a_doubt():
    found = forecast(np.arange(1.0, 31.0), 1, 3)
    assert found.chance(np.ones(3), 96.0) == 1.0
    assert found.chance(np.ones(3), 96.001) == 0.0
    assert found.chance(np.ones(3), 97.0, so_far=1.0) == 1.0
    assert found.chance(np.ones(3), 95.0, falls=True) == 0.0


@settings(max_examples=25, deadline=None)
@given(history=st.lists(figures, min_size=14, max_size=30), target=st.floats(-5000, 50000))
def test_chance_is_a_probability_that_falls_with_the_target_and_is_even_at_the_mean(history, target):
    found = forecast(np.array(history), 1, 4)
    weights = np.ones(4)
    mean, error = found.sum_of(weights)
    low = found.chance(weights, target)
    assert 0 <= low <= 1
    assert found.chance(weights, target + 10) <= low + 1e-15  # far out, both are the last bit of a double
    assert math.isclose(low + found.chance(weights, target, falls=True), 1.0, abs_tol=1e-6) or error == 0
    if error > 0:
        assert math.isclose(found.chance(weights, mean), 0.5, abs_tol=1e-9)
        bottom, top = found.interval(weights)
        inside = found.chance(weights, bottom) - found.chance(weights, top)
        assert math.isclose(inside, 0.8, abs_tol=1e-6)


def test_four_in_five_of_what_comes_lies_within_the_interval():
    hits = 0
    for seed in range(40):
        values = wave(5, noise=6.0, seed=seed)
        found = forecast(values[:48], 12, 12)
        low, high = found.interval(np.ones(12))
        hits += low <= values[48:].sum() <= high
    assert 26 <= hits <= 40  # 80 % of 40 is 32


@pytest.mark.parametrize("degrees", [2, 3, 7, 11, 30])
@pytest.mark.parametrize("value", [-4.0, -0.7, 0.0, 0.3, 1.0, 2.5])
def test_the_t_distribution_is_the_sum_of_its_density(value, degrees):
    assert math.isclose(t_below(value, degrees), plain.t_below(value, degrees, 20_000), abs_tol=1e-6)


@pytest.mark.parametrize(
    ("share", "degrees", "known"), [(0.9, 11, 1.3634), (0.975, 10, 2.2281), (0.95, 2, 2.92)]
)
def test_quantiles_are_those_of_the_printed_tables(share, degrees, known):
    assert math.isclose(t_value(share, degrees), known, abs_tol=1e-4)
