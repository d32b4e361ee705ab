"""Risks: rated, watched, fired once by hand, day, figure or event; plan B becomes tasks."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from remit.audit.actions import record
from remit.audit.models import Event
from remit.execution.actions.risk import (
    Fallback,
    NotWatched,
    RiskUnclear,
    add_risk,
    change_risk,
    close_risk,
    fire_risk,
    review_risk,
    watch_again,
)
from remit.execution.actions.task import add_task, change_task, set_task_state
from remit.execution.actions.watching import fire_by_event, watch
from remit.execution.enums import RiskState, TaskState
from remit.execution.models import Risk
from remit.execution.queries.risks import matrix_of, risks_of, to_review
from remit.execution.queries.tasks import tasks_of
from remit.execution.risk_rules import can_keep_risk, risks_visible_to
from remit.metrics.models import Alert, AlertFiring
from remit.notices.models import Notice
from remit.planning import events
from remit.planning.actions.plan import cancel_plan

from ..governance.conftest import AT
from ..planning.planned import department, plan_of

DAY = timedelta(days=1)
TODAY = date(2026, 3, 2)


@pytest.fixture
def house(db):
    return department()


@pytest.fixture
def plan(house):
    return plan_of(house)


def risk_of(house, plan, **more):
    values = {
        "unit": house.units["shop"], "plan": plan, "title": "晶片缺貨", "probability": 4, "impact": 4,
        "owner": house["ana"], "response": "每週詢問", "review_on": AT.date() + 30 * DAY, "by": house["ana"],
        "at": AT, **more,
    }  # fmt: skip
    return add_risk(**values)


def state(risk):
    return Risk.objects.get(pk=risk.pk).state


def alert_of(house):
    return Alert.objects.create(
        title="晶片到貨率", question={"metrics": ["net_sales"]}, breach="below", limit=Decimal(1),
        unit=house.units["shop"], owner=house["ana"], made_by=house["ana"], made_at=AT,
    )  # fmt: skip


def breached(alert, at):
    return AlertFiring.objects.create(alert=alert, value=0, limit=1, fired_at=at)


def test_when_the_trigger_fires_the_tasks_of_plan_b_are_created(house, plan):
    """H4.3.2: a chip shortage's trigger fires: plan B's tasks are created."""
    alert = alert_of(house)
    plan_b = [Fallback("改用現貨機種", house["dora"], 0, 2), Fallback("改宣傳題材", house["ana"], 3, 5)]
    risk = risk_of(house, plan, trigger="metric", alert=alert, fallback_tasks=plan_b)
    assert watch(at=AT)["fired"] == 0
    breached(alert, AT + DAY)
    assert watch(at=AT + DAY)["fired"] == 1
    assert watch(at=AT + DAY)["fired"] == 0
    first, second = tasks_of(plan).order_by("starts_on")
    today = (AT + DAY).date()
    assert (first.title, first.owner, first.starts_on, first.ends_on) == (
        "改用現貨機種", house["dora"], today, today + DAY,
    )  # fmt: skip
    assert (second.starts_on, second.ends_on) == (today + 3 * DAY, today + 7 * DAY)
    risk.refresh_from_db()
    assert (risk.state, risk.fired_by) == (RiskState.FIRED, None)
    assert "晶片到貨率" in risk.fired_reason
    assert Notice.objects.filter(person=house["ana"], text__contains="come true").count() == 1


def test_watched_again_an_old_breach_does_not_fire_it_and_a_new_one_does(house, plan):
    alert = alert_of(house)
    risk = risk_of(house, plan, trigger="metric", alert=alert)
    old = breached(alert, AT - DAY)
    assert watch(at=AT)["fired"] == 1  # the breach was there when the risk was registered
    watch_again(risk=risk, review_on=AT.date() + 9 * DAY, by=house["ana"], at=AT + DAY)
    assert watch(at=AT + DAY)["fired"] == 0
    AlertFiring.objects.filter(pk=old.pk).update(cleared_at=AT + DAY)
    breached(alert, AT + 2 * DAY)
    assert watch(at=AT + 2 * DAY)["fired"] == 1


def test_when_it_happens_again_plan_b_is_made_again_but_for_what_is_still_being_done(house, plan):
    plan_b = [Fallback("改用現貨機種", house["ben"], 0, 2), Fallback("改宣傳題材", house["ana"], 3, 5)]
    risk = risk_of(house, plan, fallback_tasks=plan_b)
    fire_risk(risk=risk, reason="缺貨", by=house["ana"], at=AT)
    spot = tasks_of(plan).get(title="改用現貨機種")
    set_task_state(task=spot, state=TaskState.DONE, by=house["ben"], at=AT)
    house["ben"].is_active = False
    house["ben"].save()
    watch_again(risk=risk, review_on=AT.date() + 9 * DAY, by=house["ana"], at=AT + DAY)
    fire_risk(risk=risk, reason="又缺貨", by=house["ana"], at=AT + 2 * DAY)
    found = tasks_of(plan).order_by("pk").values_list("title", "owner", "starts_on")
    assert list(found) == [
        ("改用現貨機種", house["ben"].pk, TODAY),
        ("改宣傳題材", house["ana"].pk, TODAY + 3 * DAY),
        ("改用現貨機種", risk.owner_id, TODAY + 2 * DAY),  # of who has left, the owner of the risk does it
    ]


def test_a_day_fires_it_on_that_day_and_not_before(house, plan):
    risk = risk_of(house, plan, trigger="date", trigger_on=AT.date() + 5 * DAY)
    watch(at=AT + 4 * DAY)
    assert state(risk) == RiskState.WATCHED
    watch(at=AT + 5 * DAY)
    assert state(risk) == RiskState.FIRED


def test_a_task_that_slips_fires_the_risk_of_its_plan_only(house, plan):
    other = risk_of(house, plan_of(house, code="summer"), trigger="event", trigger_event="task_slipped")
    risk = risk_of(house, plan, trigger="event", trigger_event="task_slipped")
    days = {"owner": house["ana"], "by": house["ana"], "at": AT + DAY}
    first = add_task(plan=plan, title="腳本", starts_on=TODAY, ends_on=TODAY, **days)
    add_task(plan=plan, title="拍攝", starts_on=TODAY + DAY, ends_on=TODAY + DAY, waits_for=[first], **days)
    change_task(task=first, ends_on=TODAY + 2 * DAY, by=house["ana"], at=AT + DAY)
    event = Event.objects.get(name="planning.task.slipped")
    fire_by_event(event=event, at=AT + DAY)
    fire_by_event(event=event, at=AT + DAY)  # again, harmless
    assert (state(risk), state(other)) == (RiskState.FIRED, RiskState.WATCHED)


def test_what_was_recorded_before_it_was_watched_fires_nothing(house, plan):
    event = record(events.DEVIATION_REQUESTED, plan, by=house["ana"], at=AT - DAY, fields={"code": "spring"})
    risk = risk_of(house, plan, trigger="event", trigger_event="deviation")
    fire_by_event(event=event or Event.objects.latest("pk"), at=AT)
    assert state(risk) == RiskState.WATCHED


def test_a_cancelled_campaign_gets_no_tasks_of_plan_b(house, plan):
    risk = risk_of(house, plan, fallback_tasks=[Fallback("換題材", house["ana"], 0, 1)])
    cancel_plan(plan=plan, reason="不辦了", by=house["ana"], at=AT)
    with pytest.raises(NotWatched):
        fire_risk(risk=risk, reason="缺貨", by=house["ana"], at=AT)
    assert tasks_of(plan).count() == 0


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"trigger": "metric"}, "what its trigger watches"),
        ({"trigger": "date"}, "what its trigger watches"),
        ({"trigger": "event"}, "what its trigger watches"),
        ({"response": " "}, "what is done about it"),
    ],
)
def test_a_risk_without_what_it_needs_is_refused(house, plan, values, says):
    with pytest.raises(RiskUnclear, match=says):
        risk_of(house, plan, **values)


def test_a_day_to_look_again_that_is_past_is_refused_and_an_overdue_one_may_stay(house, plan):
    with pytest.raises(RiskUnclear, match="is past: choose today or a later day"):
        risk_of(house, plan, review_on=AT.date() - DAY)
    risk = risk_of(house, plan, review_on=AT.date())
    later = AT + 5 * DAY
    change_risk(risk=risk, title="缺貨更久", review_on=AT.date(), by=house["ana"], at=later)
    with pytest.raises(RiskUnclear, match="is past: choose today or a later day"):
        change_risk(risk=risk, review_on=AT.date() + DAY, by=house["ana"], at=later)
    risk.refresh_from_db()
    assert (risk.title, risk.review_on) == ("缺貨更久", AT.date())


def test_tasks_of_plan_b_need_a_campaign(house):
    with pytest.raises(RiskUnclear, match="campaign"):
        risk_of(house, None, fallback_tasks=[Fallback("換題材", house["ana"], 0, 1)])


def test_looked_at_again_it_is_rated_anew_and_its_owner_is_reminded_once_a_date(house, plan):
    risk = risk_of(house, plan, review_on=AT.date())
    assert [one.pk for one in to_review(AT.date(), [house["ana"]])] == [risk.pk]
    watch(at=AT)
    watch(at=AT)
    assert Notice.objects.filter(text__contains="looked at again").count() == 1
    review_risk(risk=risk, probability=2, impact=5, review_on=AT.date() + DAY, by=house["ana"], at=AT)
    risk.refresh_from_db()
    assert (risk.score, risk.reviews.count()) == (10, 1)
    with pytest.raises(RiskUnclear, match="future"):
        review_risk(risk=risk, probability=2, impact=5, review_on=AT.date(), by=house["ana"], at=AT)
    watch(at=AT + DAY)
    assert Notice.objects.filter(text__contains="looked at again").count() == 2


def test_a_closed_risk_neither_fires_nor_changes(house, plan):
    risk = risk_of(house, plan)
    close_risk(risk=risk, by=house["ana"], at=AT)
    with pytest.raises(NotWatched):
        fire_risk(risk=risk, reason="缺貨", by=house["ana"], at=AT)
    with pytest.raises(NotWatched):
        change_risk(risk=risk, title="別的", by=house["ana"], at=AT)
    assert risks_of(plan) == []


def test_the_matrix_counts_by_rating(house, plan):
    risk_of(house, plan)
    risk_of(house, plan)
    risk_of(house, plan, probability=1, impact=5)
    rows = matrix_of(Risk.objects.all())
    assert rows[1][3].count == 2
    assert (rows[4][4].count, rows[4][4].tone, rows[1][3].tone) == (1, "low", "high")
    assert sum(cell.count for row in rows for cell in row) == 3


def test_its_owner_and_who_leads_keep_it_and_others_only_see_it(house, plan):
    risk = risk_of(house, plan, owner=house["leo"])
    assert can_keep_risk(house["leo"], risk)
    assert can_keep_risk(house["dora"], risk)
    assert not can_keep_risk(house["ben"], risk)
    assert list(risks_visible_to(house["leo"])) == [risk]


def test_with_its_campaign_a_risk_is_watched_no_more_and_stays_in_its_account(house, plan):
    watched, fired = risk_of(house, plan), risk_of(house, plan, title="缺人")
    fire_risk(risk=fired, reason="兩人請假", by=house["ana"], at=AT)
    elsewhere = risk_of(house, None, title="匯率")
    cancel_plan(plan=plan, reason="天候", by=house["ana"], at=AT)
    assert [state(each) for each in (watched, fired, elsewhere)] == ["closed", "fired", "watched"]
    assert list(to_review(AT.date() + 60 * DAY)) == [elsewhere]
    plan.refresh_from_db()
    assert {each.title for each in risks_of(plan)} == {"晶片缺貨", "缺人"}
    with pytest.raises(NotWatched, match=r"H4\.3\.2"):
        watch_again(risk=fired, review_on=AT.date() + 60 * DAY, by=house["ana"], at=AT)
