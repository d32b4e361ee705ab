"""Pilots against plain twins; what placebo tests and the smallest effect promise."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import kstest

from remit.kernels.pilots.comparing import NotComparable, comparable, followed, gap, indexed, nearest
from remit.kernels.pilots.placebos import Chance, judge, placebos, sets_of, sight

from . import plain

cases = st.integers(0, 2**32 - 1)


def outlets(seed, count=14, weeks=12, noise=0.1):
    """Outlets of different sizes that share the seasons."""
    random = np.random.default_rng(seed)
    sizes, season = random.lognormal(6, 0.3, (count, 1)), random.normal(1, 0.1, weeks)
    return sizes * season * np.exp(random.normal(0, noise, (count, weeks)))


def rows(*numbers):
    return np.array(numbers, dtype=np.int64)


@given(cases, st.integers(1, 3), st.integers(1, 6), st.integers(3, 10))
@settings(max_examples=100, deadline=None)
def test_the_nearest_and_their_gap_are_those_of_the_plain_twin(seed, size, count, before):
    figures = outlets(seed)
    paths, chosen, pool = indexed(figures, before), np.arange(size), np.arange(size, 14)
    controls = nearest(paths, before, chosen, pool, count)
    twin = [plain.index(row, before) for row in figures.tolist()]
    assert controls.tolist() == plain.near(twin, before, chosen.tolist(), pool.tolist(), count)
    found = gap(paths, before, chosen, controls, synthetic=False)
    expected = plain.difference_in_differences(figures.tolist(), before, chosen.tolist(), controls.tolist())
    assert found.value == pytest.approx(expected, abs=1e-12)


@given(cases, st.integers(1, 2), st.integers(1, 4))
@settings(max_examples=25, deadline=None)
def test_placebos_and_their_p_are_those_of_the_plain_twin(seed, size, count):
    figures, chosen, pool = outlets(seed, count=9), np.arange(size), np.arange(size, 9)
    chance = placebos(indexed(figures, 7), 7, chosen, pool, count, synthetic=False)
    expected = plain.placebo_gaps(figures.tolist(), 7, chosen.tolist(), pool.tolist(), count)
    assert chance.values == pytest.approx(expected, abs=1e-12)
    assert judge(0.02, chance).p == plain.share_as_far(0.02, chance.values.tolist())


@given(cases, st.sampled_from([-0.3, 0.0, 0.2]), st.booleans())
@settings(max_examples=15, deadline=None)
def test_the_interval_is_of_all_effects_that_leave_nothing_unusual(seed, lift, synthetic):
    """Each of them really taken off, and the whole reckoning made again."""
    figures, chosen, pool = outlets(seed, count=24), rows(4, 9), np.setdiff1d(np.arange(24), [4, 9])
    figures[chosen, 8:] *= 1 + lift

    def judged(effect):
        paths = indexed(np.array(plain.without(figures.tolist(), 8, (4, 9), effect)), 8)
        own = gap(paths, 8, chosen, nearest(paths, 8, chosen, pool, 4), synthetic=synthetic)
        return judge(own.value, placebos(paths, 8, chosen, pool, 4, synthetic=synthetic))

    found = judged(0.0)
    for effect in np.linspace(found.low - 0.05, found.high + 0.05, 9):
        assert (judged(effect).p > 0.05) == (found.low <= effect <= found.high)


@given(cases, st.integers(2, 6))
@settings(max_examples=100, deadline=None)
def test_synthetic_weights_are_a_share_each_and_no_other_shares_follow_closer(seed, count):
    """No small shift from one to another improves the fit: with a convex aim that is the best there is."""
    random = np.random.default_rng(seed)
    paths, aim = random.normal(1, 0.2, (count, 8)), random.normal(1, 0.1, 8)
    weights = followed(aim, paths)
    assert (weights >= 0).all() and weights.sum() == pytest.approx(1)
    best = ((aim - weights @ paths) ** 2).sum()
    for one in range(count):
        for other in range(count):
            step = min(weights[one], 1e-3)
            moved = weights.copy()
            moved[one] -= step
            moved[other] += step
            assert ((aim - moved @ paths) ** 2).sum() >= best - 1e-6


def test_a_path_mixed_of_others_is_found_again():
    paths = outlets(5, count=3)
    weights = followed(0.7 * paths[0] + 0.3 * paths[2], paths)
    assert weights == pytest.approx([0.7, 0, 0.3], abs=1e-6)


@given(cases, st.floats(-0.5, 2), st.booleans())
@settings(max_examples=50, deadline=None)
def test_a_lift_is_found_whole_and_size_and_season_play_no_part(seed, lift, synthetic):
    """Outlets that only differ in size: whatever is put on the chosen one is the gap, to the last digit."""
    random = np.random.default_rng(seed)
    season = random.uniform(0.5, 1.5, 10)
    figures = random.uniform(10, 1000, (6, 1)) * season
    figures[0, 6:] *= 1 + lift
    paths = indexed(figures, 6)
    found = gap(paths, 6, rows(0), rows(1, 2, 3), synthetic=synthetic)
    level = (season / season[:6].mean())[6:].mean()
    assert found.value == pytest.approx(lift * level, abs=1e-6)
    assert found.fit == pytest.approx(0, abs=1e-6)


def test_what_has_gaps_or_is_of_another_size_is_not_compared():
    figures = np.array([[10.0, 10, 10], [12, 12, np.nan], [29, 29, 29], [31, 31, 31], [3, 3, 3], [0, 0, 5]])
    assert comparable(figures, 2, rows(0), rows()).tolist() == [2]
    assert comparable(figures, 2, rows(0), rows(2)).tolist() == []
    with pytest.raises(NotComparable):
        comparable(figures, 2, rows(0, 1), rows())
    with pytest.raises(NotComparable):
        gap(indexed(figures, 2), 2, rows(0), rows(), synthetic=False)


@given(st.lists(st.tuples(st.floats(-1, 1), st.floats(-0.9, 0.9)), max_size=60), st.floats(-1, 1),
       st.sampled_from([0.05, 0.1]))  # fmt: skip
@settings(max_examples=200, deadline=None)
def test_the_interval_holds_zero_exactly_where_p_is_above_alpha(pairs, value, alpha):
    found = judge(value, chance_of(pairs), alpha)
    if found.low is None:
        assert 1 / (1 + len(pairs)) > alpha
    elif min([abs(found.low), abs(found.high)]) > 1e-9:
        assert (found.low > 0 or found.high < 0) == (found.p <= alpha + 1e-12)


def chance_of(pairs):
    return Chance(np.array([one for one, _part in pairs]), np.array([part for _one, part in pairs]))


def test_fewer_than_nineteen_placebos_say_nothing_at_five_per_cent():
    assert judge(9.0, chance_of([(0.0, 0.0)] * 18)).low is None
    assert judge(9.0, chance_of([(0.0, 0.0)] * 19)).low == 9.0


@pytest.mark.parametrize("synthetic", [False, True])
def test_where_nothing_was_changed_p_is_uniform(synthetic):
    """240 pilots of two outlets of thirty, drawn by lot; habits of an outlet last from week to week."""
    found = []
    for seed in range(240):
        random = np.random.default_rng(seed)
        drift = np.cumsum(random.normal(0, 0.03, (30, 14)), axis=1)
        figures = outlets(seed, count=30, weeks=14) * np.exp(drift)
        chosen = random.choice(30, 2, replace=False)
        pool, paths = np.setdiff1d(np.arange(30), chosen), indexed(figures, 10)
        controls = nearest(paths, 10, chosen, pool, 6)
        value = gap(paths, 10, chosen, controls, synthetic=synthetic).value
        chance = placebos(paths, 10, chosen, pool, 6, synthetic=synthetic, draws=99, seed=seed)
        found.append(judge(value, chance).p)
    assert kstest(found, "uniform").pvalue > 0.01
    low, high = 0.05 - 2.58 * math.sqrt(0.05 * 0.95 / 240), 0.05 + 2.58 * math.sqrt(0.05 * 0.95 / 240)
    assert low <= np.mean(np.array(found) <= 0.05) <= high


def test_the_smallest_effect_is_the_textbook_one_where_weeks_are_independent():
    """(z.975 + z.8) x sigma x sqrt((1/after + 1/before) x (1/chosen + 1/others)): no choice among others."""
    random = np.random.default_rng(3)
    figures = 100 * (1 + random.normal(0, 0.05, (24, 60)))
    found = sight(figures, 12, 4, np.arange(24), 4, 20, 0.05, synthetic=False, draws=2000)
    textbook = 2.802 * 0.05 * math.sqrt((1 / 4 + 1 / 12) * (1 / 4 + 1 / 20))
    assert found.smallest == pytest.approx(textbook, rel=0.1)
    assert found.trials >= 2000


def test_power_is_the_share_in_which_the_plain_twin_sees_the_effect():
    figures = outlets(11, count=21, weeks=12)
    pool = np.arange(21)
    all_ = [plain.difference_in_differences(figures.tolist(), 8, (0,), plain.near(
        [plain.index(row, 8) for row in figures.tolist()], 8, (0,), list(range(1, 21)), 4))]  # fmt: skip
    all_ += plain.placebo_gaps(figures.tolist(), 8, (0,), list(range(1, 21)), 4)
    reach = sorted(map(abs, all_))[-1]  # of twenty-one, one may be beyond it by chance
    found = sight(figures, 8, 4, pool, 1, 4, 0.12, synthetic=False)
    assert found.power == pytest.approx(
        plain.seen(figures.tolist(), 8, pool.tolist(), 1, 4, 0.12, reach), abs=1e-12
    )
    at_smallest = sight(figures, 8, 4, pool, 1, 4, found.smallest + 1e-9, synthetic=False)
    assert at_smallest.power >= 0.75


def test_a_short_past_or_few_others_say_no_smallest_effect():
    with pytest.raises(NotComparable):
        sight(outlets(1, weeks=7), 12, 4, np.arange(14), 1, 3, 0.1, synthetic=False)
    with pytest.raises(NotComparable):
        sight(outlets(1, count=3), 8, 4, np.arange(3), 1, 2, 0.1, synthetic=False)


def test_sets_are_each_once_where_few_and_always_the_same_by_chance():
    assert len(sets_of(np.arange(10), 2, 100, 0)) == 45
    first, again = sets_of(np.arange(40), 3, 50, 7), sets_of(np.arange(40), 3, 50, 7)
    assert len(first) == 50 and all((a == b).all() for a, b in zip(first, again, strict=True))
    assert sets_of(np.arange(3), 2, 100, 0) == []
