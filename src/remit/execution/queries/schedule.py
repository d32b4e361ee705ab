"""Tasks in time: dependencies, the critical path, what a slip moves."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from remit.org.queries.working_days import calendar_of
from remit.planning.models import Plan

from ..enums import SlipState
from ..models import Dependency, Slip, Task
from ..scheduling import Edge, Span, shifts, slack_days
from .tasks import tasks_of


@dataclass(frozen=True, slots=True)
class Schedule:
    """All tasks of a plan that were not dropped, by first day; ``slack``: days, by task."""

    tasks: list[Task]
    edges: list[Edge]
    slack: dict[int, int]

    def is_critical(self, task: Task) -> bool:
        """Whether ending later, it moves the end of all or what waits for it."""
        return task.is_open and self.slack.get(task.pk, 1) <= 0


def schedule_of(plan: Plan) -> Schedule:
    """Two queries, whatever the plan's size."""
    tasks = list(
        tasks_of(plan).exclude(state="dropped").select_related("owner").order_by("starts_on", "ends_on", "pk")
    )
    edges = edges_of(plan)
    return Schedule(tasks, edges, slack_days(spans_of(tasks), edges))


def edges_of(plan: Plan) -> list[Edge]:
    """(before, after) of every dependency."""
    return list(Dependency.objects.filter(after__plan=plan).values_list("before", "after"))


def spans_of(tasks: list[Task]) -> dict[int, Span]:
    return {task.pk: Span(task.starts_on, task.ends_on) for task in tasks}


def shifts_after(task: Task) -> list[tuple[Task, Span]]:
    """Tasks that would move now that ``task`` ends when it does, with their new days; earliest first."""
    tasks = {one.pk: one for one in tasks_of(task.plan).select_related("owner")}
    calendar = calendar_of(task.plan.unit, task.ends_on)
    moved = shifts(
        spans_of(list(tasks.values())), edges_of(task.plan), task.pk, calendar=calendar,
        stays=lambda pk: not tasks[pk].is_open,
    )  # fmt: skip
    return sorted(((tasks[pk], span) for pk, span in moved.items()), key=lambda pair: pair[1].first)


def free_after(task: Task) -> list[Task]:
    """Open tasks that waited for this one, and now for nothing any more."""
    open_before = Dependency.objects.filter(after=OuterRef("pk"), before__ended_at=None)
    rows = Task.objects.filter(waits_for__before=task, ended_at=None).exclude(Exists(open_before))
    return list(rows.select_related("owner"))


def open_slips(plan: Plan) -> list[Slip]:
    """Proposed shifts of the plan that nobody has decided."""
    rows = Slip.objects.filter(task__plan=plan, state=SlipState.OPEN).select_related("task", "by")
    return list(rows.order_by("at"))


def has_open_slip(task: Task) -> bool:
    """Whether a shift after this task is proposed and not decided."""
    return task.slips.filter(state=SlipState.OPEN).exists()
