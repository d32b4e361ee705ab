"""A proposal becomes a campaign when all have signed; then its money and dates change only by a deviation."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from remit.core.ref import Ref
from remit.governance.actions.request import NotTaken, ask_for_green, submit
from remit.governance.actions.signature import NotYours
from remit.governance.enums import Decision, RequestState
from remit.governance.models import Paper, Request
from remit.governance.queries.rounds import approved_now, living_request
from remit.org.actions.project import set_limit
from remit.org.queries.today import today
from remit.planning.actions.approval import EstimateOutdated, NotApproved, ask_for_approval, launch_plan
from remit.planning.actions.closing import NotWhole, close_plan, enter_result, write_retrospective
from remit.planning.actions.deviation import NothingDeviates, apply_deviation, ask_deviation
from remit.planning.actions.dropping import AlreadyAsked, drop_deviation
from remit.planning.actions.plan import NotInPreparation, cancel_plan, change_plan, duplicate_plan
from remit.planning.enums import Stage
from remit.planning.models import Campaign, Plan
from remit.planning.rules import can_change_plan, can_close, can_launch

from ..governance.conftest import AT
from .planned import approved, department, estimated, plan_of, submitted

ON = date(2026, 4, 2)


@pytest.fixture
def house(db):
    return department()


def state(request: Request) -> str:
    return Request.objects.get(pk=request.pk).state


def test_signed_by_all_the_proposal_becomes_the_campaign_and_is_launched_by_its_owner(house):
    plan = approved(house)
    assert (plan.stage, plan.campaign.code, plan.campaign.unit.code) == (Stage.APPROVED, "spring", "shop")
    assert plan.campaign.starts_on == plan.starts_on
    assert not can_launch(house["dora"], plan, ON)
    assert can_launch(house["ana"], plan, ON)
    launched = launch_plan(plan=plan, by=house["ana"], at=AT)
    assert launched.stage == Stage.RUNNING


def test_everything_that_is_missing_is_said_at_once_each_with_its_clause(house):
    plan = plan_of(house, pain_point="", promotion_goal="", objective=" ", starts_on=date(2026, 3, 10))
    request = ask_for_approval(plan=plan, by=house["ana"], at=AT)
    with pytest.raises(NotTaken) as refused:
        submit(request=request, by=house["ana"], at=AT)
    said = "\n".join(refused.value.sentences)
    for basis in ("H1.3a", "H2.3.3", "H4.4.1", "H5.1.1"):
        assert basis in said
    assert len(refused.value.sentences) == 5  # the pain point, the goal, the aim, too late, no estimate


def test_fourteen_days_ahead_needs_the_green_channel_and_its_papers_are_owed(house):
    plan = plan_of(house, starts_on=date(2026, 3, 16))
    request = ask_for_approval(plan=plan, by=house["ana"], at=AT)
    with pytest.raises(NotTaken):
        submit(request=request, by=house["ana"], at=AT)
    ask_for_green(request=request, reason="對手提前開檔", by=house["ana"], at=AT)
    submit(request=request, by=house["ana"], at=AT)
    for name in ("leo", "dora", "fay"):
        house.signs(name, request)
    assert state(request) == "approved"
    owed = Paper.objects.get(request=request)
    assert (owed.code, owed.given_at) == ("roi_estimate", None)
    estimated(house, plan)
    assert Paper.objects.get(request=request).given_at == AT


def test_fifteen_days_ahead_with_its_estimate_is_taken(house):
    plan = plan_of(house, starts_on=date(2026, 3, 17))
    estimated(house, plan)
    assert state(submitted(house, plan)) == "submitted"


@pytest.mark.parametrize("reached", ["draft", "submitted", "returned", "withdrawn"])
def test_nothing_is_launched_without_its_approval(house, reached):
    plan = plan_of(house)
    estimated(house, plan)
    if reached != "draft":
        request = submitted(house, plan)
        if reached == "returned":
            house.signs("leo", request, Decision.RETURN)
    with pytest.raises(NotApproved):
        launch_plan(plan=plan, by=house["ana"], at=AT)
    assert Plan.objects.get(pk=plan.pk).launched_at is None


def test_an_edit_of_what_was_signed_revokes_it_in_the_same_transaction(house):
    plan = plan_of(house)
    estimated(house, plan)
    request = submitted(house, plan)
    house.signs("leo", request)
    change_plan(plan=plan, by=house["ana"], at=AT, money=Decimal(360000))
    assert state(request) == RequestState.REVOKED
    with pytest.raises(NotApproved):
        launch_plan(plan=plan, by=house["ana"], at=AT)


def test_what_was_written_past_the_rules_is_not_launched(house):
    plan = approved(house)
    Plan.objects.filter(pk=plan.pk).update(money=Decimal(999999))
    assert not approved_now("campaign", Ref("plan", plan.pk))
    with pytest.raises(NotApproved):
        launch_plan(plan=plan, by=house["ana"], at=AT)


def test_what_was_approved_is_not_edited(house):
    plan = approved(house)
    verdict = can_change_plan(house["ana"], plan)
    assert (bool(verdict), verdict.clause) == (False, "H4.3.3")
    with pytest.raises(NotInPreparation):
        change_plan(plan=plan, by=house["ana"], at=AT, title="別的")


def test_a_deviation_takes_effect_with_the_second_signature_and_not_before(house):
    plan = approved(house)
    row = ask_deviation(plan=plan, reason="加開直播場次", by=house["ana"], at=AT, money=Decimal("450000.00"))
    request = row.request
    house.signs("dora", request)
    assert Plan.objects.get(pk=plan.pk).money == Decimal("300000.00")
    with pytest.raises(NotYours):
        house.signs("dora", request)
    house.signs("fay", request)
    plan.refresh_from_db()
    assert plan.money == Decimal("450000.00")
    assert approved_now("campaign", Ref("plan", plan.pk))
    launch_plan(plan=plan, by=house["ana"], at=AT)


def test_an_estimate_of_other_money_is_not_submitted(house):
    plan = plan_of(house)
    estimated(house, plan)
    change_plan(plan=plan, by=house["ana"], at=AT, money=Decimal(900000))
    request = ask_for_approval(plan=plan, by=house["ana"], at=AT)
    with pytest.raises(EstimateOutdated, match=r"rests on 300,000\.00.*asks for 900,000\.00 TWD.*H5\.1\.1"):
        submit(request=request, by=house["ana"], at=AT)
    plan.refresh_from_db()
    estimated(house, plan)
    assert submitted(house, plan).state == "submitted"


@pytest.mark.parametrize("written", ["450000", "450000.00", "450000.0"])
def test_after_a_deviation_the_approval_holds_however_its_money_was_written(house, written):
    plan = approved(house)
    row = ask_deviation(plan=plan, reason="加開", by=house["ana"], at=AT, money=Decimal(written))
    for name in ("dora", "fay"):
        house.signs(name, row.request)
    assert approved_now("campaign", Ref("plan", plan.pk))
    again = ask_deviation(plan=plan, reason="再加", by=house["ana"], at=AT, money=Decimal(500000))
    for name in ("dora", "fay"):
        house.signs(name, again.request)
    assert launch_plan(plan=plan, by=house["ana"], at=AT).money == Decimal(500000)


def test_the_same_money_in_other_digits_is_no_deviation(house):
    with pytest.raises(NothingDeviates):
        ask_deviation(plan=approved(house), reason="無", by=house["ana"], at=AT, money=Decimal("3E+5"))


def test_a_deviation_that_was_kept_without_cents_still_reads_as_signed(house):
    plan = approved(house)
    row = ask_deviation(plan=plan, reason="加碼", by=house["ana"], at=AT, money=Decimal(450000))
    kept = plan.deviations.get()
    kept.changes["money"][1] = "450000"  # as rows of earlier versions have it
    kept.save()
    assert applied_by(house, row.request, plan)


def applied_by(house, request, plan) -> bool:
    """Whether the plan's approval holds once both directors have signed what deviates."""
    kept = plan.deviations.get()
    apply_deviation(request=request, by=house["dora"], at=AT)
    kept.refresh_from_db()
    return kept.applied_at == AT and bool(approved_now("campaign", Ref("plan", plan.pk)))


