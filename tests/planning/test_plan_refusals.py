"""What plans, their estimates, deviations, results and closing refuse, each with its sentence."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from remit.audit.models import Event
from remit.planning.actions.approval import NotApproved, NotInPreparation, ask_for_approval, launch_plan
from remit.planning.actions.audience import AudienceUnclear, Named, name_audience
from remit.planning.actions.closing import (
    NotRunning,
    NotWhole,
    Read,
    close_plan,
    enter_result,
    keep_results,
    write_retrospective,
)
from remit.planning.actions.deviation import ask_deviation
from remit.planning.actions.estimate import EstimateUnclear, make_estimate
from remit.planning.actions.plan import (
    Judged,
    PlanCodeTaken,
    PlanUnclear,
    add_plan,
    cancel_plan,
    change_plan,
)
from remit.planning.enums import Stage
from remit.planning.models import Plan
from remit.planning.rules import (
    can_ask_deviation,
    can_cancel,
    can_close,
    can_drop_deviation,
    can_estimate,
    can_evaluate,
    can_launch,
)

from ..governance.conftest import AT
from .planned import WHOLE, approved, department, plan_of

AFTER = datetime.combine(date(2026, 5, 1), AT.timetz())
TEXTS = {"goal": "清庫存", "result": "降到 9 週", "causes": "雨季", "lessons": "提前備貨"}


@pytest.fixture
def house(db):
    return department()


def ana(house, at=AT):
    return {"by": house["ana"], "at": at}


def running(house) -> Plan:
    return launch_plan(plan=approved(house), **ana(house))


# -- in preparation -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"ends_on": date(2026, 3, 31)}, "ends before it starts"),
        ({"money": Decimal(-1)}, "nothing or more"),
        ({"kind": "brand"}, "Only a promotion says what the promotion is for"),
        ({"title": "  "}, "Give the campaign a title"),
    ],
)
def test_a_plan_that_contradicts_itself_is_not_kept(house, wrong, sentence):
    with pytest.raises(PlanUnclear, match=sentence):
        plan_of(house, **wrong)
    assert not Plan.objects.exists()


def test_a_code_belongs_to_one_plan_of_the_unit(house):
    plan_of(house)
    with pytest.raises(PlanCodeTaken, match="a plan with the code spring"):
        plan_of(house)


def test_a_plan_belongs_to_a_company_that_keeps_books(house):
    with pytest.raises(PlanUnclear, match="below no company that keeps books"):
        add_plan(unit=house.units["group"], code="spring", **{**WHOLE, "owner": house["ana"]}, **ana(house))


def test_measures_are_named_once_and_read_metrics_that_there_are(house):
    plan = plan_of(house)
    twice = [Judged("result", "銷售額", Decimal(1)), Judged("process", "銷售額", Decimal(1))]
    with pytest.raises(PlanUnclear, match="“銷售額” is there twice"):
        change_plan(plan=plan, measures=twice, **ana(house))
    with pytest.raises(PlanUnclear, match="There is no metric “luck”"):
        change_plan(plan=plan, measures=[Judged("result", "運氣", Decimal(1), "luck")], **ana(house))
    assert plan.measures.count() == 2


def test_a_field_that_plans_do_not_have_is_a_mistake_of_the_program(house):
    with pytest.raises(TypeError, match="no changeable field stage"):
        change_plan(plan=plan_of(house), stage="running", **ana(house))
    with pytest.raises(TypeError, match="does not change title"):
        ask_deviation(plan=approved(house, code="other"), reason="改名", title="別的", **ana(house))


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"conversion": (Decimal("0.3"), Decimal("0.2"), Decimal("0.4"))}, "from low over likely to high"),
        ({"value": Decimal(-1)}, "nothing or more"),
        ({"reach": -1}, "nothing or more"),
        ({"basis": " "}, "Say on what the estimate rests"),
    ],
)
def test_an_estimate_that_cannot_be_is_not_frozen(house, wrong, sentence):
    plan = plan_of(house)
    parts = (Decimal("0.01"), Decimal("0.02"), Decimal("0.03"))
    values = {"reach": 100, "conversion": parts, "value": Decimal(90), "basis": "去年", **wrong}
    with pytest.raises(EstimateUnclear, match=sentence):
        make_estimate(plan=plan, **values, **ana(house))
    assert not plan.estimates.exists()


def test_a_list_needs_somebody_to_name(house):
    plan = plan_of(house)
    with pytest.raises(AudienceUnclear, match="Say whom"):
        name_audience(plan=plan, named=Named(), **ana(house))
    with pytest.raises(AudienceUnclear, match="No customer fits"):
        name_audience(plan=plan, named=Named(areas=["台北"]), **ana(house))
    foreign = approved(house, code="member", unit="shop").campaign
    foreign.unit = house.units["group"]
    foreign.save()
    with pytest.raises(AudienceUnclear, match="none of the company"):
        name_audience(plan=plan, named=Named(reached=foreign), **ana(house))


# -- approved, running, ended ---------------------------------------------------------------------


def test_what_was_approved_is_not_submitted_again_and_what_runs_is_not_launched_again(house):
    plan = approved(house)
    with pytest.raises(NotInPreparation, match="Only what is in preparation is submitted"):
        ask_for_approval(plan=plan, **ana(house))
    launch_plan(plan=plan, **ana(house))
    with pytest.raises(NotApproved, match="launched already"):
        launch_plan(plan=plan, **ana(house))
    plan.refresh_from_db()
    assert "launched already" in can_launch(house["ana"], plan).reason


def test_a_deviation_has_a_reason_and_leaves_a_possible_campaign(house):
    with pytest.raises(PlanUnclear, match="Only what was approved and has not ended deviates"):
        ask_deviation(plan=plan_of(house, code="draft"), reason="加碼", money=Decimal(1), **ana(house))
    plan = approved(house)
    with pytest.raises(PlanUnclear, match="needs a written reason"):
        ask_deviation(plan=plan, reason=" ", money=Decimal(450000), **ana(house))
    with pytest.raises(PlanUnclear, match="ends before it starts"):
        ask_deviation(plan=plan, reason="颱風", ends_on=date(2026, 3, 1), **ana(house))
    with pytest.raises(PlanUnclear, match="Money is nothing or more"):
        ask_deviation(plan=plan, reason="省", money=Decimal(-1), **ana(house))
    assert not plan.deviations.exists()


def test_only_who_asked_for_a_deviation_drops_it_and_nobody_asks_for_two(house):
    plan = approved(house)
    ask_deviation(plan=plan, reason="加碼", money=Decimal(450000), **ana(house))
    assert "asked for already" in can_ask_deviation(house["ana"], plan).reason
    assert can_drop_deviation(house["dora"], plan.deviations.get()).reason == (
        "Who asked for a deviation drops it."
    )


def test_who_does_not_carry_a_campaign_changes_nothing_of_it(house):
    plan = running(house)
    for ask in (can_ask_deviation, can_estimate, can_close, can_evaluate, can_cancel):
        verdict = ask(house["ben"], plan)
        assert not verdict and verdict.clause, ask.__name__
    assert "before the launch" in can_estimate(house["ana"], plan).reason


def test_a_campaign_is_cancelled_once_and_with_a_reason(house):
    plan = plan_of(house)
    with pytest.raises(PlanUnclear, match="Say why it is cancelled"):
        cancel_plan(plan=plan, reason=" ", **ana(house))
    plan = cancel_plan(plan=plan, reason="撞檔", **ana(house))
    assert can_cancel(house["ana"], plan).reason == "This has ended and stays as it is."


def test_results_and_retrospectives_belong_to_a_campaign_that_runs(house):
    plan = approved(house)
    with pytest.raises(NotRunning, match="Results belong to a campaign that runs"):
        enter_result(measure=plan.measures.first(), actual=Decimal(1), source="門店日報", **ana(house))
    with pytest.raises(NotRunning, match="A retrospective belongs to a campaign that runs"):
        write_retrospective(plan=plan, **TEXTS, **ana(house))
    with pytest.raises(NotRunning, match="Only what runs is closed"):
        close_plan(plan=plan, **ana(house, AFTER))


def test_a_result_says_where_it_comes_from_and_what_a_metric_reads_is_never_typed(house):
    plan = running(house)
    typed, read = plan.measures.order_by("pk")
    read.metric = "net_sales"
    read.save()
    with pytest.raises(NotWhole, match="Say where the result comes from"):
        enter_result(measure=typed, actual=Decimal(1), source=" ", **ana(house))
    with pytest.raises(NotWhole, match="read from data and never typed"):
        enter_result(measure=read, actual=Decimal(1), source="門店日報", **ana(house))
    assert keep_results(plan=plan, results={read.pk: Read(Decimal(7), "四月")}, by=None, at=AT) == 1
    read.refresh_from_db()
    assert (read.actual, read.source) == (7, "四月")
    event = Event.objects.get(name="planning.result.read")
    assert (event.fields["measure"], event.by) == (read.title, None)


def test_nothing_is_closed_before_every_measure_and_the_retrospective_are_there(house):
    plan = running(house)
    first, second = plan.measures.order_by("pk")
    enter_result(measure=first, actual=Decimal(1), source="門店日報", **ana(house))
    with pytest.raises(NotWhole, match="Every measure of the plan needs its result"):
        close_plan(plan=plan, **ana(house, AFTER))
    enter_result(measure=second, actual=Decimal(2), source="站內統計", **ana(house))
    with pytest.raises(NotWhole, match="Without a retrospective nothing is closed"):
        close_plan(plan=plan, **ana(house, AFTER))
    write_retrospective(plan=plan, **TEXTS, **ana(house))
    assert close_plan(plan=plan, **ana(house, AFTER)).stage == Stage.CLOSED


def test_every_measure_of_a_campaign_that_is_over_needs_its_result(house):
    plan = running(house)
    Plan.objects.filter(pk=plan.pk).update(starts_on=date(2026, 3, 3), ends_on=date(2026, 3, 4))
    for measure in plan.measures.all():
        enter_result(measure=measure, actual=Decimal(1), source="門店日報", **ana(house))
    plan.measures.create(kind="result", title="回購", target=1)
    plan.refresh_from_db()
    assert can_close(house["ana"], plan).reason == "Every measure of the plan needs its result."
