"""A strategy: what it says, what it rests on, and the goals that carry it out."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from remit.goals.actions.strategy import (
    StrategyTitleTaken,
    StrategyUnclear,
    add_strategy,
    change_strategy,
    cite_source,
    remove_source,
)
from remit.goals.enums import GoalState
from remit.goals.models import Strategy
from remit.goals.queries.goal_figures import Sight, standings_of
from remit.goals.rules import (
    can_change_strategy,
    can_set_goals_in,
    goals_visible_to,
    sources_visible_to,
    strategies_visible_to,
)
from remit.org.queries.today import today

from ..doing import done
from ..requiring import require
from ..who import who
from .forms import SourceForm, StrategyForm
from .page import row_of


def found(request: HttpRequest, strategy_id: int) -> Strategy:
    """The strategy, if the person may see it."""
    rows = strategies_visible_to(who(request)).select_related("unit", "owner").prefetch_related("sources")
    return get_object_or_404(rows, pk=strategy_id)


@require_GET
def page(request: HttpRequest, strategy_id: int) -> HttpResponse:
    """What it says, what it rests on, and how its goals stand."""
    return _show(request, found(request, strategy_id))


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Write a strategy."""
    person = who(request)
    form = StrategyForm(request.POST or None, by=person)
    if request.method == "POST" and form.is_valid():
        require(can_set_goals_in(person, form.cleaned_data["unit"]))
        try:
            strategy = add_strategy(by=person, at=timezone.now(), **form.cleaned_data)
        except (StrategyUnclear, StrategyTitleTaken) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Written. Now say what it rests on, and set its goals."))
            return redirect("goals_strategy", strategy.pk)
    return _form(request, form, _("New strategy"), reverse("goals_list"))


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, strategy_id: int) -> HttpResponse:
    """Edit it."""
    strategy = found(request, strategy_id)
    require(can_change_strategy(who(request), strategy))
    form = StrategyForm(request.POST or None, by=who(request), strategy=strategy)
    if request.method == "POST" and done(
        request,
        form,
        change_strategy,
        (StrategyUnclear, StrategyTitleTaken),
        said=_("Saved."),
        strategy=strategy,
    ):
        return redirect("goals_strategy", strategy.pk)
    back = reverse("goals_strategy", args=[strategy.pk])
    return _form(request, form, _("Change: %s") % strategy.title, back)


@require_POST
def source(request: HttpRequest, strategy_id: int) -> HttpResponse:
    """Say what it rests on."""
    strategy = found(request, strategy_id)
    require(can_change_strategy(who(request), strategy))
    form = SourceForm(request.POST)
    if done(request, form, cite_source, StrategyUnclear, said=_("Saved."), strategy=strategy):
        return redirect("goals_strategy", strategy.pk)
    return _show(request, strategy, citing=form)


@require_POST
def source_removal(request: HttpRequest, source_id: int) -> HttpResponse:
    """It no longer rests on this."""
    rows = sources_visible_to(who(request)).select_related("strategy__unit")
    row = get_object_or_404(rows, pk=source_id)
    require(can_change_strategy(who(request), row.strategy))
    remove_source(source=row, by=who(request), at=timezone.now())
    messages.success(request, _("Removed."))
    return redirect("goals_strategy", row.strategy_id)


def _show(request: HttpRequest, strategy: Strategy, **more: Any) -> HttpResponse:
    person, on = who(request), today()
    sight = Sight(person, on)
    rows = goals_visible_to(person).filter(strategy=strategy, is_part=False)
    goals = list(rows.exclude(state=GoalState.DROPPED).select_related("unit", "owner").order_by("path"))
    stands = standings_of(goals, sight)
    sources = [(each, each.is_stale(on)) for each in strategy.sources.all()]
    context = {
        "strategy": strategy, "sources": sources, "has_stale": any(stale for _each, stale in sources),
        "goals": [row_of(goal, stands.get(goal.pk), sight) for goal in goals],
        "may_change": can_change_strategy(person, strategy),
        "may_set": can_set_goals_in(person, strategy.unit),
        "citing": SourceForm(),
    }  # fmt: skip
    return render(request, "goals/strategy.html", context | more, status=422 if more else 200)


def _form(request: HttpRequest, form: StrategyForm, title: str, back: str) -> HttpResponse:
    context = {"form": form, "title": title, "back": back}
    return render(request, "goals/strategy_form.html", context, status=422 if form.errors else 200)
