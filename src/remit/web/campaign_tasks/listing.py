"""All tasks that a person sees."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET

from remit.execution.enums import TaskState
from remit.execution.models import Task
from remit.execution.queries.tasks import tasks_of
from remit.execution.task_rules import tasks_visible_to
from remit.org.models import Person
from remit.org.queries.today import today
from remit.planning.models import Plan

from ..lists import Column, Filter, Listing
from ..templatetags.figures import say
from ..who import who
from ..whose import whose

TONES = {TaskState.DOING: "accent", TaskState.DONE: "good"}


def tone_of(task: Task) -> str:
    """The colour of a task's state."""
    return "bad" if task.is_open and task.ends_on < today() else TONES.get(TaskState(task.state), "")


TASK = Column(
    "title", pgettext_lazy("task", "Task"), sort="title",
    href=lambda task: reverse("tasks_task", args=[task.pk]), note=lambda task: task.resource,
)  # fmt: skip
PLAN = Column(
    "plan", gettext_lazy("Campaign"), value=lambda task: task.plan.title, sort="plan__title",
    href=lambda task: reverse("tasks_plan", args=[task.plan_id]),
)  # fmt: skip
REST = (
    Column("owner", gettext_lazy("Owner"), value=lambda task: say(task.owner), sort="owner__name"),
    Column("starts_on", gettext_lazy("First day"), kind="day", sort="starts_on"),
    Column("ends_on", gettext_lazy("Last day"), kind="day", sort="ends_on"),
    Column("hours", gettext_lazy("Hours of work"), kind="number", sort="hours", optional=True),
    Column(
        "money", gettext_lazy("Money"), kind="money", sort="money", currency=lambda task: task.plan.currency,
        optional=True,
    ),
    Column(
        "state", pgettext_lazy("task", "State"), kind="badge", sort="state",
        value=lambda task: task.get_state_display(), tone=tone_of,
    ),
)  # fmt: skip


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Tasks that the person sees; at first one's own that are open, the earliest due first."""
    person = who(request)
    rows = tasks_visible_to(person).select_related("plan", "owner")
    found = tasks_listing(request, rows, (TASK, PLAN, *REST), person, name="tasks")
    return found.export() or render(request, "tasks/list.html", {"listing": found})


def tasks_listing(
    request: HttpRequest, rows: QuerySet[Task], columns: tuple[Column, ...], person: Person, *, name: str
) -> Listing:
    """The list of tasks as every page has it."""
    return Listing(
        request, rows, columns, name=name, search=("title", "owner__name", "resource"),
        filters=(
            whose(person),
            Filter("due", _("Due"), (("open", _("Open")), ("late", _("Late"))), apply=_due),
            Filter("state", pgettext_lazy("task", "State"), TaskState.choices, field="state"),
        ),
        sort="ends_on",
    )  # fmt: skip


def of_plan(request: HttpRequest, plan: Plan, person: Person) -> Listing:
    """The tasks of one plan as a list."""
    rows = tasks_of(plan).select_related("owner", "plan")
    return tasks_listing(request, rows, (TASK, *REST), person, name="plan_tasks")


def _due(rows: QuerySet[Task], value: str) -> QuerySet[Task]:
    still = rows.filter(ended_at=None)
    return still.filter(ends_on__lt=today()) if value == "late" else still
