"""One budget: what its lines have and what stands against them."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from remit.core.verdict import refused
from remit.planning.actions.budget import (
    BudgetTitleTaken,
    BudgetUnclear,
    GrantsTooMuch,
    add_budget,
    change_total,
)
from remit.planning.models import Budget
from remit.planning.money_rules import CLAUSE, budgets_visible_to, can_keep_budget, units_with_budgets_of
from remit.planning.queries.budgets import lines_of, with_sums

from ..requiring import require
from ..who import who
from .bars import bar_of
from .forms import BudgetForm, TotalForm


def found(request: HttpRequest, budget_id: int) -> Budget:
    """The budget with its sums, if the person may see it."""
    return get_object_or_404(with_sums(budgets_visible_to(who(request)).select_related("unit")), pk=budget_id)


@require_GET
def page(request: HttpRequest, budget_id: int) -> HttpResponse:
    """How far its money has gone, line by line."""
    return _show(request, found(request, budget_id))


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Give a unit money for a period."""
    person = who(request)
    if not units_with_budgets_of(person).exists():
        require(refused(_("Who heads the unit, or whose position keeps budgets, does this."), CLAUSE))
    form = BudgetForm(request.POST or None, by=person)
    if request.method == "POST" and form.is_valid():
        try:
            budget = add_budget(by=person, at=timezone.now(), **form.cleaned_data)
        except (BudgetUnclear, BudgetTitleTaken) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Now grant it to lines, each from zero."))
            return redirect("budgets_budget", budget.pk)
    context = {
        "form": form, "title": _("New budget"), "back": reverse("budgets_list"), "crumb": _("Budgets"),
        "lead": _("What a unit may spend in a period, and what happens where a line does not have enough."),
    }  # fmt: skip
    return render(request, "budgets/form.html", context, status=422 if form.errors else 200)


@require_POST
def total(request: HttpRequest, budget_id: int) -> HttpResponse:
    """More or less money."""
    budget = found(request, budget_id)
    require(can_keep_budget(who(request), budget.unit))
    form = TotalForm(request.POST)
    if form.is_valid():
        try:
            change_total(budget=budget, total=form.cleaned_data["total"], by=who(request), at=timezone.now())
        except GrantsTooMuch as error:
            form.add_error("total", str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("budgets_budget", budget.pk)
    return _show(request, budget, totalling=form)


def _show(request: HttpRequest, budget: Budget, **more: Any) -> HttpResponse:
    lines = [
        (line, bar_of(line.granted, line.released, line.spent, line.committed, line.forecast))
        for line in lines_of(budget)
    ]
    sums: Any = budget
    whole = bar_of(budget.total, sums.all_released, sums.all_spent, sums.all_committed, sums.all_forecast)
    context = {
        "budget": budget, "lines": lines, "whole": whole, "left": budget.total - budget.allotted,
        "may_keep": can_keep_budget(who(request), budget.unit),
        "totalling": TotalForm(initial={"total": budget.total}),
    }  # fmt: skip
    return render(request, "budgets/budget.html", context | more, status=422 if more else 200)
