"""A campaign serves goals by shares of exactly 100 %, and they are part of what is signed."""

from decimal import Decimal

import pytest
from django.urls import reverse

from remit.core.ref import Ref
from remit.governance.actions.request import NotNow, NotTaken, submit
from remit.governance.actions.signature import NoLongerPossible
from remit.governance.queries.rounds import approved_now
from remit.planning.actions import deviation
from remit.planning.actions.approval import ask_for_approval
from remit.planning.actions.deviation import ask_deviation
from remit.planning.actions.objectives import ObjectivesUnclear, Serves
from remit.planning.actions.plan import PlanUnclear, change_plan
from remit.planning.models import PlanObjective
from remit.planning.queries.plans import objectives_of

from ..goals.aims import drafted, in_force
from ..governance.conftest import AT
from .planned import approved, department, estimated, plan_of, submitted


@pytest.fixture
def house(db):
    return department()


def serves(*pairs):
    return [Serves(goal, Decimal(share)) for goal, share in pairs]


@pytest.fixture
def aims(house):
    return in_force(house), in_force(house, title="新客一萬")


@pytest.mark.parametrize("shares", [("60", "30"), ("60", "40.01"), ("99.99", "0.02")])
def test_shares_that_are_not_all_keep_a_plan_from_being_submitted(house, aims, shares):
    plan = plan_of(house, objectives=serves(*zip(aims, shares, strict=True)))
    estimated(house, plan)
    request = ask_for_approval(plan=plan, by=house["ana"], at=AT)
    with pytest.raises(NotTaken) as refused:
        submit(request=request, by=house["ana"], at=AT)
    assert any("H4.1.1" in sentence and "100" in sentence for sentence in refused.value.sentences)


def test_a_plan_that_serves_no_goal_is_not_submitted_and_its_page_says_so(house, browse):
    plan = plan_of(house, objectives=())
    estimated(house, plan)
    request = ask_for_approval(plan=plan, by=house["ana"], at=AT)
    with pytest.raises(NotTaken) as refused:
        submit(request=request, by=house["ana"], at=AT)
    (said,) = refused.value.sentences
    assert "H2.1.3" in said
    page = browse("ana").get(reverse("plans_plan", args=[plan.pk])).content.decode()
    assert "Name the goal that it serves before it is submitted." in page


@pytest.mark.parametrize("shares", [("60", "40"), ("33.33", "66.67"), ("99.99", "0.01")])
def test_shares_of_exactly_all_are_taken(house, aims, shares):
    plan = plan_of(house, objectives=serves(*zip(aims, shares, strict=True)))
    estimated(house, plan)
    assert submitted(house, plan).state == "submitted"


def test_whatever_the_policy_says_open_shares_are_not_submitted(house, aims, monkeypatch):
    plan = plan_of(house, objectives=serves((aims[0], "60")))
    estimated(house, plan)
    from remit.governance.actions.policy import publish_version

    rows = [{"code": "1", "text": {"zh": "簽", "en": "Sign"}, "steps": [
        {"stage": 1, "position": "marketing_director", "where": "unit", "days": 3}]}]  # fmt: skip
    publish_version(kind="campaign", rows=rows, reason="簡化", by=house["dora"], at=AT)
    request = ask_for_approval(plan=plan, by=house["ana"], at=AT)
    with pytest.raises(NotNow, match="100 %"):
        submit(request=request, by=house["ana"], at=AT)


def test_an_edit_of_the_shares_revokes_what_was_signed(house, aims):
    plan = plan_of(house, objectives=serves((aims[0], "100")))
    estimated(house, plan)
    request = submitted(house, plan)
    house.signs("leo", request)
    change_plan(plan=plan, by=house["ana"], at=AT, objectives=serves((aims[0], "100")))
    request.refresh_from_db()
    assert request.state == "submitted"  # the same again is no change
    change_plan(plan=plan, by=house["ana"], at=AT, objectives=serves((aims[0], "60"), (aims[1], "40")))
    request.refresh_from_db()
    assert request.state == "revoked"


def test_after_the_approval_shares_change_by_a_deviation_with_its_last_signature(house, aims):
    plan = approved(house, objectives=serves((aims[0], "100")))
    with pytest.raises(ObjectivesUnclear):
        ask_deviation(
            plan=plan, reason="改投新客", by=house["ana"], at=AT, objectives=serves((aims[1], "90"))
        )
    row = ask_deviation(
        plan=plan,
        reason="改投新客",
        by=house["ana"],
        at=AT,
        objectives=serves((aims[0], "30"), (aims[1], "70")),
    )
    house.signs("dora", row.request)
    assert objectives_of(plan) == [[aims[0].pk, "100.00"]]
    house.signs("fay", row.request)
    assert objectives_of(plan) == [[aims[0].pk, "30.00"], [aims[1].pk, "70.00"]]
    assert approved_now("campaign", Ref("plan", plan.pk))


def test_a_deviation_leaves_an_approved_campaign_a_goal_and_what_is_to_be_reached(house, aims, browse):
    plan = approved(house, objectives=serves((aims[0], "100")))
    asking = {"plan": plan, "reason": "不再追目標", "by": house["ana"], "at": AT}
    with pytest.raises(PlanUnclear, match=r"keeps at least one goal .*H2\.1\.3"):
        ask_deviation(**asking, objectives=[])
    with pytest.raises(PlanUnclear, match=r"keeps what is to be reached.*H4\.4\.1"):
        ask_deviation(**asking, objective=" ")
    page = browse("ana").post(
        reverse("plans_deviation", args=[plan.pk]),
        {
            "money": "300000", "starts_on": "2026-04-01", "ends_on": "2026-04-14", "reason": "不再追目標",
            "objective": plan.objective, "audience": plan.audience, "objectives-TOTAL_FORMS": "1",
            "objectives-INITIAL_FORMS": "1", "objectives-0-goal": "", "objectives-0-share": "",
        },
    )  # fmt: skip
    assert page.status_code == 422 and "H2.1.3" in page.content.decode()
    assert not plan.deviations.exists() and objectives_of(plan) == [[aims[0].pk, "100.00"]]


def test_a_deviation_of_before_the_rule_that_takes_every_goal_is_not_signed(house, aims, monkeypatch):
    plan = approved(house, objectives=serves((aims[0], "100")))
    with monkeypatch.context() as before:
        before.setattr(deviation, "_aimless", lambda changes: "")
        asked = ask_deviation(plan=plan, reason="不追了", by=house["ana"], at=AT, objectives=[])
    with pytest.raises(NoLongerPossible):
        for name in ("dora", "fay"):
            house.signs(name, asked.request)
    assert objectives_of(plan) == [[aims[0].pk, "100.00"]]


def test_shares_written_past_the_rules_break_the_approval(house, aims):
    plan = approved(house, objectives=serves((aims[0], "100")))
    assert approved_now("campaign", Ref("plan", plan.pk))
    PlanObjective.objects.filter(plan=plan).update(goal=aims[1])
    assert not approved_now("campaign", Ref("plan", plan.pk))


def test_a_campaign_serves_goals_in_force_that_its_author_sees_each_once(house, aims):
    hidden = in_force(house, by="chief", unit="group", currency="TWD")
    for wrong in (
        serves((drafted(house), "100")), serves((aims[0], "50"), (aims[0], "50")), serves((aims[0], "0")),
        serves((hidden, "100")),
    ):  # fmt: skip
        with pytest.raises(ObjectivesUnclear):
            plan_of(house, code=f"p{PlanObjective.objects.count()}-{len(wrong)}", objectives=wrong)