def test_dates_that_deviate_move_the_campaign_too(house):
    plan = approved(house)
    row = ask_deviation(plan=plan, reason="颱風", by=house["ana"], at=AT, ends_on=date(2026, 4, 20))
    for name in ("fay", "dora"):
        house.signs(name, row.request)
    campaign = Campaign.objects.get(plan=plan)
    assert (campaign.ends_on, campaign.published) == (date(2026, 4, 20), False)


def test_one_deviation_at_a_time_and_only_a_real_one(house):
    plan = approved(house)
    with pytest.raises(NothingDeviates):
        ask_deviation(plan=plan, reason="無", by=house["ana"], at=AT, money=plan.money)
    row = ask_deviation(plan=plan, reason="加碼", by=house["ana"], at=AT, money=Decimal(450000))
    with pytest.raises(AlreadyAsked):
        ask_deviation(plan=plan, reason="再加", by=house["ana"], at=AT, money=Decimal(460000))
    drop_deviation(deviation=plan.deviations.get(), by=house["ana"], at=AT)
    assert state(row.request) == "withdrawn"
    ask_deviation(plan=plan, reason="再加", by=house["ana"], at=AT, money=Decimal(450000))


def test_a_refused_deviation_changes_nothing_and_lets_the_next_be_asked(house):
    plan = approved(house)
    row = ask_deviation(plan=plan, reason="加碼", by=house["ana"], at=AT, money=Decimal(450000))
    house.signs("fay", row.request, Decision.REFUSE)
    assert Plan.objects.get(pk=plan.pk).money == Decimal(300000)
    ask_deviation(plan=plan, reason="少一點", by=house["ana"], at=AT, money=Decimal(360000))


