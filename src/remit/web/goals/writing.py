"""Draft a goal and edit it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from remit.core.period import Period
from remit.goals.actions.goal import GoalBinds, GoalUnclear, add_goal, change_goal
from remit.goals.models import Goal
from remit.goals.queries.baselines import CannotRead, baseline_of
from remit.goals.rules import can_change_goal, can_set_goals_in
from remit.org.models import Unit
from remit.org.queries.today import today

from ..requiring import require
from ..who import who
from .forms import GoalForm
from .page import found


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Draft a goal; ``?strategy=`` and ``?parent=`` fill the form."""
    person = who(request)
    initial = {name: request.GET[name] for name in ("strategy", "parent") if name in request.GET}
    form = GoalForm(request.POST or None, by=person, initial={**initial, "owner": person.pk})
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        require(can_set_goals_in(person, given["unit"]))
        try:
            _read_baseline(request, given, given["unit"])
            goal = add_goal(by=person, at=timezone.now(), **given)
        except (GoalUnclear, CannotRead) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Drafted. Its page says what is still missing."))
            return redirect("goals_goal", goal.pk)
    return _form(request, form, _("New goal"), reverse("goals_list"))


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, goal_id: int) -> HttpResponse:
    """Edit a goal."""
    goal = found(request, goal_id)
    person = who(request)
    require(can_change_goal(person, goal))
    form = GoalForm(request.POST or None, by=person, goal=goal)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        try:
            _read_baseline(request, given, goal.unit)
            change_goal(goal=goal, by=person, at=timezone.now(), **given)
        except (GoalUnclear, GoalBinds, CannotRead) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("goals_goal", goal.pk)
    return _form(request, form, _("Change: %s") % goal.title, reverse("goals_goal", args=[goal.pk]), goal)


def _read_baseline(request: HttpRequest, given: dict[str, Any], unit: Unit) -> None:
    """Fill an empty baseline from the days that were named for it."""
    first, last = given["baseline_first"], given["baseline_last"]
    if given["baseline"] is not None or not (first and last) or last < first:
        return
    draft = Goal(unit=unit, metric=given["metric"], where=given["where"], currency=given["currency"])
    given["baseline"] = baseline_of(draft, Period(first, last), who(request), today())


GROUPS = (
    ("title", "unit", "strategy", "parent", "lever"),
    (
        "metric",
        "where",
        "baseline",
        "baseline_first",
        "baseline_last",
        "growth",
        "target",
        "starts_on",
        "ends_on",
    ),
    ("owner", "partners", "money", "resources"),
    ("measured_in", "grows", "currency"),
)


def _form(
    request: HttpRequest, form: GoalForm, title: str, back: str, goal: Goal | None = None
) -> HttpResponse:
    what, figures, people, manual = ([form[n] for n in names if n in form.fields] for names in GROUPS)
    context = {
        "form": form, "title": title, "back": back, "goal": goal, "what": what, "figures": figures,
        "people": people, "manual": manual,
    }  # fmt: skip
    return render(request, "goals/form.html", context, status=422 if form.errors else 200)
