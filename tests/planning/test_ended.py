"""What has ended stays as it was approved and gets nothing more; who launches when the owner has left."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from remit.execution.actions.risk import add_risk
from remit.governance.models import Request
from remit.planning.actions.approval import NotApproved, launch_plan
from remit.planning.actions.budget import BudgetUnclear, add_budget, add_line
from remit.planning.actions.closing import close_plan, enter_result, write_retrospective
from remit.planning.actions.deviation import ChangedBelow, ask_deviation
from remit.planning.actions.plan import cancel_plan
from remit.planning.actions.release import ReleaseUnclear, ask_release
from remit.planning.enums import DeviationState, Stage
from remit.planning.models import Deviation, Plan
from remit.planning.rules import can_evaluate, can_launch

from ..governance.conftest import AT
from .planned import approved, department

ON, LATER = date(2026, 4, 2), datetime(2026, 4, 20, 2, tzinfo=UTC)


@pytest.fixture
def house(db):
    return department()


@pytest.fixture
def running(house):
    return launch_plan(plan=approved(house), by=house["ana"], at=AT)


def closed(house, plan: Plan) -> Plan:
    for measure in plan.measures.all():
        enter_result(measure=measure, actual=Decimal(1), source="月結表", by=house["ana"], at=LATER)
    texts = {"goal": "清庫存", "result": "降到 8.5 週", "causes": "西區缺貨", "lessons": "先調撥再開檔"}
    write_retrospective(plan=plan, by=house["ana"], at=LATER, **texts)
    return close_plan(plan=plan, by=house["ana"], at=LATER)


def cancelled(house, plan: Plan) -> Plan:
    return cancel_plan(plan=plan, reason="供應商退出", by=house["ana"], at=AT)


@pytest.mark.parametrize(("ended", "stage"), [(closed, Stage.CLOSED), (cancelled, Stage.CANCELLED)])
def test_a_deviation_that_lacks_a_signature_is_dropped_when_the_campaign_ends(house, running, ended, stage):
    asked = ask_deviation(plan=running, reason="加碼", by=house["ana"], at=AT, money=Decimal(900000))
    house.signs("dora", asked.request)
    assert ended(house, running).stage == stage
    with pytest.raises(AssertionError, match="nothing is open"):
        house.signs("fay", asked.request)
    assert Request.objects.get(pk=asked.request_id).state == "withdrawn"
    assert running.deviations.get().state == DeviationState.DROPPED
    assert Plan.objects.get(pk=running.pk).money == Decimal(300000)


def test_the_last_signature_on_what_has_ended_is_refused_and_changes_nothing(house, running):
    asked = ask_deviation(plan=running, reason="加碼", by=house["ana"], at=AT, money=Decimal(900000))
    house.signs("dora", asked.request)
    Plan.objects.filter(pk=running.pk).update(stage=Stage.CLOSED, ended_at=AT)  # past the rules
    with pytest.raises(ChangedBelow, match="ended"):
        house.signs("fay", asked.request)
    assert Plan.objects.get(pk=running.pk).money == Decimal(300000)
    assert Deviation.objects.get().state == DeviationState.ASKED


def line_of(house, plan: Plan):
    days = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31)}
    budget = add_budget(
        unit=house.units["shop"], title="年度", total=Decimal(500000), by=house["dora"], at=AT, **days
    )
    words = {"need": "一", "evidence": "二", "alternative": "三"}
    return add_line(
        budget=budget, code="spring", title="春季", owner=house["ana"], granted=Decimal(1000), words=words,
        plan=plan, by=house["dora"], at=AT,
    )  # fmt: skip


@pytest.mark.parametrize("ended", [closed, cancelled])
def test_what_has_ended_gets_no_line(house, running, ended):
    ended(house, running)
    with pytest.raises(BudgetUnclear, match="has ended"):
        line_of(house, running)


def test_a_cancelled_campaign_gets_nothing_of_the_reserve_neither_asked_nor_signed(house, running):
    line = line_of(house, running)
    asked = ask_release(line=line, amount=Decimal(10), reason="多十單", by=house["ana"], at=AT)
    cancelled(house, running)
    with pytest.raises(ReleaseUnclear, match="cancelled"):
        house.signs("dora", asked.request)
    line.refresh_from_db()
    assert line.released == Decimal("700.00")
    line.releases.all().delete()
    with pytest.raises(ReleaseUnclear, match="cancelled"):
        ask_release(line=line, amount=Decimal(10), reason="再要", by=house["ana"], at=AT)


def test_nothing_is_launched_after_its_last_day_whoever_calls(house):
    plan = approved(house)
    with pytest.raises(NotApproved, match="last day"):
        launch_plan(plan=plan, by=house["ana"], at=LATER)
    assert Plan.objects.get(pk=plan.pk).stage == Stage.APPROVED


def test_where_the_owner_has_left_whoever_carries_it_and_signed_nothing_launches_it(house):
    plan = approved(house)
    assert not can_launch(house["chief"], plan, ON)  # while the owner is there
    house["ana"].is_active = False
    house["ana"].save()
    plan = Plan.objects.get(pk=plan.pk)
    may = {
        name for name in ("ana", "ben", "dora", "fay", "leo", "chief") if can_launch(house[name], plan, ON)
    }
    assert may == {"chief"}  # dora leads the unit too, but has signed


def test_closing_ends_the_watch_over_its_risks(house, running):
    risk = add_risk(
        unit=house.units["shop"], plan=running, title="缺貨", probability=3, impact=3, owner=house["ana"],
        response="盯庫存", review_on=AT.date() + timedelta(days=200), by=house["ana"], at=AT,
    )  # fmt: skip
    closed(house, running)
    risk.refresh_from_db()
    assert (risk.state, risk.closed_at) == ("closed", LATER)


def test_launched_ahead_of_its_first_day_it_has_no_result_yet(house, running):
    early = can_evaluate(house["ana"], running, date(2026, 3, 31))
    assert (bool(early), early.clause) == (False, "H4.4.1")
    assert "first day has not come" in early.reason
    assert can_evaluate(house["ana"], running, date(2026, 4, 1))
