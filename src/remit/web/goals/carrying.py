"""Put goals in force, enter readings, end, drop and remove them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from remit.goals.actions.decomposition import give_lever
from remit.goals.actions.goal import (
    GoalBinds,
    GoalIncomplete,
    GoalUnclear,
    activate_goal,
    drop_goal,
    end_goal,
    remove_goal,
)
from remit.goals.actions.reading import ReadFromData, ReadingUnclear, enter_reading
from remit.goals.rules import can_activate, can_change_goal, can_drop, can_end, can_enter_reading, can_remove

from ..doing import done, tried
from ..requiring import require
from ..who import who
from .forms import DropForm, LeverForm, ReadingForm
from .page import found, show


@require_POST
def activation(request: HttpRequest, goal_id: int) -> HttpResponse:
    """Put it in force with its parts."""
    goal = found(request, goal_id)
    require(can_activate(who(request), goal))
    tried(
        request,
        activate_goal,
        (GoalIncomplete, GoalBinds),
        said=_("In force. Its progress is read from data."),
        goal=goal,
    )
    return redirect("goals_goal", goal.pk)


@require_POST
def lever(request: HttpRequest, goal_id: int) -> HttpResponse:
    """Say what is to move it."""
    goal = found(request, goal_id)
    require(can_change_goal(who(request), goal))
    form = LeverForm(request.POST)
    if form.is_valid():
        try:
            give_lever(goal=goal, lever=form.cleaned_data["lever"], by=who(request), at=timezone.now())
        except GoalBinds as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("goals_goal", goal.pk)
    return show(request, goal, levering=form)


@require_POST
def reading(request: HttpRequest, goal_id: int) -> HttpResponse:
    """Enter what it had come to; refused where a metric measures it."""
    goal = found(request, goal_id)
    require(can_enter_reading(who(request), goal))
    form = ReadingForm(request.POST)
    if done(request, form, enter_reading, (ReadFromData, ReadingUnclear), said=_("Saved."), goal=goal):
        return redirect("goals_goal", goal.pk)
    return show(request, goal, reading=form)


@require_POST
def end(request: HttpRequest, goal_id: int) -> HttpResponse:
    """Its last day is past."""
    goal = found(request, goal_id)
    require(can_end(who(request), goal))
    tried(request, end_goal, GoalBinds, said=_("Ended."), goal=goal)
    return redirect("goals_goal", goal.pk)


@require_POST
def drop(request: HttpRequest, goal_id: int) -> HttpResponse:
    """Give it up, with a reason."""
    goal = found(request, goal_id)
    require(can_drop(who(request), goal))
    form = DropForm(request.POST)
    if done(
        request,
        form,
        drop_goal,
        (GoalBinds, GoalUnclear),
        said=_("Dropped; it stays on record with its reason."),
        goal=goal,
    ):
        return redirect("goals_goal", goal.pk)
    return show(request, goal, dropping=form)


@require_POST
def removal(request: HttpRequest, goal_id: int) -> HttpResponse:
    """Take a draft away."""
    goal = found(request, goal_id)
    require(can_remove(who(request), goal))
    try:
        remove_goal(goal=goal, by=who(request), at=timezone.now())
    except GoalBinds as error:
        messages.error(request, str(error))
        return redirect("goals_goal", goal.pk)
    messages.success(request, _("The draft was removed."))
    return redirect("goals_list")
