"""Rules that propose releases: written, tried on the past, made live, ended."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from remit.core.verdict import Verdict
from remit.planning.actions.release_rule import RuleUnclear, end_rule, start_rule, try_rule, write_rule
from remit.planning.models import ReleaseRule
from remit.planning.money_rules import can_keep_budget, can_spend, release_rules_visible_to
from remit.planning.queries.release_figures import counted_figures, judged_figures
from remit.planning.release_terms import Terms

from ..doing import tried
from ..requiring import require
from ..templatetags.figures import say
from ..who import who
from .forms import RuleForm
from .line import found as found_line

TERMS = ("days", "planned", "factor", "count_min", "amount", "cooldown_days")


def found(request: HttpRequest, release_rule_id: int) -> ReleaseRule:
    """The rule, if the person may see its line."""
    rows = release_rules_visible_to(who(request)).select_related(
        "line__budget__unit", "line__plan", "line__owner", "made_by"
    )
    return get_object_or_404(rows, pk=release_rule_id)


@require_GET
def page(request: HttpRequest, release_rule_id: int) -> HttpResponse:
    """Its terms, what it would have done in the past, and what it has proposed."""
    rule, person = found(request, release_rule_id), who(request)
    trial, keeps = rule.trial or {}, can_keep_budget(person, rule.line.budget.unit)
    context = {
        "rule": rule, "line": rule.line, "currency": rule.line.budget.currency, **figures_of(rule),
        "trial": trial, "tried": [_shown(rule, row) for row in trial.get("fired", [])],
        "firings": [
            (one, worded(rule, one.value)) for one in rule.firings.select_related("release").order_by("-on")
        ],
        "may_try": rule.state == "draft" and can_spend(person, rule.line),
        "may_start": rule.state == "draft" and rule.tried_at and keeps,
        "waits": rule.state == "draft" and rule.tried_at and not keeps,
        "may_end": rule.state != "ended" and can_spend(person, rule.line),
    }  # fmt: skip
    return render(request, "budgets/rule.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, budget_line_id: int) -> HttpResponse:
    """Write a rule of a line."""
    line, person = found_line(request, budget_line_id), who(request)
    require(can_spend(person, line))
    form = RuleForm(request.POST or None, line=line)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        terms = Terms(**{name: given[name] for name in TERMS})
        try:
            rule = write_rule(
                line=line, metric=given["metric"], counted=given["counted"], terms=terms, by=person,
                at=timezone.now(),
            )  # fmt: skip
        except RuleUnclear as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Written. Try it on the past before it goes live."))
            return redirect("budgets_rule", rule.pk)
    context = {
        "form": form, "title": _("New release rule"), "crumb": line.title, "budget": line.budget,
        "back": reverse("budgets_line", args=[line.pk]),
        "lead": _("It proposes, and people sign: a rule never moves money by itself (H4.2.2)."),
    }  # fmt: skip
    return render(request, "budgets/form.html", context, status=422 if form.errors else 200)


@require_POST
def trial(request: HttpRequest, release_rule_id: int) -> HttpResponse:
    """Try it on the past."""
    rule = found(request, release_rule_id)
    return _done(request, rule, can_spend(who(request), rule.line), try_rule, _("Tried on the past."))


@require_POST
def start(request: HttpRequest, release_rule_id: int) -> HttpResponse:
    """Make it live: who keeps the budget."""
    rule = found(request, release_rule_id)
    allowed = can_keep_budget(who(request), rule.line.budget.unit)
    return _done(request, rule, allowed, start_rule, _("Live: it is judged whenever data are new."))


@require_POST
def end(request: HttpRequest, release_rule_id: int) -> HttpResponse:
    """It proposes nothing any more."""
    rule = found(request, release_rule_id)
    return _done(request, rule, can_spend(who(request), rule.line), end_rule, _("Ended."))


def figures_of(rule: ReleaseRule) -> dict[str, Any]:
    """Names and values of its terms, as they are shown."""
    metric, counted = judged_figures().get(rule.metric), counted_figures().get(rule.counted)
    return {
        "metric": say(metric.title) if metric else rule.metric,
        "counted": say(counted.title) if counted else rule.counted,
        "planned": worded(rule, rule.planned), "limit": worded(rule, rule.terms.limit),
        "factor": f"{rule.factor.normalize():f}",
    }  # fmt: skip


def worded(rule: ReleaseRule, value: Decimal) -> str:
    """A value of the rule's figure."""
    metric = judged_figures().get(rule.metric)
    if metric is not None and metric.unit == "percent":
        return f"{value:.1%}"
    return f"{value:,.2f}"


def _shown(rule: ReleaseRule, row: dict[str, str]) -> dict[str, Any]:
    return {
        **row, "value": worded(rule, Decimal(row["value"])), "amount": Decimal(row["amount"]),
        "left": Decimal(row["left"]), "count": f"{Decimal(row['count']):,.0f}",
    }  # fmt: skip


def _done(
    request: HttpRequest, rule: ReleaseRule, allowed: Verdict, act: Callable[..., object], said: str
) -> HttpResponse:
    require(allowed)
    tried(request, act, RuleUnclear, said=said, rule=rule)
    return redirect("budgets_rule", rule.pk)
