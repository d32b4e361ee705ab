"""The biggest loss: found where one was planted, and not where there is none."""

from dataclasses import replace
from fractions import Fraction
from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from remit.journeys.funnel import FunnelAnswer, Tally, answer_funnel
from remit.journeys.losing import losses_of, sentence_of
from remit.journeys.specification import Attribution, Breakdown, Funnel, Order, Step
from remit.kernels.proportions import smaller_share
from tests.journeys.plain import Event
from tests.journeys.small_index import index_of

STEPS = ("view", "cart", "address", "pay")
VALUES = ("", "ad", "mail", "search", "social", "store")
GOES_ON = (0.6, 0.7, 0.8)
RUNS = 400


def simulated(seed, goes_on=GOES_ON, planted=None):
    """A funnel's answer of chance alone; ``planted``: (step, value, share that goes on)."""
    random = np.random.default_rng(seed)
    table = np.zeros((len(VALUES), len(STEPS)), np.int64)
    for place, value in enumerate(VALUES):
        table[place, 0] = random.integers(0, 1500)
        for step, share in enumerate(goes_on):
            here = planted[2] if planted and planted[:2] == (step, value) else share
            table[place, step + 1] = random.binomial(table[place, step], here)
    return answered(table)


def answered(table, by=Attribution.FIRST, order=Order.ORDERED, optional=()):
    steps = tuple(Step((name,), name, optional=name in optional) for name in STEPS[: len(table[0])])
    table = np.array(table, np.int64)
    funnel = Funnel(steps, 3600, order, breakdown=Breakdown("channel", by))
    tally = Tally(table.sum(axis=0), np.zeros((len(steps), 1), np.int64), table)
    return FunnelAnswer(funnel, tally, None, VALUES[: len(table)])


def test_a_planted_loss_is_found_with_its_step_and_value():
    looked = 0
    for seed in range(100):
        answer = simulated(seed, planted=(1, "mail", 0.5))
        people = int(answer.tally.by_value[2, 1])
        if people < 150:
            continue
        looked += 1
        found = losses_of(answer).value
        assert found is not None, f"missed among {people} people, seed {seed}"
        assert (STEPS[found.step], found.value) == ("cart", "mail")
        assert found.stayed == answer.tally.by_value[2, 2]
    assert looked > 70


def test_where_none_is_planted_one_is_claimed_in_one_of_twenty_runs_at_most():
    claimed = sum(losses_of(simulated(10_000 + seed)).value is not None for seed in range(RUNS))
    # 400 runs at 5 %: more than 33 has a chance below one in a hundred (binomial).
    assert claimed <= 33


def test_the_step_that_loses_most_is_found_and_equal_steps_are_not_told_apart():
    found = losses_of(simulated(1, (0.9, 0.3, 0.9))).step
    assert (STEPS[found.step], found.significant) == ("cart", True)
    claimed = sum(losses_of(simulated(seed, (0.7, 0.7, 0.7))).step.significant for seed in range(RUNS))
    assert claimed <= 33


def test_a_planted_loss_is_found_from_events():
    random = np.random.default_rng(7)
    history = []
    for person in range(1500):
        channel = {"channel": VALUES[1 + person % 3]}
        for second, name in enumerate(STEPS):
            loses = name == "pay" and channel["channel"] == "search"
            if second and random.random() > (0.4 if loses else 0.8):
                break
            history.append(Event(str(person), second * 1000, name, channel))
    steps = tuple(Step((name,), name) for name in STEPS)
    answer = answer_funnel(index_of(history), Funnel(steps, 60, breakdown=Breakdown("channel")))
    found = losses_of(answer)
    assert (STEPS[found.value.step], found.value.value, found.compared) == ("address", "search", 9)
    assert (STEPS[found.step.step], found.step.significant) == ("address", True)


def test_what_is_told_is_where_most_people_can_be_won_back():
    """Of two values that lose more, the rarest is worst and the most frequent costs most."""
    answer = answered([[20_000, 16_000], [100, 20], [5000, 3000]])
    found = losses_of(answer).value
    assert (found.value, round(found.beyond)) == ("mail", 985)


