"""What tasks, risks, conflicts and requests to other departments refuse, each with its sentence."""

from datetime import timedelta
from decimal import Decimal

import pytest

from remit.audit.actions import record
from remit.audit.models import Event
from remit.core.ref import Ref
from remit.execution.actions.conflict import (
    ConflictUnclear,
    add_option,
    decide_conflict,
    log_conflict,
    say_consequence,
)
from remit.execution.actions.cooperation import (
    CooperationUnclear,
    change_cooperation,
    drop_cooperation,
    report_done,
    send_back,
)
from remit.execution.actions.first_week import call_together
from remit.execution.actions.risk import (
    FALLBACK_MOST,
    Fallback,
    RiskUnclear,
    change_risk,
    close_risk,
    fire_risk,
    watch_again,
)
from remit.execution.actions.task import (
    CHECKLIST_MOST,
    TaskUnclear,
    carry_on,
    change_task,
    set_task_state,
    tick,
)
from remit.execution.cooperation_rules import can_report_done
from remit.execution.enums import TaskState
from remit.execution.models import Conflict, ConflictOption, Task
from remit.execution.queries.risks import due_by_event
from remit.execution.risk_rules import can_keep_risk
from remit.notices.models import Notice
from remit.planning import events
from remit.planning.actions.plan import cancel_plan

from ..governance.conftest import AT
from ..planning.planned import plan_of
from .cooperating import promised, with_depot, written
from .test_risks import risk_of
from .test_tasks import day, task_of, told

REVIEW = AT.date() + timedelta(days=30)


@pytest.fixture
def house(db):
    return with_depot()


@pytest.fixture
def plan(house):
    return plan_of(house)


def ana(house, **more):
    return {"by": house["ana"], "at": AT, **more}


# -- tasks ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": " "}, "Give the task a title"),
        ({"ends_on": day(-1)}, "ends before it starts"),
        ({"hours": Decimal(-1)}, "Hours and money are nothing or more"),
        ({"money": Decimal(-1)}, "Hours and money are nothing or more"),
        ({"checklist": [f"第 {n} 項" for n in range(CHECKLIST_MOST + 1)]}, f"{CHECKLIST_MOST} lines at most"),
    ],
)
def test_a_task_that_cannot_be_done_as_written_is_not_kept(house, plan, wrong, sentence):
    task = task_of(house, plan, "腳本", 0, 2, checklist=["初稿"])
    with pytest.raises(TaskUnclear, match=sentence):
        change_task(task=task, **wrong, **ana(house))
    task.refresh_from_db()
    assert (task.title, task.checklist.count()) == ("腳本", 1)


def test_a_field_that_tasks_and_risks_do_not_have_is_a_mistake_of_the_program(house, plan):
    with pytest.raises(TypeError, match="no changeable field state"):
        change_task(task=task_of(house, plan, "腳本", 0, 2), state="done", **ana(house))
    with pytest.raises(TypeError, match="no changeable field state"):
        change_risk(risk=risk_of(house, plan), state="closed", **ana(house))
    with pytest.raises(TypeError, match="has no state"):
        change_cooperation(cooperation=written(house), state="done", **ana(house))


def test_a_task_that_goes_to_somebody_else_tells_them(house, plan):
    task = task_of(house, plan, "腳本", 0, 2)
    assert told(house, "ben") == []
    change_task(task=task, owner=house["ben"], **ana(house))
    assert [text for text in told(house, "ben") if "gave you a task" in text]


def test_a_line_that_is_ticked_already_is_not_recorded_again(house, plan):
    item = task_of(house, plan, "腳本", 0, 2, checklist=["初稿"]).checklist.get()
    for _twice in range(2):
        tick(item=item, done=True, **ana(house))
    ticked = Event.objects.filter(fields__item="初稿")
    assert ticked.count() == 1
    tick(item=item, done=False, **ana(house))
    item.refresh_from_db()
    assert (item.done_by, ticked.count()) == (None, 2)


def test_an_open_task_goes_on_in_another_plan_and_only_there(house, plan):
    task, other = task_of(house, plan, "腳本", 0, 2), plan_of(house, code="summer")
    with pytest.raises(TaskUnclear, match="in this plan already"):
        carry_on(task=task, plan=plan, starts_on=day(7), **ana(house))
    set_task_state(task=task, state=TaskState.DONE, **ana(house))
    with pytest.raises(TaskUnclear, match="Only an open task goes on elsewhere"):
        carry_on(task=task, plan=other, starts_on=day(7), **ana(house))
    assert not Task.objects.filter(plan=other).exists()


# -- risks ----------------------------------------------------------------------------------------


def test_a_risk_that_happens_says_what_happened(house, plan):
    risk = risk_of(house, plan)
    with pytest.raises(RiskUnclear, match="Say what happened"):
        fire_risk(risk=risk, reason=" ", **ana(house))


def test_plan_b_has_a_limit_and_a_change_of_words_leaves_it_as_it_is(house, plan):
    risk = risk_of(house, plan, fallback_tasks=[Fallback("改用現貨機種", house["dora"], 0, 2)])
    with pytest.raises(RiskUnclear, match=f"Plan B has {FALLBACK_MOST} tasks at most"):
        many = [Fallback(f"第 {n} 件", house["ana"], 0, 1) for n in range(FALLBACK_MOST + 1)]
        change_risk(risk=risk, fallback_tasks=many, **ana(house))
    change_risk(risk=risk, title="晶片短缺", **ana(house))
    assert [row.title for row in risk.fallback_tasks.all()] == ["改用現貨機種"]


