"""Results, the retrospective, and the end."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from remit.planning.actions.closing import (
    NotRunning,
    NotWhole,
    close_plan,
    enter_result,
    keep_results,
    write_retrospective,
)
from remit.planning.actions.plan import NotInPreparation, PlanUnclear, cancel_plan
from remit.planning.queries.results import results_of
from remit.planning.rules import can_cancel, can_close, can_evaluate, measures_visible_to

from ..doing import done, say_refusals, tried
from ..requiring import require
from ..who import who
from .forms import CancelForm, RetrospectiveForm
from .page import found, result_form, show


@require_POST
def results(request: HttpRequest, campaign_plan_id: int) -> HttpResponse:
    """Read what metrics say of it."""
    plan = found(request, campaign_plan_id)
    require(can_evaluate(who(request), plan))
    read = results_of(plan)
    try:
        count = keep_results(plan=plan, results=read, by=who(request), at=timezone.now())
    except NotRunning as error:
        messages.error(request, str(error))
        return redirect("plans_plan", plan.pk)
    missing = plan.measures.exclude(metric="").count() - count
    if count:
        said = ngettext("%s result was read from data.", "%s results were read from data.", count)
        messages.success(request, said % count)
    if missing:
        said = ngettext(
            "%s measure has no data in these days yet.",
            "%s measures have no data in these days yet.",
            missing,
        )
        messages.warning(request, said % missing)
    return redirect("plans_plan", plan.pk)


@require_POST
def result(request: HttpRequest, measure_id: int) -> HttpResponse:
    """Enter the result of a measure that no metric reads."""
    measure = get_object_or_404(measures_visible_to(who(request)), pk=measure_id)
    plan = found(request, measure.plan_id)
    require(can_evaluate(who(request), plan))
    form = result_form(measure, request.POST)
    if done(request, form, enter_result, (NotWhole, NotRunning), measure=measure):
        return redirect("plans_plan", plan.pk)
    if measure.metric:
        say_refusals(request, form)
    return show(request, plan, entering=form, entering_of=measure.pk)


@require_POST
def retrospective(request: HttpRequest, campaign_plan_id: int) -> HttpResponse:
    """Write it, or write it anew."""
    plan = found(request, campaign_plan_id)
    require(can_evaluate(who(request), plan))
    form = RetrospectiveForm(request.POST)
    if done(request, form, write_retrospective, (NotWhole, NotRunning), said=_("Saved."), plan=plan):
        return redirect("plans_plan", plan.pk)
    return show(request, plan, looking_back=form)


@require_POST
def close(request: HttpRequest, campaign_plan_id: int) -> HttpResponse:
    """Close it."""
    plan = found(request, campaign_plan_id)
    require(can_close(who(request), plan))
    tried(request, close_plan, (NotWhole, NotRunning), said=_("Closed."), plan=plan)
    return redirect("plans_plan", plan.pk)


@require_POST
def cancel(request: HttpRequest, campaign_plan_id: int) -> HttpResponse:
    """End it without closing."""
    plan = found(request, campaign_plan_id)
    require(can_cancel(who(request), plan))
    form = CancelForm(request.POST)
    if done(request, form, cancel_plan, (NotInPreparation, PlanUnclear), said=_("Cancelled."), plan=plan):
        return redirect("plans_plan", plan.pk)
    return show(request, plan, cancelling=form)
