"""Tasks: who gets them, what they wait for, what a slip moves, and what they keep a campaign from."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from remit.execution.actions.slip import SlipDecided, leave_shift, take_shift
from remit.execution.actions.task import (
    NotDoneYet,
    PlanHasEnded,
    TasksWaitForEachOther,
    TaskUnclear,
    add_task,
    carry_on,
    change_task,
    set_task_state,
    tick,
)
from remit.execution.enums import SlipState, TaskState
from remit.execution.models import Dependency, Slip, Task
from remit.execution.queries.schedule import open_slips, schedule_of
from remit.execution.queries.tasks import own_tasks, standing_of, tasks_of
from remit.execution.task_rules import can_give_tasks, can_work_on, tasks_visible_to
from remit.notices.models import Notice
from remit.planning.actions.approval import launch_plan
from remit.planning.actions.deviation import ChangedBelow, ask_deviation
from remit.planning.actions.plan import PlanUnclear, cancel_plan, change_plan, duplicate_plan
from remit.planning.enums import Stage

from ..governance.conftest import AT
from ..planning.planned import approved, department, plan_of

MONDAY = date(2026, 3, 2)


@pytest.fixture
def house(db):
    return department()


@pytest.fixture
def plan(house):
    return plan_of(house)


def day(number):
    return MONDAY + timedelta(days=number)


def task_of(house, plan, title, first, last, owner="ana", **more):
    return add_task(
        plan=plan, title=title, owner=house[owner], starts_on=day(first), ends_on=day(last), by=house["ana"],
        at=AT, **more,
    )  # fmt: skip


def told(house, name):
    return [notice.text for notice in Notice.objects.filter(person=house[name]).order_by("pk")]


def test_a_task_is_given_and_its_owner_is_told(house, plan):
    task = task_of(house, plan, "腳本", 0, 2, owner="dora", hours=Decimal(8), checklist=["初稿", " ", "定稿"])
    assert list(task.checklist.order_by("position").values_list("title", flat=True)) == ["初稿", "定稿"]
    assert any("gave you a task" in text for text in told(house, "dora"))
    assert told(house, "ana") == []


def test_tasks_that_would_wait_for_each_other_are_refused_by_name(house, plan):
    first = task_of(house, plan, "腳本", 0, 2)
    second = task_of(house, plan, "拍攝", 3, 5, waits_for=[first])
    third = task_of(house, plan, "剪輯", 6, 8, waits_for=[second])
    with pytest.raises(TasksWaitForEachOther, match="腳本 → "):
        change_task(task=first, waits_for=[third], by=house["ana"], at=AT)
    assert Dependency.objects.count() == 2


def test_a_task_waits_only_within_its_plan(house, plan):
    other = task_of(house, plan_of(house, code="summer"), "別的", 0, 1)
    with pytest.raises(TaskUnclear, match="own plan"):
        task_of(house, plan, "腳本", 0, 2, waits_for=[other])


def test_tasks_cannot_cost_more_than_their_campaign(house, plan):
    task_of(house, plan, "拍攝", 0, 2, money=Decimal(200000))
    with pytest.raises(TaskUnclear, match="deviation"):
        task_of(house, plan, "投放", 0, 2, money=Decimal(100001))
    task_of(house, plan, "投放", 0, 2, money=Decimal(100000))


def test_a_campaign_never_gets_less_than_its_tasks_cost(house):
    plan = launch_plan(plan=approved(house), by=house["ana"], at=AT)
    task = task_of(house, plan, "拍攝", 0, 2, money=Decimal(200000))
    with pytest.raises(PlanUnclear, match=r"200,000\.00 TWD"):
        ask_deviation(plan=plan, reason="縮減", by=house["ana"], at=AT, money=Decimal(199999))
    change_task(task=task, money=Decimal(100000), by=house["ana"], at=AT)
    asked = ask_deviation(plan=plan, reason="縮減", by=house["ana"], at=AT, money=Decimal(150000))
    change_task(task=task, money=Decimal(200000), by=house["ana"], at=AT)  # it still has 300,000
    house.signs("dora", asked.request)
    with pytest.raises(ChangedBelow, match="planned for its tasks"):
        house.signs("fay", asked.request)
    plan.refresh_from_db()
    assert plan.money == Decimal(300000)


def test_in_preparation_its_money_does_not_fall_below_its_tasks_either(house, plan):
    task_of(house, plan, "拍攝", 0, 2, money=Decimal(200000))
    with pytest.raises(PlanUnclear, match="planned for its tasks"):
        change_plan(plan=plan, by=house["ana"], at=AT, money=Decimal(199999))
    change_plan(plan=plan, by=house["ana"], at=AT, money=Decimal(200000))


def test_a_task_that_was_dropped_does_not_come_back_where_its_money_is_gone(house, plan):
    task = task_of(house, plan, "拍攝", 0, 2, money=Decimal(200000))
    set_task_state(task=task, state=TaskState.DROPPED, by=house["ana"], at=AT)
    task_of(house, plan, "投放", 0, 2, money=Decimal(200000))
    with pytest.raises(TaskUnclear, match="deviation"):
        set_task_state(task=task, state=TaskState.TODO, by=house["ana"], at=AT)
    task.refresh_from_db()
    assert task.state == TaskState.DROPPED


def test_done_needs_the_checklist_and_what_it_waits_for(house, plan):
    first = task_of(house, plan, "腳本", 0, 2, owner="dora")
    second = task_of(house, plan, "拍攝", 3, 5, owner="fay", waits_for=[first], checklist=["場地"])
    with pytest.raises(NotDoneYet, match="場地"):
        set_task_state(task=second, state=TaskState.DONE, by=house["fay"], at=AT)
    tick(item=second.checklist.get(), done=True, by=house["fay"], at=AT)
    with pytest.raises(NotDoneYet, match="腳本"):
        set_task_state(task=second, state=TaskState.DONE, by=house["fay"], at=AT)
    set_task_state(task=first, state=TaskState.DONE, by=house["dora"], at=AT)
    assert any("can begin" in text for text in told(house, "fay"))
    assert set_task_state(task=second, state=TaskState.DONE, by=house["fay"], at=AT).ended_at == AT
    assert set_task_state(task=second, state=TaskState.DOING, by=house["fay"], at=AT).ended_at is None


def test_a_slip_proposes_the_shift_tells_those_people_and_moves_nothing_by_itself(house, plan):
    first = task_of(house, plan, "腳本", 0, 2)
    second = task_of(house, plan, "拍攝", 3, 4, owner="dora", waits_for=[first])
    change_task(task=first, ends_on=day(7), by=house["ana"], at=AT)
    [slip] = open_slips(plan)
    assert slip.shifts == [[second.pk, "2026-03-05", "2026-03-06", "2026-03-10", "2026-03-11"]]
    assert any("later than planned" in text for text in told(house, "dora"))
    second.refresh_from_db()
    assert second.starts_on == day(3)
    take_shift(slip=slip, by=house["ana"], at=AT)
    second.refresh_from_db()
    assert (second.starts_on, second.ends_on) == (day(8), day(9))
    assert any("was shifted" in text for text in told(house, "dora"))
    with pytest.raises(SlipDecided):
        leave_shift(slip=slip, by=house["ana"], at=AT)


def test_slipping_twice_is_one_proposal_and_going_back_lets_it_lapse(house, plan):
    first = task_of(house, plan, "腳本", 0, 2)
    task_of(house, plan, "拍攝", 3, 4, waits_for=[first])
    change_task(task=first, ends_on=day(5), by=house["ana"], at=AT)
    change_task(task=first, ends_on=day(7), by=house["ana"], at=AT)
    assert [slip.now for slip in open_slips(plan)] == [day(7)]
    change_task(task=first, ends_on=day(2), by=house["ana"], at=AT)
    assert open_slips(plan) == []
    assert Slip.objects.get().state == SlipState.LEFT


def test_what_is_not_later_or_nobody_waits_for_proposes_nothing(house, plan):
    first = task_of(house, plan, "腳本", 0, 5)
    task_of(house, plan, "拍攝", 20, 21, waits_for=[first])
    change_task(task=first, ends_on=day(3), by=house["ana"], at=AT)
    change_task(task=first, ends_on=day(9), by=house["ana"], at=AT)
    assert open_slips(plan) == []


def test_the_critical_path_is_what_moves_the_end(house, plan):
    first = task_of(house, plan, "腳本", 0, 2)
    loose = task_of(house, plan, "海報", 0, 1)
    last = task_of(house, plan, "拍攝", 3, 9, waits_for=[first, loose])
    schedule = schedule_of(plan)
    assert [schedule.is_critical(task) for task in (first, loose, last)] == [True, False, True]
    assert schedule.slack[loose.pk] == 1


def test_an_open_task_keeps_a_campaign_from_its_close_and_is_carried_on(house, plan):
    other = plan_of(house, code="summer")
    task = task_of(house, plan, "複盤行動", 0, 4, owner="dora", checklist=["甲", "乙"], money=Decimal(5))
    tick(item=task.checklist.get(title="甲"), done=True, by=house["dora"], at=AT)
    made = carry_on(task=task, plan=other, starts_on=day(30), by=house["ana"], at=AT)
    task.refresh_from_db()
    assert (task.state, task.carried_to) == (TaskState.DROPPED, made)
    assert (made.plan, made.owner, made.ends_on, made.money) == (other, house["dora"], day(34), 0)
    assert [item.title for item in made.checklist.all()] == ["乙"]


def test_a_cancelled_campaign_leaves_nothing_to_do(house, plan):
    task = task_of(house, plan, "腳本", 0, 2)
    cancel_plan(plan=plan, reason="不辦了", by=house["ana"], at=AT)
    task.refresh_from_db()
    assert task.state == TaskState.DROPPED
    with pytest.raises(PlanHasEnded):
        set_task_state(task=task, state=TaskState.TODO, by=house["ana"], at=AT)


def test_a_copied_campaign_has_the_tasks_their_order_and_their_lists(house, plan):
    first = task_of(house, plan, "腳本", 0, 2, checklist=["定稿"])
    task_of(house, plan, "拍攝", 3, 4, waits_for=[first])
    later = plan.starts_on + timedelta(days=30)
    copy = duplicate_plan(plan=plan, code="again", starts_on=later, by=house["ana"], at=AT)
    rows = list(tasks_of(copy).order_by("starts_on"))
    assert [(row.title, row.starts_on) for row in rows] == [("腳本", day(30)), ("拍攝", day(33))]
    assert rows[1].waits_for.get().before == rows[0]
    assert rows[0].checklist.get().title == "定稿"


def test_who_owns_a_task_works_on_it_and_only_who_carries_the_plan_gives_them(house, plan):
    task = task_of(house, plan, "腳本", 0, 2, owner="leo")
    assert can_work_on(house["leo"], task)
    assert not can_give_tasks(house["leo"], plan)
    assert not can_work_on(house["fay"], task)
    assert can_give_tasks(house["ana"], plan)
    plan.stage = Stage.CLOSED
    assert not can_give_tasks(house["ana"], plan)
    assert list(tasks_visible_to(house["leo"])) == [task]


def test_a_persons_own_tasks_are_those_that_are_late_in_hand_or_near(house, plan):
    task_of(house, plan, "晚了", -9, -2)
    task_of(house, plan, "近了", 5, 6)
    task_of(house, plan, "還遠", 30, 40)
    task_of(house, plan, "別人的", 0, 1, owner="dora")
    found, more = own_tasks(house["ana"], MONDAY)
    assert ([task.title for task in found], more) == (["晚了", "近了"], 0)
    standing = standing_of(plan, MONDAY)
    assert (standing.all, standing.done, standing.late) == (4, 0, 1)


def test_the_schedule_takes_two_queries_whatever_its_size(house, plan, django_assert_num_queries):
    for count in (1, 3):
        while tasks_of(plan).count() < count:
            task_of(house, plan, f"第{tasks_of(plan).count()}項", 0, 2)
        with django_assert_num_queries(2):
            schedule_of(plan)
    assert Task.objects.count() == 3