def test_what_fires_without_a_campaign_makes_no_tasks_and_is_watched_again(house):
    risk = fire_risk(risk=risk_of(house, None), reason="停產", **ana(house))
    assert not Task.objects.exists()
    with pytest.raises(RiskUnclear, match="The next look lies in the future"):
        watch_again(risk=risk, review_on=AT.date(), **ana(house))
    assert watch_again(risk=risk, review_on=REVIEW, **ana(house)).state == "watched"


def test_a_day_that_has_passed_does_not_fire_a_risk_again(house, plan):
    risk = risk_of(house, plan, trigger="date", trigger_on=AT.date())
    risk = fire_risk(risk=risk, reason="到期", **ana(house))
    again = watch_again(risk=risk, review_on=REVIEW, **ana(house))
    assert (again.trigger, again.trigger_on) == ("hand", None)


def test_a_closed_risk_is_kept_by_nobody(house, plan):
    risk = close_risk(risk=risk_of(house, plan), **ana(house))
    assert can_keep_risk(house["ana"], risk).reason == "This risk is closed."


@pytest.mark.parametrize(("of_plan", "fired"), [(True, True), (False, False)])
def test_an_event_fires_the_risks_of_its_own_campaign_only(house, plan, of_plan, fired):
    other = plan_of(house, code="summer")
    risk = risk_of(house, plan if of_plan else other, trigger="event", trigger_event="task_slipped")
    task = task_of(house, plan, "腳本", 0, 2)
    fields = {"plan": plan.code, "title": task.title, "days": 3}
    event = Event(name="planning.task.slipped", subject=str(Ref("task", task.pk)), at=AT + timedelta(days=1),
                  fields=fields)  # fmt: skip
    assert due_by_event(event) == ([risk] if fired else [])
    event.subject = ""
    assert due_by_event(event) == []
    event.subject = str(Ref("person", 1))
    assert due_by_event(event) == []


def test_an_event_that_no_risk_watches_for_fires_nothing(house, plan):
    risk_of(house, plan, trigger="event", trigger_event="task_slipped")
    record(events.PLAN_ADDED, plan, by=house["ana"], at=AT, fields={"code": "x", "title": "x"})
    assert due_by_event(Event.objects.latest("pk")) == []


# -- conflicts ------------------------------------------------------------------------------------


def logged(house, **more):
    values = {"unit": house.units["shop"], "kind": "other", "title": "撞檔", "note": "兩個檔期同一天"}
    return log_conflict(**{**values, **ana(house), **more})


@pytest.mark.parametrize("lacks", ["title", "note"])
def test_a_conflict_is_logged_in_words(house, lacks):
    with pytest.raises(ConflictUnclear, match="Say in a title and in words"):
        logged(house, **{lacks: " "})
    assert not Conflict.objects.exists()


def test_ways_out_and_consequences_are_said_in_words(house):
    row = logged(house)
    with pytest.raises(ConflictUnclear, match="Say what could be done"):
        add_option(conflict=row, text=" ", **ana(house))
    option = add_option(conflict=row, text="延後一週", **ana(house))
    assert list(ConflictOption.objects.all()) == [option]
    decide_conflict(conflict=row, option=option, decision="", by=row.decider, at=AT)
    with pytest.raises(ConflictUnclear, match="Say what came of the decision"):
        say_consequence(conflict=row, text=" ", **ana(house))


def test_who_decides_a_conflict_is_not_asked_to_decide_what_they_logged_themselves(house):
    waits = Notice.objects.filter(text__contains="waits for your decision")
    decider = logged(house).decider
    assert [notice.person for notice in waits] == [decider]
    logged(house, by=decider)
    assert waits.count() == 1


# -- other departments ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": " "}, "Say what is needed"),
        ({"what": " "}, "Say what is needed"),
        ({"money": Decimal(-1)}, "nothing or more"),
        ({"effort_days": Decimal(-1)}, "nothing or more"),
    ],
)
def test_a_request_to_another_department_says_what_and_how_much(house, wrong, sentence):
    with pytest.raises(CooperationUnclear, match=sentence):
        written(house, **wrong)


def test_what_was_promised_is_sent_back_with_what_is_missing_and_dropped_with_word_to_who_does_it(house):
    row = promised(house)
    assert can_report_done(house["ana"], row).reason == (
        "Who does it reports it done, or who heads the department."
    )
    report_done(cooperation=row, note="已加班", by=house["leo"], at=AT)
    with pytest.raises(CooperationUnclear, match="Say what is missing"):
        send_back(cooperation=row, reason=" ", **ana(house))
    send_back(cooperation=row, reason="少一班", **ana(house))
    drop_cooperation(cooperation=row, reason="檔期取消", **ana(house))
    said = Notice.objects.get(person=house["leo"], text__contains="no longer asks for")
    assert said.fields["reason"] == "檔期取消"


def test_what_nobody_answered_yet_is_dropped_without_a_word_to_anybody(house):
    drop_cooperation(cooperation=written(house), reason="檔期取消", **ana(house))
    assert not Notice.objects.filter(text__contains="no longer asks for").exists()


def test_nobody_meets_about_a_first_week_when_everybody_has_left(house, plan):
    cancelled = plan_of(house, code="gone")
    cancel_plan(plan=cancelled, reason="撞檔", **ana(house))
    type(house["ana"]).objects.all().update(is_active=False)
    plan.refresh_from_db()
    assert call_together(plan=plan, missed=[], at=AT) is None