def test_the_sentence_says_what_was_found_in_both_languages():
    answer = answered([[0, 0, 0], [1000, 800, 640], [1000, 800, 320]])
    said = sentence_of(answer, losses_of(answer))
    assert said.en == (
        "The step from “cart” to “address” loses most: 640 of 1,600 people (40.0%) do not go on,"
        " significantly more than at the other steps."
        " Most can be won back where channel is “mail”: from “cart” to “address”"
        " only 320 of 800 people (40.0%) go on, elsewhere 80.0%; if as many did as there, 320 more would"
        " (Holm-corrected for 4 comparisons, p < 0.0001)."
    )
    assert said.zh_hant == (
        "流失最多的一步是「cart」到「address」：1,600 人中有 640 人（40.0%）沒有繼續，"
        "流失率顯著高於其他步驟。"
        "其中 channel 為「mail」的人最值得注意：從「cart」到「address」，800 人中只有 320 人（40.0%）繼續，"
        "其他人則有 80.0%；若與其他人相同，會多 320 人（比較 4 次，經 Holm 校正，p < 0.0001）。"
    )


def test_the_sentence_says_so_where_nothing_was_found_or_nobody_was():
    answer = answered([[0, 0], [100, 70], [100, 71]])
    said = sentence_of(answer, losses_of(answer))
    assert said.en == (
        "The step from “view” to “cart” loses most: 59 of 200 people (29.5%) do not go on."
        " No channel loses significantly more than the others (2 comparisons, Holm-corrected, at 5%)."
    )
    assert said.zh_hant.endswith(
        "沒有一個 channel 的流失率顯著高於其他（比較 2 次，經 Holm 校正，顯著水準 5%）。"
    )
    nobody = answered([[0, 0]])
    assert sentence_of(nobody, losses_of(nobody)).en == "Nobody reached the first step."


def test_a_missing_value_is_named_so_and_in_any_order_steps_are_counted():
    answer = answered([[1000, 100], [1000, 900]], order=Order.ANY)
    said = sentence_of(answer, losses_of(answer)).en
    assert "where channel is missing: from any 1 of the steps to any 2 of the steps only 100 of 1,000" in said


def test_optional_steps_are_passed_over_and_other_breakdowns_are_not_compared():
    table = [[1000, 10, 500], [1000, 20, 900]]
    found = losses_of(answered(table, optional=("cart",)))
    assert (found.step.step, found.step.then, found.step.stayed) == (0, 2, 1400)
    assert (found.value.step, found.value.then, found.compared) == (0, 2, 2)
    for by in (Attribution.LAST, Attribution.ALL):
        other = losses_of(answered(table, by))
        assert (other.value, other.compared) == (None, 0)


@given(st.integers(0, 12), st.integers(0, 12), st.integers(0, 12), st.integers(0, 12))
def test_of_few_people_the_chance_is_the_exact_one(some, gone, others, others_gone):
    """Every way to deal out who goes on, counted."""
    of, of_others = some + gone, others + others_gone
    whole = some + others
    got = smaller_share(some, of, others, of_others)
    if not of or not of_others or whole in (0, of + of_others):
        assert got == 1
        return
    pooled = Fraction(whole, of + of_others)
    if min(pooled, 1 - pooled) * min(of, of_others) >= 5:
        return
    ways = sum(comb(of, k) * comb(of_others, whole - k) for k in range(some + 1) if whole - k >= 0)
    assert got == pytest.approx(ways / comb(of + of_others, whole), rel=1e-9)


def test_of_many_people_the_chance_is_that_of_the_normal_curve():
    """Agresti's aspirin study: 104 of 11,037 against 189 of 11,034 heart attacks, z = 5.00."""
    assert smaller_share(104, 11_037, 189, 11_034) == pytest.approx(2.83e-7, rel=0.02)
    assert smaller_share(189, 11_034, 104, 11_037) == pytest.approx(1 - 2.83e-7)


def test_a_funnel_of_one_step_loses_nobody():
    answer = answered([[5], [6]])
    losses = losses_of(replace(answer, funnel=replace(answer.funnel, breakdown=None)))
    assert (losses.step, losses.value, losses.compared) == (None, None, 0)
