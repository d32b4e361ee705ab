"""Matching against a slow plain twin, and what an interval promises."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remit.kernels.matching import NothingToMatch, balance, difference, match, means, standardised


def twin_links(traits, reached, classes, neighbours, caliper):
    """The same by comparing everybody with everybody."""
    scaled = standardised(traits)
    links = []
    for one in range(len(reached)):
        if not reached[one]:
            continue
        near = []
        for other in range(len(reached)):
            gaps = [abs(scaled[one, t] - scaled[other, t]) for t in range(scaled.shape[1])]
            if not reached[other] and classes[one] == classes[other] and max(gaps) <= caliper:
                near.append((sum(gap * gap for gap in gaps), scaled[other, 0], other))
        links += [(one, other) for _far, _first, other in sorted(near)[:neighbours]]
    return links


def twin_difference(change, links, kin):
    """Mean gap and standard error, household by household (Abadie and Imbens 2006)."""
    partners = {}
    for one, other in links:
        partners.setdefault(one, []).append(other)
    gaps = [change[one] - sum(change[o] for o in others) / len(others) for one, others in partners.items()]
    value = sum(gaps) / len(gaps)
    variance = sum((gap - value) ** 2 for gap in gaps)
    for other, own in kin.items():
        once = sum(1 / len(others) for others in partners.values() if other in others)
        twice = sum(1 / len(others) ** 2 for others in partners.values() if other in others)
        spread = len(own) / (len(own) + 1) * (change[other] - sum(change[o] for o in own) / len(own)) ** 2
        variance += (once**2 - twice) * spread
    return value, math.sqrt(max(variance, 0)) / len(gaps)


cases = st.integers(0, 2**32 - 1)


def drawn(seed, rows=40):
    """Traits on a coarse grid, so that equally near ones are common."""
    random = np.random.default_rng(seed)
    traits = random.integers(0, 12, size=(rows, 2)).astype(float)
    reached = random.random(rows) < random.uniform(0.1, 0.7)
    reached[0], reached[1] = True, False
    return random, traits, reached, random.integers(0, 2, size=rows)


@given(cases, st.integers(1, 6), st.sampled_from([0.1, 0.5, 2.0]))
@settings(max_examples=150, deadline=None)
def test_links_and_difference_are_those_of_the_plain_twin(seed, neighbours, caliper):
    random, traits, reached, classes = drawn(seed)
    found = match(traits, reached, classes=classes, neighbours=neighbours, caliper=caliper)
    links = list(zip(found.reached.tolist(), found.partners.tolist(), strict=True))
    assert sorted(links) == sorted(twin_links(traits, reached, classes, neighbours, caliper))
    change = random.normal(size=len(reached))
    if not links:
        with pytest.raises(NothingToMatch):
            difference(change, found)
        return
    kin = {
        other: [o for o in own if o >= 0]
        for other, own in zip(found.used.tolist(), found.kin.tolist(), strict=True)
    }
    if all(kin.values()):
        value, error = twin_difference(change, links, kin)
        got = difference(change, found)
        assert (got.value, got.error) == (pytest.approx(value), pytest.approx(error))


@given(cases)
@settings(max_examples=60, deadline=None)
def test_nobody_is_compared_beyond_the_caliper_or_with_another_class(seed):
    _random, traits, reached, classes = drawn(seed, rows=60)
    found = match(traits, reached, classes=classes, caliper=0.3)
    scaled = standardised(traits)
    assert reached[found.reached].all()
    assert not reached[found.partners].any()
    assert (np.abs(scaled[found.reached] - scaled[found.partners]) <= 0.3).all()
    assert (classes[found.reached] == classes[found.partners]).all()
    assert np.bincount(found.reached).max(initial=0) <= 5


@given(cases)
@settings(max_examples=40, deadline=None)
def test_moving_all_changes_alike_moves_nothing_and_moving_the_reached_moves_the_effect(seed):
    random, traits, reached, _classes = drawn(seed, rows=80)
    found = match(traits, reached, caliper=1.0)
    if not found.reached.size:
        return
    change = random.normal(size=80)
    first = difference(change, found)
    assert difference(change + 7.0, found).value == pytest.approx(first.value)
    moved = difference(change + 3.0 * reached, found)
    assert (moved.value, moved.error) == (pytest.approx(first.value + 3.0), pytest.approx(first.error))


def household_panel(random, rows=1200):
    """Households whose level shows in earlier and later spend; the reached are those who spend more."""
    level = random.normal(3.0, 0.8, rows)
    before = np.exp(level) * random.uniform(0.7, 1.3, rows)
    baskets = random.poisson(np.exp(level / 2)) + 1.0
    later = np.exp(level) * random.uniform(0.7, 1.3, rows)
    return before, baskets, later


def covered(effect, *, choose, rounds=200):
    """In how many of the rounds the interval holds the effect."""
    random = np.random.default_rng(20170101)
    held = 0
    for _ in range(rounds):
        before, baskets, later = household_panel(random, 600)
        reached = choose(random, before)
        later = later + effect * reached
        found = match(np.column_stack([np.log1p(before), np.log1p(baskets)]), reached)
        got = difference(later - before, found)
        held += got.low <= effect <= got.high
    return held / rounds


def test_shuffled_reach_gives_intervals_that_hold_zero_about_nineteen_times_in_twenty():
    share = covered(0.0, choose=lambda random, before: random.permutation(len(before)) < 150)
    assert 0.91 <= share <= 0.985


def test_a_planted_effect_is_found_within_its_interval_though_big_spenders_were_reached():
    def choose(random, before):
        return random.random(len(before)) < 0.1 + 0.5 * (before > np.median(before))

    share = covered(4.0, choose=choose)
    assert 0.90 <= share <= 0.985


def test_matching_takes_away_the_difference_that_was_there_before():
    random = np.random.default_rng(7)
    before, baskets, _later = household_panel(random)
    reached = random.random(1200) < np.where(before > np.median(before), 0.5, 0.1)
    found = match(np.column_stack([np.log1p(before), np.log1p(baskets)]), reached)
    got = balance(np.log1p(before), reached, found)
    assert got.before > 0.5
    assert abs(got.after) < 0.05
    assert (got.matched_reached, got.matched_unreached) == means(np.log1p(before), found)


def test_a_trait_without_spread_is_balanced_and_matches_all():
    traits, reached = np.ones((6, 2)), np.array([True, True, False, False, False, False])
    found = match(traits, reached, neighbours=2)
    assert found.partners.tolist() == [2, 3, 2, 3]
    got = balance(traits[:, 0], reached, found)
    assert (got.before, got.after) == (0.0, 0.0)


@pytest.mark.parametrize("flags", [[True, True], [False, False]])
def test_without_somebody_on_either_side_there_is_no_comparison(flags):
    with pytest.raises(NothingToMatch):
        match(np.ones((2, 1)), np.array(flags))
