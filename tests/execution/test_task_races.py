"""Several people at one campaign's tasks in the same moment, on both databases."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import connection

from remit.audit.models import Event
from remit.execution.actions.task import (
    TasksWaitForEachOther,
    TaskUnclear,
    add_task,
    carry_on,
    change_task,
    set_task_state,
)
from remit.execution.enums import TaskState
from remit.execution.models import Dependency, Task
from remit.execution.queries.schedule import edges_of
from remit.execution.queries.tasks import tasks_of
from remit.execution.scheduling import circle

from ..governance.conftest import AT
from ..planning.planned import department, plan_of

pytestmark = pytest.mark.django_db(transaction=True)
PAIRS = 6  # of people who act in one moment: often enough that they meet


@pytest.fixture
def house():
    return department()


@pytest.fixture
def plan(house):
    return plan_of(house, money=Decimal(1000))


def task_of(house, plan, title, **more):
    days = {"starts_on": plan.starts_on, "ends_on": plan.starts_on + timedelta(days=2)}
    return add_task(plan=plan, title=title, owner=house["ana"], by=house["ana"], at=AT, **days, **more)


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Every one in a thread of its own, begun together; what each was refused with, or nothing."""
    start = Barrier(len(acts))

    def one(act: Callable[[], object]) -> str:
        try:
            start.wait()
            act()
        except (TasksWaitForEachOther, TaskUnclear) as refusal:
            return type(refusal).__name__
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


def test_a_task_that_two_finish_at_once_is_finished_once(house, plan):
    for number in range(PAIRS):
        task = task_of(house, plan, f"第{number}項")
        moved = Event.objects.filter(name="planning.task.moved").count()

        def finish(by: str, task: Task = task) -> None:
            set_task_state(task=task, state=TaskState.DONE, by=house[by], at=AT)

        assert at_once(lambda: finish("ana"), lambda: finish("dora")) == ["", ""]
        assert Event.objects.filter(name="planning.task.moved").count() == moved + 1


def test_a_task_that_two_move_differently_stands_where_the_record_says_last(house, plan):
    for number in range(PAIRS):
        task = task_of(house, plan, f"第{number}項")

        def move(state: TaskState, task: Task = task) -> None:
            set_task_state(task=task, state=state, by=house["ana"], at=AT)

        assert at_once(lambda: move(TaskState.DOING), lambda: move(TaskState.DONE)) == ["", ""]
        task.refresh_from_db()
        said = [
            row.fields["state"] for row in Event.objects.filter(name="planning.task.moved").order_by("pk")
        ]
        assert (said[-1], task.ended_at is not None) == (task.state, task.state == "done")


def test_two_who_let_tasks_wait_for_each_other_at_once_make_no_circle(house, plan):
    for number in range(PAIRS):
        one, other = task_of(house, plan, f"甲{number}"), task_of(house, plan, f"乙{number}")

        def wait(task: Task, before: Task) -> None:
            change_task(task=task, waits_for=[before], by=house["ana"], at=AT)

        refused = at_once(lambda: wait(one, other), lambda: wait(other, one))  # noqa: B023  # run before the next
        assert sorted(refused) == ["", "TasksWaitForEachOther"]
    assert circle(edges_of(plan)) == []
    assert Dependency.objects.count() == PAIRS


def test_tasks_that_several_add_at_once_never_cost_more_than_the_campaign_has(house, plan):
    def spend(number: int) -> None:
        task_of(house, plan, f"第{number}項", money=Decimal(300))

    refused = at_once(*(lambda number=number: spend(number) for number in range(8)))
    assert sorted(refused) == ["", "", "", *["TaskUnclear"] * 5]
    assert sum(task.money for task in tasks_of(plan)) == Decimal(900)


def test_two_who_carry_tasks_over_crosswise_do_not_block_each_other(house, plan):
    other = plan_of(house, code="summer")
    for number in range(PAIRS):
        here, there = task_of(house, plan, f"甲{number}"), task_of(house, other, f"乙{number}")

        def carry(task: Task, to: object) -> None:
            carry_on(task=task, plan=to, starts_on=plan.starts_on, by=house["ana"], at=AT)

        assert at_once(lambda: carry(here, other), lambda: carry(there, plan)) == ["", ""]  # noqa: B023  # as above
    assert [tasks_of(each).filter(ended_at=None).count() for each in (plan, other)] == [PAIRS, PAIRS]
