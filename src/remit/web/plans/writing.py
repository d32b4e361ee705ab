"""Propose a campaign, edit the proposal, take one along."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from remit.execution.actions.template import start_from
from remit.planning.actions.objectives import ObjectivesUnclear
from remit.planning.actions.plan import (
    NotInPreparation,
    PlanCodeTaken,
    PlanUnclear,
    change_plan,
    duplicate_plan,
)
from remit.planning.queries.objectives import objectives_shown
from remit.planning.rules import can_change_plan, can_plan_in

from ..requiring import require
from ..who import who
from .forms import CopyForm, PlanForm, judged_by, measure_forms
from .offering import template_by
from .page import found, show
from .serving import objective_forms, served_by


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Propose a campaign."""
    chosen = request.GET.get("template", "")
    proposed = template_by(chosen, who(request))
    initial = {"template": chosen, "kind": proposed.kind} if proposed else None
    form = PlanForm(request.POST or None, by=who(request), initial=initial)
    measures = measure_forms(request.POST or None, proposed=proposed.measures if proposed else ())
    serving = objective_forms(who(request), request.POST or None)
    if request.method == "POST" and form.is_valid() and measures.is_valid() and serving.is_valid():
        given = dict(form.cleaned_data)
        template = template_by(given.pop("template"), who(request))
        require(can_plan_in(who(request), given["unit"]))
        try:
            plan = start_from(
                template=template, **given, measures=judged_by(measures), objectives=served_by(serving),
                by=who(request), at=timezone.now(),
            )  # fmt: skip
        except PlanCodeTaken as error:
            form.add_error("code", str(error))
        except (PlanUnclear, ObjectivesUnclear) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The plan is there. Its page says what is still missing."))
            return redirect("plans_plan", plan.pk)
    return _form(request, (form, measures, serving), _("Plan a campaign"), reverse("plans_list"))


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, campaign_plan_id: int) -> HttpResponse:
    """Edit what is in preparation."""
    plan = found(request, campaign_plan_id)
    require(can_change_plan(who(request), plan))
    form = PlanForm(request.POST or None, by=who(request), plan=plan)
    measures = measure_forms(request.POST or None, plan.measures.order_by("-kind", "pk"))
    serving = objective_forms(who(request), request.POST or None, objectives_shown(plan))
    if request.method == "POST" and form.is_valid() and measures.is_valid() and serving.is_valid():
        try:
            change_plan(
                plan=plan, **form.cleaned_data, measures=judged_by(measures), objectives=served_by(serving),
                by=who(request), at=timezone.now(),
            )  # fmt: skip
        except (PlanUnclear, ObjectivesUnclear, NotInPreparation) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("plans_plan", plan.pk)
    back = reverse("plans_plan", args=[plan.pk])
    return _form(request, (form, measures, serving), _("Change: %s") % plan.title, back)


@require_POST
def copy(request: HttpRequest, campaign_plan_id: int) -> HttpResponse:
    """The same again from another day on."""
    plan = found(request, campaign_plan_id)
    require(can_plan_in(who(request), plan.unit))
    form = CopyForm(request.POST)
    if form.is_valid():
        try:
            made = duplicate_plan(plan=plan, **form.cleaned_data, by=who(request), at=timezone.now())
        except PlanCodeTaken as error:
            form.add_error("code", str(error))
        except PlanUnclear as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The copy is yours. Change what differs this time."))
            return redirect("plans_plan", made.pk)
    return show(request, plan, copying=form)


def _form(request: HttpRequest, asked: tuple[PlanForm, Any, Any], title: str, back: str) -> HttpResponse:
    form, measures, serving = asked
    wrong = bool(form.errors) or any(rows.is_bound and not rows.is_valid() for rows in (measures, serving))
    context = {"form": form, "measures": measures, "serving": serving, "title": title, "back": back}
    return render(request, "plans/form.html", context, status=422 if wrong else 200)
