"""Rules propose releases on live figures: tried on the past first, once for the same data."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from remit.governance.models import Request
from remit.planning.actions.release import drop_release
from remit.planning.actions.release_rule import (
    RuleUnclear,
    end_rule,
    look_at_rules,
    start_rule,
    try_rule,
    write_rule,
)
from remit.planning.enums import RuleState
from remit.planning.models import Release, ReleaseRule, RuleFiring
from remit.planning.release_terms import Seen, Terms, proposed, tried

from ..governance.conftest import AT
from .measured import append
from .planned import department
from .test_money import line_of

FIRST = date(2026, 1, 5)
TERMS = Terms(
    days=7, planned=Decimal("1.0"), factor=Decimal("1.2"), count_min=10, amount=Decimal(100), cooldown_days=7
)


def on(number: int) -> date:
    return FIRST + timedelta(days=number)


def seen(number: int, value: str | None, count: int | None = 50) -> Seen:
    return Seen(
        on(number), None if value is None else Decimal(value), None if count is None else Decimal(count)
    )


# -- pure: the worked examples of docs/how/budgets.md -------------------------------------------


@pytest.mark.parametrize(
    ("value", "count", "reserve", "amount"),
    [
        ("1.21", 50, 300, 100),  # beyond 1.0 × 1.2
        ("1.20", 50, 300, None),  # at the limit is not beyond it
        ("1.21", 9, 300, None),  # too few orders
        ("1.21", 10, 300, 100),
        ("1.21", 50, 60, 60),  # never more than the reserve has
        ("1.21", 50, 0, None),
        (None, 50, 300, None),  # what is not known never fires
        ("1.21", None, 300, None),
    ],
)
def test_it_fires_beyond_the_limit_on_enough_cases_and_within_the_reserve(value, count, reserve, amount):
    one = proposed(TERMS, seen(0, value, count), Decimal(reserve), None)
    assert (one.amount if one else None) == amount


def test_where_less_is_better_it_fires_below_the_limit():
    terms = Terms(7, Decimal(100), Decimal("0.85"), 1, Decimal(10), 7, falls=True)
    assert proposed(terms, seen(0, "84"), Decimal(100), None)
    assert proposed(terms, seen(0, "85"), Decimal(100), None) is None


def test_it_rests_and_the_reserve_runs_out():
    found = tried(TERMS, [seen(number, "1.5") for number in range(30)], Decimal(250))
    assert [(one.seen.on, one.amount, one.left) for one in found] == [
        (on(0), 100, 150),
        (on(7), 100, 50),
        (on(14), 50, 0),
    ]


@given(
    values=st.lists(st.tuples(st.decimals(0, 3, places=2), st.integers(0, 30)), max_size=60),
    reserve=st.decimals(0, 1000, places=2),
    amount=st.decimals("0.01", 500, places=2),
    rests=st.integers(1, 20),
)
def test_never_more_than_the_reserve_has_and_never_while_it_rests(values, reserve, amount, rests):
    terms = Terms(7, Decimal(1), Decimal("1.2"), 10, amount, rests)
    days = [Seen(on(number), value, Decimal(count)) for number, (value, count) in enumerate(values)]
    found = tried(terms, days, reserve)
    assert sum(one.amount for one in found) <= reserve
    assert all(one.amount > 0 and terms.met_by(one.seen) for one in found)
    fired = [one.seen.on for one in found]
    assert all((after - before).days >= rests for before, after in pairwise(fired))
    assert tried(terms, reversed(days), reserve) == found


# -- on data ------------------------------------------------------------------------------------


@pytest.fixture
def house(db, lake_folder):
    return department()


def trade(house, days: range, *, sales: int, spend: int = 20) -> None:
    """Ten baskets a day that cost 50 together, and what was spent on them."""
    unit = house.units["shop"].pk
    common = {"import_id": 1, "unit_id": unit, "currency": "TWD"}
    lines, costs = [], []
    for number in days:
        for basket in range(10):
            lines.append({
                **common, "customer_id": basket, "sold_on": on(number), "product_id": 1,
                "order_code": f"{number}-{basket}", "line_code": "1", "units": 1,
                "net_sales": Decimal(sales) / 10, "cost": Decimal(5),
            })  # fmt: skip
        costs.append({
            **common, "spend_code": f"S{number}", "channel": "video", "spent_on": on(number),
            "amount": Decimal(spend),
        })  # fmt: skip
    append("order_lines", lines, str(days.start))
    append("spend", costs, str(days.start))


def written(house, line=None, **more) -> ReleaseRule:
    values = {"metric": "sales_per_spend", "counted": "baskets", "terms": TERMS, **more}
    return write_rule(line=line or line_of(house), by=house["ana"], at=AT, **values)


def live(house, line=None, **more) -> ReleaseRule:
    own = {"by": house["dora"], "at": AT}
    return start_rule(rule=try_rule(rule=written(house, line, **more), **own), **own)


def test_untried_it_never_goes_live_neither_by_action_nor_in_the_database(house):
    rule = written(house)
    with pytest.raises(RuleUnclear, match="no rule goes live untried"):
        start_rule(rule=rule, by=house["dora"], at=AT)
    with pytest.raises(RuleUnclear, match="no data"):
        try_rule(rule=rule, by=house["ana"], at=AT)
    with pytest.raises(IntegrityError, match="a_live_rule_was_tried"), transaction.atomic():
        ReleaseRule.objects.filter(pk=rule.pk).update(state=RuleState.LIVE)


def test_the_trial_shows_on_which_days_it_would_have_fired_and_moves_nothing(house):
    trade(house, range(14), sales=20)  # 1.0 per unit of spend
    trade(house, range(14, 28), sales=40)  # 2.0; over seven days beyond 1.2 from the second of them
    rule = try_rule(rule=written(house), by=house["ana"], at=AT)
    assert rule.trial is not None
    assert (rule.trial["days"], rule.trial["rows"], rule.trial["reserve"]) == (22, "unit", "300.00")
    fired = rule.trial["fired"]
    assert [(one["on"], one["amount"]) for one in fired] == [
        (str(on(15)), "100.00"),
        (str(on(22)), "100.00"),
    ]
    assert fired[0]["value"] == "1.2857"  # (5 × 20 + 2 × 40) / 140
    assert not Release.objects.exists()


def test_fresh_data_are_judged_once_and_what_it_proposes_is_only_a_request(house):
    line = line_of(house)
    trade(house, range(14), sales=20)
    rule = live(house, line)
    assert look_at_rules(at=AT) == 0  # it was tried on these days
    trade(house, range(14, 21), sales=40)
    assert [look_at_rules(at=AT) for _again in range(3)] == [1, 0, 0]
    release = Release.objects.get()
    line.refresh_from_db()
    assert (release.amount, release.state, line.released) == (100, "asked", 700)
    assert "2.00" in release.reason
    assert "1.20" in release.reason
    assert RuleFiring.objects.get().release_id == release.pk
    assert rule.firings.count() == 1


def test_the_money_moves_with_the_signature_which_its_author_cannot_give(house):
    line = line_of(house)
    trade(house, range(14), sales=20)
    live(house, line)
    trade(house, range(14, 21), sales=40)
    look_at_rules(at=AT)
    house.signs("dora", Request.objects.get(kind="budget_release"))
    line.refresh_from_db()
    assert (line.released, line.reserve) == (800, 200)


def test_it_waits_while_a_release_is_asked_for_and_rests_after_it_fired(house):
    line = line_of(house)
    trade(house, range(14), sales=20)
    live(house, line)
    trade(house, range(14, 21), sales=40)
    look_at_rules(at=AT)
    trade(house, range(21, 24), sales=40)
    assert look_at_rules(at=AT) == 0
    drop_release(release=Release.objects.get(), by=house["ana"], at=AT)
    assert look_at_rules(at=AT) == 0  # it rests: three days after it fired
    trade(house, range(24, 28), sales=40)
    assert look_at_rules(at=AT) == 1


def test_what_the_policy_refuses_is_kept_with_the_clause_and_asks_for_nothing(house):
    line = line_of(house)
    trade(house, range(14), sales=20)
    live(house, line)
    type(line).objects.filter(pk=line.pk).update(may_overrun=True, overrun=5)
    trade(house, range(14, 21), sales=40)
    assert look_at_rules(at=AT) == 1
    firing = RuleFiring.objects.get()
    assert firing.release is None
    assert "overrun" in firing.refusal or "超支" in firing.refusal
    assert not Release.objects.exists()


def test_one_rule_of_a_line_is_live_and_an_ended_one_proposes_nothing(house):
    line = line_of(house)
    trade(house, range(14), sales=20)
    rule = live(house, line)
    with pytest.raises(RuleUnclear, match="end it first"):
        live(house, line)
    end_rule(rule=rule, by=house["ana"], at=AT)
    trade(house, range(14, 21), sales=40)
    assert look_at_rules(at=AT) == 0


@pytest.mark.parametrize(
    "more",
    [
        {"metric": "no_such"},
        {"counted": "roi"},
        {"terms": Terms(0, Decimal(1), Decimal(1), 1, Decimal(1), 1)},
        {"terms": Terms(7, Decimal(0), Decimal(1), 1, Decimal(1), 1)},
        {"terms": Terms(7, Decimal(1), Decimal(1), 1, Decimal("300.01"), 1)},
    ],
)
def test_what_cannot_be_judged_or_given_is_refused_when_it_is_written(house, more):
    with pytest.raises(RuleUnclear):
        written(house, **more)
