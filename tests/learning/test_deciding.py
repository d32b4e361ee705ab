"""The rule as a table, and how long something has to be tried."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remit.learning import deciding
from remit.learning.deciding import Ends, Look, advise, is_allowed, next_allowed
from remit.learning.enums import ActivityType, Advice, Because

GOOD, BAD, NONE, EARLY = (2.0, 1.0, 3.0), (-2.0, -3.0, -1.0), (0.5, -1.0, 2.0), (9.0, None, None)


def ends(variant, numbers):
    return Ends(variant, *numbers)


def look(primary=NONE, guardrail=NONE, p=0.5, days=14, is_last=False, may_extend=True, second=None):
    one = [ends("a", primary)] + ([ends("b", second)] if second else [])
    return Look(p, one, [ends(each.variant, guardrail) for each in one], days, 7, is_last, may_extend)


@pytest.mark.parametrize(
    ("found", "advice"),
    [
        (look(), ("wait", "not_yet", None)),
        (look(primary=EARLY), ("wait", "not_yet", None)),
        (look(primary=GOOD), ("ship", "better", "a")),
        (look(primary=GOOD, second=(5.0, 4.0, 6.0)), ("ship", "better", "b")),
        (look(primary=BAD, second=GOOD), ("ship", "better", "b")),
        (look(primary=BAD, second=NONE), ("wait", "not_yet", None)),
        (look(primary=BAD, second=BAD), ("stop", "worse", None)),
        (look(primary=GOOD, days=3), ("wait", "too_short", None)),
        (look(primary=BAD, days=3), ("stop", "worse", None)),
        (look(primary=GOOD, p=0.0009), ("stop", "crooked", None)),
        (look(primary=GOOD, guardrail=BAD), ("stop", "harmed", None)),
        (look(is_last=True), ("extend", "undecided", None)),
        (look(is_last=True, may_extend=False), ("stop", "nothing", None)),
        (look(primary=GOOD, is_last=True), ("ship", "better", "a")),
        (look(primary=EARLY, is_last=True, may_extend=False), ("stop", "nothing", None)),
    ],
)
def test_the_rule_is_applied_in_its_order(found, advice):
    assert advise(found) == advice
    assert advice[0] in Advice.values
    assert advice[1] in Because.values


def test_every_reason_has_a_case():
    cases = test_the_rule_is_applied_in_its_order.pytestmark[0].args[1]
    assert {advice[1] for _look, advice in cases} == set(Because.values)


def test_the_codes_are_those_of_the_choices():
    assert {deciding.PROMOTION, deciding.IMAGE, deciding.OTHER} == set(ActivityType.values)
    assert {deciding.WAIT, deciding.SHIP, deciding.STOP, deciding.EXTEND} == set(Advice.values)


@given(st.sampled_from(ActivityType.values), st.integers(1, 300))
def test_the_next_allowed_time_is_the_shortest_that_is_not_shorter(kind, days):
    found = next_allowed(kind, days)
    assert is_allowed(kind, found)
    assert found >= days
    assert not any(is_allowed(kind, one) for one in range(days, found))
