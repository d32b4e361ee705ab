"""One line of a budget: why it is there, what is left, and its ledger."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from remit.core.ref import Ref
from remit.governance.queries.requests import requests_about
from remit.planning.actions.budget import BudgetUnclear, GrantsTooMuch, LineCodeTaken, add_line, remove_line
from remit.planning.models import BudgetLine, ReleaseRule
from remit.planning.money_rules import (
    can_ask_release,
    can_drop_release,
    can_keep_budget,
    can_spend,
    lines_visible_to,
)
from remit.planning.queries.budgets import open_entries
from remit.planning.queries.release_figures import judged_figures

from ..lists import Column, Listing
from ..requiring import require
from ..templatetags.figures import say
from ..who import who
from .bars import bar_of
from .forms import LineForm, MovementForm, ReleaseForm
from .page import found as found_budget

ENTRIES = (
    Column("on", pgettext_lazy("ledger", "Day"), kind="day", sort="on"),
    Column(
        "stage", pgettext_lazy("ledger", "What"), kind="badge", value=lambda e: e.get_stage_display(),
        tone=lambda e: "bad" if e.was_over else "", sort="stage",
    ),
    Column(
        "amount", gettext_lazy("Amount"), kind="money", sort="amount",
        currency=lambda e: e.line.budget.currency,
    ),
    Column("reference", gettext_lazy("Reference"), note=lambda e: e.note),
    Column("of", gettext_lazy("Draws on"), value=lambda e: _drawn(e)),
    Column("by", gettext_lazy("By"), value=lambda e: e.by, sort="by__name"),
    Column("at", gettext_lazy("Entered"), kind="moment", sort="at", optional=True),
)  # fmt: skip


def found(request: HttpRequest, budget_line_id: int) -> BudgetLine:
    """The line, if the person may see it."""
    rows = lines_visible_to(who(request)).select_related("budget__unit", "plan__unit", "owner")
    return get_object_or_404(rows, pk=budget_line_id)


@require_GET
def page(request: HttpRequest, budget_line_id: int) -> HttpResponse:
    """Why it is there, what is left, and every movement."""
    line = found(request, budget_line_id)
    return _entries(request, line).export() or show(request, line)


def _entries(request: HttpRequest, line: BudgetLine) -> Listing:
    rows = line.entries.select_related("by", "of", "line__budget")
    return Listing(request, rows, ENTRIES, name="entries", sort="-on", per_page=25)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, budget_id: int) -> HttpResponse:
    """Grant money to a need."""
    budget, person = found_budget(request, budget_id), who(request)
    require(can_keep_budget(person, budget.unit))
    form = LineForm(request.POST or None, by=person, budget=budget)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        words = {name: given.pop(name) for name in ("need", "evidence", "alternative")}
        try:
            line = add_line(budget=budget, words=words, by=person, at=timezone.now(), **given)
        except (BudgetUnclear, GrantsTooMuch, LineCodeTaken) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Granted: 70 % may be used at once."))
            return redirect("budgets_line", line.pk)
    context = {
        "form": form, "title": _("New line"), "crumb": budget.title,
        "back": reverse("budgets_budget", args=[budget.pk]),
        "lead": _("From zero: what is needed, what proves it, and what else would do (H4.2.2)."),
    }  # fmt: skip
    return render(request, "budgets/form.html", context, status=422 if form.errors else 200)


@require_POST
def remove(request: HttpRequest, budget_line_id: int) -> HttpResponse:
    """Give back what nothing was done with."""
    line = found(request, budget_line_id)
    require(can_keep_budget(who(request), line.budget.unit))
    try:
        remove_line(line=line, by=who(request), at=timezone.now())
    except BudgetUnclear as error:
        messages.error(request, str(error))
        return redirect("budgets_line", line.pk)
    messages.success(request, _("Removed; its money is free again."))
    return redirect("budgets_budget", line.budget_id)


def show(request: HttpRequest, line: BudgetLine, *, status: int = 200, **more: Any) -> HttpResponse:
    """The page; with a form that came back, 422."""
    person = who(request)
    releases = list(line.releases.select_related("by", "line__budget").order_by("-at", "-pk"))
    about = requests_about([Ref("release", row.pk) for row in releases], "budget_release")
    requests = {each.subject: each for each in about}
    may_spend = can_spend(person, line)
    context = {
        "line": line, "listing": _entries(request, line),
        "bar": bar_of(line.granted, line.released, line.spent, line.committed, line.forecast),
        "releases": [
            (row, requests.get(str(Ref("release", row.pk))), can_drop_release(person, row))
            for row in releases
        ],
        "rules": [(rule, _figure_of(rule)) for rule in line.rules.order_by("-pk")],
        "open": open_entries(line) if may_spend else [],
        "may_spend": may_spend, "may_ask": can_ask_release(person, line),
        "may_keep": can_keep_budget(person, line.budget.unit),
        "moving": MovementForm(line=line), "releasing": ReleaseForm(),
    }  # fmt: skip
    return render(request, "budgets/line.html", context | more, status=status)


def _figure_of(rule: ReleaseRule) -> str:
    metric = judged_figures().get(rule.metric)
    return say(metric.title) if metric else rule.metric


def _drawn(entry: Any) -> str:
    return (entry.of.reference or entry.of.note or str(entry.of.on)) if entry.of else ""
