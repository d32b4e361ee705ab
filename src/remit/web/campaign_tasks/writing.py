"""Give a task, change it; decide what shifts."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from remit.execution.actions.slip import SlipDecided, leave_shift, take_shift
from remit.execution.actions.task import (
    PlanHasEnded,
    TasksWaitForEachOther,
    TaskUnclear,
    add_task,
    change_task,
)
from remit.execution.models import Slip
from remit.execution.task_rules import can_decide_slip, can_give_tasks, can_work_on, slips_visible_to

from ..doing import done, tried
from ..requiring import require
from ..who import who
from .forms import TaskForm
from .page import found
from .plan import found_plan

WRONG = (PlanHasEnded, TasksWaitForEachOther, TaskUnclear)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, campaign_plan_id: int) -> HttpResponse:
    """Give a task of the campaign."""
    plan, person = found_plan(request, campaign_plan_id), who(request)
    require(can_give_tasks(person, plan))
    form = TaskForm(request.POST or None, by=person, plan=plan)
    if request.method == "POST" and form.is_valid():
        try:
            task = add_task(plan=plan, by=person, at=timezone.now(), **form.cleaned_data)
        except WRONG as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("“%s” is there.") % task.title)
            return redirect("tasks_plan", plan.pk)
    return _form(request, form, _("New task"), plan.title, reverse("tasks_plan", args=[plan.pk]))


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, task_id: int) -> HttpResponse:
    """Change it; what waits for it is asked to shift when it ends later."""
    task, person = found(request, task_id), who(request)
    require(can_work_on(person, task))
    form = TaskForm(request.POST or None, by=person, plan=task.plan, task=task)
    if request.method == "POST" and done(request, form, change_task, WRONG, said=_("Saved."), task=task):
        return redirect("tasks_task", task.pk)
    return _form(request, form, task.title, task.plan.title, reverse("tasks_task", args=[task.pk]))


@require_POST
def shift(request: HttpRequest, slip_id: int) -> HttpResponse:
    """Shift what waits for the task that slipped."""
    slip = _found_slip(request, slip_id)
    try:
        moved = take_shift(slip=slip, by=who(request), at=timezone.now())
    except SlipDecided as error:
        messages.error(request, str(error))
    else:
        said = ngettext(
            "%d task was shifted; its owner is told.",
            "%d tasks were shifted; their owners are told.",
            len(moved),
        )
        messages.success(request, said % len(moved))
    return redirect("tasks_plan", slip.task.plan_id)


@require_POST
def leave(request: HttpRequest, slip_id: int) -> HttpResponse:
    """Leave what waits where it is."""
    slip = _found_slip(request, slip_id)
    tried(request, leave_shift, SlipDecided, said=_("Left as it was."), slip=slip)
    return redirect("tasks_plan", slip.task.plan_id)


def _found_slip(request: HttpRequest, slip_id: int) -> Slip:
    rows = slips_visible_to(who(request)).select_related("task__plan__unit", "task__plan__owner")
    slip = get_object_or_404(rows, pk=slip_id)
    require(can_decide_slip(who(request), slip))
    return slip


def _form(request: HttpRequest, form: TaskForm, title: str, crumb: str, back: str) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "title": title, "crumb": crumb, "back": back}
    return render(request, "tasks/form.html", context, status=422 if form.errors else 200)
