"""Who sees and may do what with tasks. Without an assignment: one's own."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from remit.core.verdict import ALLOWED, Verdict, refused
from remit.org.models import Person
from remit.planning.enums import Stage
from remit.planning.models import Plan
from remit.planning.rules import PLAN_CLAUSE, carries_plan, plans_visible_to

from .enums import SlipState
from .models import CheckItem, Slip, Task, TaskFile


def tasks_visible_to(person: Person, on: date | None = None) -> QuerySet[Task]:
    """One's own, and those of the plans that one sees."""
    if not person.is_active:
        return Task.objects.none()
    return Task.objects.filter(Q(owner=person) | Q(plan__in=plans_visible_to(person, on)))


def slips_visible_to(person: Person, on: date | None = None) -> QuerySet[Slip]:
    """Of the tasks that the person sees."""
    return Slip.objects.filter(task__in=tasks_visible_to(person, on))


def check_items_visible_to(person: Person, on: date | None = None) -> QuerySet[CheckItem]:
    """Of the tasks that the person sees."""
    return CheckItem.objects.filter(task__in=tasks_visible_to(person, on))


def task_files_visible_to(person: Person, on: date | None = None) -> QuerySet[TaskFile]:
    """Of the tasks that the person sees."""
    return TaskFile.objects.filter(task__in=tasks_visible_to(person, on))


def can_give_tasks(person: Person, plan: Plan) -> Verdict:
    """Whether the person may give tasks of the plan, and decide what shifts: who carries it, till it ends."""
    if not (carries := carries_plan(person, plan)):
        return carries
    return _while_it_lasts(plan)


def can_work_on(person: Person, task: Task) -> Verdict:
    """Whether the person may change the task's state, dates, checklist and files: its owner, or as above."""
    if person.pk == task.owner_id and person.is_active:
        return _while_it_lasts(task.plan)
    if not carries_plan(person, task.plan):
        return refused(_("Its owner does this, or who carries the campaign."), PLAN_CLAUSE)
    return _while_it_lasts(task.plan)


def can_decide_slip(person: Person, slip: Slip) -> Verdict:
    """Whether the person may shift what waits, or leave it."""
    if slip.state != SlipState.OPEN:
        return refused(_("This was decided already."), PLAN_CLAUSE)
    return can_give_tasks(person, slip.task.plan)


def _while_it_lasts(plan: Plan) -> Verdict:
    if plan.stage in (Stage.CLOSED, Stage.CANCELLED):
        return refused(_("This campaign has ended; its tasks stay as they are."), PLAN_CLAUSE)
    return ALLOWED
