"""From the estimate over the approval to the launch, and the deviations on the way."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from remit.customers.rules import can_name_customers
from remit.governance.actions.request import NoPolicy, NotTaken
from remit.planning.actions.approval import NotApproved, ask_for_approval, launch_plan
from remit.planning.actions.audience import AudienceUnclear
from remit.planning.actions.deviation import NothingDeviates, ask_deviation
from remit.planning.actions.dropping import AlreadyAsked, drop_deviation
from remit.planning.actions.estimate import EstimateUnclear, make_estimate
from remit.planning.actions.objectives import ObjectivesUnclear
from remit.planning.actions.plan import NotInPreparation, PlanUnclear
from remit.planning.governed import DEVIATING
from remit.planning.models import Plan
from remit.planning.queries.objectives import objectives_shown
from remit.planning.rules import (
    can_ask_deviation,
    can_change_plan,
    can_drop_deviation,
    can_estimate,
    can_launch,
    deviations_visible_to,
)

from ..doing import tried
from ..requiring import require
from ..who import who
from .audience import AudienceForm
from .forms import DeviationForm, EstimateForm
from .page import found, show
from .serving import objective_forms, served_by

REFUSALS = (NothingDeviates, AlreadyAsked, PlanUnclear, ObjectivesUnclear, AudienceUnclear, NoPolicy)


@require_POST
def estimate(request: HttpRequest, campaign_plan_id: int) -> HttpResponse:
    """Freeze what it is expected to bring."""
    plan = found(request, campaign_plan_id)
    require(can_estimate(who(request), plan))
    form = EstimateForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            make_estimate(
                plan=plan, reach=given["reach"], value=given["value"], basis=given["basis"],
                conversion=(given["low"], given["likely"], given["high"]), by=who(request), at=timezone.now(),
            )  # fmt: skip
        except EstimateUnclear as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The estimate is kept as it is; its result will be held against it."))
            return redirect("plans_plan", plan.pk)
    return show(request, plan, estimating=form)


@require_POST
def approval(request: HttpRequest, campaign_plan_id: int) -> HttpResponse:
    """Open the request: its page says what the policy asks before anything is submitted."""
    plan = found(request, campaign_plan_id)
    require(can_change_plan(who(request), plan))
    try:
        opened = ask_for_approval(plan=plan, by=who(request), at=timezone.now())
    except NotInPreparation as error:
        messages.error(request, str(error))
        return redirect("plans_plan", plan.pk)
    return redirect("approvals_request", opened.pk)


@require_POST
def launch(request: HttpRequest, campaign_plan_id: int) -> HttpResponse:
    """Let it run."""
    plan = found(request, campaign_plan_id)
    require(can_launch(who(request), plan))
    tried(request, launch_plan, NotApproved, said=_("Launched."), plan=plan)
    return redirect("plans_plan", plan.pk)


@require_http_methods(["GET", "POST"])
def deviation(request: HttpRequest, campaign_plan_id: int) -> HttpResponse:
    """Ask for a change of what was approved."""
    plan = found(request, campaign_plan_id)
    require(can_ask_deviation(who(request), plan))
    initial = {name: getattr(plan, name) for name in DEVIATING if name not in ("objectives", "listed")}
    form = DeviationForm(request.POST or None, initial=initial)
    naming = _naming(request, plan)
    serving = objective_forms(who(request), request.POST or None, objectives_shown(plan))
    rows = [each for each in (form, serving, naming) if each is not None]
    if request.method == "POST" and all(each.is_valid() for each in rows):
        given = dict(form.cleaned_data) | _named_in(naming)
        try:
            row = ask_deviation(
                plan=plan, by=who(request), at=timezone.now(), **given, objectives=served_by(serving)
            )  # fmt: skip
        except NotTaken as error:
            for sentence in error.sentences:
                form.add_error(None, sentence)
        except REFUSALS as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Asked for. Nothing changes before the last signature."))
            return redirect("approvals_request", row.request_id)
    context = {
        "form": form, "serving": serving, "naming": naming, "plan": plan,
        "title": _("Deviation: %s") % plan.title, "back": reverse("plans_plan", args=[plan.pk]),
    }  # fmt: skip
    wrong = any(each.is_bound and not each.is_valid() for each in rows)
    return render(request, "plans/deviation.html", context, status=422 if wrong else 200)


def _naming(request: HttpRequest, plan: Plan) -> AudienceForm | None:
    """The form that names other customers, for who may know them by name."""
    if not can_name_customers(who(request)):
        return None
    return AudienceForm(request.POST or None, request.FILES or None, by=who(request), plan=plan)


def _named_in(naming: AudienceForm | None) -> dict[str, Any]:
    """The customers, where others are named."""
    return {"listed": naming.named} if naming and naming.has_changed() else {}


@require_POST
def drop(request: HttpRequest, deviation_id: int) -> HttpResponse:
    """No longer ask for it."""
    row = get_object_or_404(deviations_visible_to(who(request)).select_related("plan__unit"), pk=deviation_id)
    require(can_drop_deviation(who(request), row))
    tried(request, drop_deviation, AlreadyAsked, said=_("Dropped. What is in force stays."), deviation=row)
    return redirect("plans_plan", row.plan_id)