@pytest.mark.parametrize(
    ("structure", "limit", "expected"),
    [
        ("centralised", None, {("marketing_director", "east")}),
        ("decentralised", 400000, {("unit_lead", "")}),
        ("decentralised", 50000, {("unit_lead", ""), ("marketing_director", "group")}),
        ("decentralised", None, {("unit_lead", ""), ("marketing_director", "group")}),
    ],
)
def test_the_same_campaign_takes_another_way_in_another_structure(house, structure, limit, expected):
    east = house.units["east"]
    east.structure = structure
    east.save()
    if limit is not None:
        own = {"amount": Decimal(limit), "currency": "TWD", "brands": "", "starts_on": date(2026, 1, 1)}
        set_limit(unit=east, **own, by=house["chief"], at=AT)
    plan = plan_of(house, "ben", unit="east", kind="brand", promotion_goal="")
    steps = submitted(house, plan, "ben").rounds.get().steps.select_related("position", "place")
    assert {
        (one.position.code, one.place.code) if one.position else (one.role, "") for one in steps
    } == expected


def test_in_a_matrix_a_joint_team_is_named(house):
    house.units["east"].structure = "matrix"
    house.units["east"].save()
    plan = plan_of(house, "ben", unit="east", kind="brand", promotion_goal="")
    with pytest.raises(NotTaken, match=r"H3\.1\.3"):
        submitted(house, plan, "ben")


def test_it_is_closed_with_results_of_both_kinds_and_a_retrospective(house):
    plan = launch_plan(plan=approved(house), by=house["ana"], at=AT)
    result, process = plan.measures.order_by("-kind")
    texts = {"goal": "清庫存", "result": "降到 8.5 週", "causes": "西區缺貨", "lessons": "先調撥再開檔"}
    enter_result(measure=result, actual=Decimal(480000), source="月結表", by=house["ana"], at=AT)
    assert can_close(house["ana"], plan).clause == "H4.4.1"
    with pytest.raises(NotWhole):
        close_plan(plan=plan, by=house["ana"], at=AT)
    enter_result(measure=process, actual=Decimal(41), source="網站分析", by=house["ana"], at=AT)
    assert can_close(house["ana"], plan).clause == "H4.5.1"
    with pytest.raises(NotWhole):
        write_retrospective(plan=plan, by=house["ana"], at=AT, **{**texts, "lessons": " "})
    write_retrospective(plan=plan, by=house["ana"], at=AT, **texts)
    still_runs = Plan(pk=plan.pk, owner=plan.owner, unit=plan.unit, stage=Stage.RUNNING, ends_on=today())
    assert can_close(house["ana"], still_runs).clause == "H4.3.3"  # its days were signed
    with pytest.raises(NotWhole, match="last day"):
        close_plan(plan=plan, by=house["ana"], at=datetime(2026, 4, 14, 12, tzinfo=UTC))
    closing = datetime(2026, 4, 15, 2, tzinfo=UTC)
    assert close_plan(plan=plan, by=house["ana"], at=closing).stage == Stage.CLOSED


def test_a_copy_keeps_the_length_and_the_measures_and_nothing_of_the_approval(house):
    plan = approved(house)
    copy = duplicate_plan(plan=plan, code="autumn", starts_on=date(2026, 9, 1), by=house["ben"], at=AT)
    assert (copy.ends_on, copy.stage, copy.owner.name) == (date(2026, 9, 14), Stage.DRAFT, "ben")
    assert copy.measures.count() == 2
    assert living_request("campaign", Ref("plan", copy.pk)) is None


def test_cancelled_nothing_is_left_to_sign(house):
    plan = plan_of(house)
    estimated(house, plan)
    request = submitted(house, plan)
    cancel_plan(plan=plan, reason="供應商退出", by=house["ana"], at=AT)
    assert state(request) == "withdrawn"
    with pytest.raises(NotInPreparation):
        cancel_plan(plan=plan, reason="再來", by=house["ana"], at=AT)


def test_while_it_is_signed_its_papers_stay(house):
    plan = plan_of(house)
    estimated(house, plan)
    request = submitted(house, plan)
    before = Paper.objects.get(request=request).thing
    estimated(house, plan)  # kept as a newer estimate, not slipped under the signatures
    assert Paper.objects.get(request=request).thing == before
