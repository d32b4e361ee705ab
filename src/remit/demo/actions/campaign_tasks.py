"""The tasks and risks of the demonstration's campaigns, as they stand on its first morning."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction

from remit.execution.actions.risk import Fallback, add_risk
from remit.execution.actions.task import add_task, set_task_state, tick
from remit.execution.enums import TaskState
from remit.execution.models import Task
from remit.org.models import Person
from remit.org.queries.today import company_day
from remit.planning.models import Plan

from .. import campaign_tasks as wanted


@transaction.atomic
def give_tasks(*, plans: Mapping[str, Plan], people: Mapping[str, Person], at: datetime) -> int:
    """Return how many were given."""
    today = company_day(at)
    made: dict[tuple[str, str], Task] = {}
    for task in wanted.TASKS:
        plan = plans[task.plan]
        row = add_task(
            plan=plan, title=task.title, owner=people[task.owner], hours=task.hours, money=task.money,
            starts_on=today + timedelta(days=task.first_day), ends_on=today + timedelta(days=task.last_day),
            waits_for=[made[task.plan, code] for code in task.waits_for], checklist=task.checklist,
            resource=task.resource, by=plan.owner, at=at,
        )  # fmt: skip
        for item in row.checklist.order_by("position")[: task.ticked]:
            tick(item=item, done=True, by=row.owner, at=at)
        if task.state != TaskState.TODO:
            set_task_state(task=row, state=TaskState(task.state), by=row.owner, at=at)
        made[task.plan, task.code] = row
    return len(made)


@transaction.atomic
def register_risks(*, plans: Mapping[str, Plan], people: Mapping[str, Person], at: datetime) -> int:
    """Return how many were registered; one whose day to be looked at again is past, two weeks before."""
    today = company_day(at)
    for risk in wanted.RISKS:
        plan = plans[risk.plan]
        on = None if risk.trigger_day is None else today + timedelta(days=risk.trigger_day)
        plan_b = [Fallback(title, people[who], after, days) for title, who, after, days in risk.plan_b]
        add_risk(
            unit=plan.unit, plan=plan, title=risk.title, owner=people[risk.owner], response=risk.response,
            probability=risk.rated[0], impact=risk.rated[1], fallback=risk.fallback, trigger=risk.trigger,
            trigger_on=on, trigger_event=risk.trigger_event,
            review_on=today + timedelta(days=risk.review_day),
            fallback_tasks=plan_b, by=plan.owner,
            at=at if risk.review_day >= 0 else at - timedelta(days=14),
        )  # fmt: skip
    return len(wanted.RISKS)
