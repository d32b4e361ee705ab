"""One task: what it is, what it waits for, its checklist and files; begin, finish, drop, carry on."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from remit.execution.actions.task import (
    NotDoneYet,
    PlanHasEnded,
    TaskUnclear,
    add_task_file,
    carry_on,
    set_task_state,
    tick,
)
from remit.execution.enums import TaskState
from remit.execution.models import Task
from remit.execution.queries.schedule import schedule_of
from remit.execution.queries.tasks import before_and_after
from remit.execution.task_rules import (
    can_give_tasks,
    can_work_on,
    check_items_visible_to,
    task_files_visible_to,
    tasks_visible_to,
)
from remit.files.actions import store_file
from remit.files.actions.storing import DiskFull, FileTooLarge
from remit.org.queries.today import today

from ..doing import say_refusals, tried
from ..files.sending import download
from ..requiring import require
from ..who import who
from .forms import CarryForm, TaskFileForm


def found(request: HttpRequest, task_id: int) -> Task:
    """The task, if the person may see it."""
    rows = tasks_visible_to(who(request)).select_related("plan__unit", "plan__owner", "owner", "carried_to")
    return get_object_or_404(rows, pk=task_id)


@require_GET
def page(request: HttpRequest, task_id: int) -> HttpResponse:
    """What is to be done, until when, and what holds it up."""
    return _show(request, found(request, task_id))


@require_POST
def state(request: HttpRequest, task_id: int) -> HttpResponse:
    """Begin, finish, drop, take up again. ``back``: the board it was asked from."""
    task = found(request, task_id)
    require(can_work_on(who(request), task))
    asked = request.POST.get("state", "")
    if asked not in TaskState:
        messages.error(request, _("There is no such state."))
    else:
        try:
            set_task_state(task=task, state=TaskState(asked), by=who(request), at=timezone.now())
        except (NotDoneYet, PlanHasEnded, TaskUnclear) as error:
            messages.error(request, f"{task.title}{pgettext('who, what', ': ')}{error}")
    if request.POST.get("back") == "board":
        return redirect(f"{reverse('tasks_plan', args=[task.plan_id])}?view=board")
    return redirect("tasks_task", task.pk)


@require_POST
def check(request: HttpRequest, check_item_id: int) -> HttpResponse:
    """Tick a line, or take the tick back."""
    rows = check_items_visible_to(who(request)).select_related("task__plan__unit", "task__owner")
    item = get_object_or_404(rows, pk=check_item_id)
    require(can_work_on(who(request), item.task))
    tried(request, tick, PlanHasEnded, item=item, done=request.POST.get("done") == "1")
    return redirect("tasks_task", item.task_id)


@require_POST
def attach(request: HttpRequest, task_id: int) -> HttpResponse:
    """Put a file to the task."""
    task = found(request, task_id)
    require(can_work_on(who(request), task))
    form, by, at = TaskFileForm(request.POST, request.FILES), who(request), timezone.now()
    if form.is_valid():
        given = form.cleaned_data["file"]
        try:
            stored = store_file(
                content=given.chunks(), name=given.name, owner=by, scope=task.plan.unit, by=by, at=at
            )  # fmt: skip
            add_task_file(task=task, file=stored, by=by, at=at)
        except (FileTooLarge, DiskFull) as error:
            form.add_error("file", str(error.args[-1]))
        except PlanHasEnded as error:
            form.add_error(None, str(error))
        else:
            return redirect("tasks_task", task.pk)
    return _show(request, task, filing=form)


@require_GET
def attached(request: HttpRequest, task_file_id: int) -> FileResponse:
    """A file of a task, for everybody who sees the task."""
    row = get_object_or_404(
        task_files_visible_to(who(request)).select_related("file"), pk=task_file_id
    )  # fmt: skip
    return download(row.file)


@require_POST
def carry(request: HttpRequest, task_id: int) -> HttpResponse:
    """Go on with it in another campaign."""
    task, person = found(request, task_id), who(request)
    require(can_work_on(person, task))
    form = CarryForm(request.POST, by=person, task=task)
    if form.is_valid():
        require(can_give_tasks(person, form.cleaned_data["plan"]))
        try:
            made = carry_on(task=task, by=person, at=timezone.now(), **form.cleaned_data)
        except (TaskUnclear, PlanHasEnded) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("It goes on here."))
            return redirect("tasks_task", made.pk)
    if not task.is_open:
        say_refusals(request, form)
    return _show(request, task, carrying=form)


def _show(request: HttpRequest, task: Task, **more: Any) -> HttpResponse:
    person = who(request)
    schedule = schedule_of(task.plan)
    before, after = before_and_after(task)
    context = {
        "task": task, "plan": task.plan,
        "may_work": bool(can_work_on(person, task)), "may_give": bool(can_give_tasks(person, task.plan)),
        "before": before, "after": after,
        "items": task.checklist.select_related("done_by").order_by("position"),
        "files": task.files.select_related("file", "by").order_by("-at"),
        "slips": task.slips.select_related("by", "decided_by").order_by("-at"),
        "is_late": task.is_open and task.ends_on < today(),
        "is_critical": schedule.is_critical(task), "slack": max(schedule.slack.get(task.pk, 0), 0),
        "filing": TaskFileForm(), "carrying": CarryForm(by=person, task=task) if task.is_open else None,
    }  # fmt: skip
    return render(request, "tasks/task.html", context | more, status=422 if more else 200)
