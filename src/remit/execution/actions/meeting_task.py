"""An action of a meeting goes on as a task of a campaign."""

from datetime import datetime

from django.db import transaction

from remit.core.ref import Ref
from remit.governance.actions.meeting_action import go_on_as
from remit.governance.models import MeetingAction
from remit.org.models import Person
from remit.org.queries.today import company_day
from remit.planning.models import Plan

from ..models import Task
from .task import add_task


@transaction.atomic
def task_of_action(*, action: MeetingAction, plan: Plan, by: Person, at: datetime) -> Task:
    """From today to the day on which it is due, on that day if it has passed. Raise as add_task does."""
    first = min(company_day(at), action.due_on)
    task = add_task(
        plan=plan, by=by, at=at, title=action.title[:160], owner=action.owner, starts_on=first,
        ends_on=action.due_on,
    )  # fmt: skip
    go_on_as(action=action, thing=Ref("task", task.pk), by=by, at=at)
    return task
