"""One risk: its rating, what is done, its trigger and plan B; look at it again, fire, watch on, close."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from remit.execution.actions.risk import (
    NotWatched,
    RiskUnclear,
    close_risk,
    fire_risk,
    review_risk,
    watch_again,
)
from remit.execution.models import Risk
from remit.execution.risk_rules import can_keep_risk, risks_visible_to, trigger_words
from remit.org.queries.today import today

from ..doing import done, say_refusals, tried
from ..requiring import require
from ..who import who
from .forms import FireForm, ReviewForm, WatchForm
from .listing import score_tone

WRONG = (NotWatched, RiskUnclear)
AGAIN = timedelta(days=28)
ASKED = {"watched": ("reviewing", "firing"), "fired": ("watching",)}  # the forms of the page, by state


def found(request: HttpRequest, risk_id: int) -> Risk:
    """The risk, if the person may see it."""
    rows = risks_visible_to(who(request)).select_related(
        "unit", "plan__unit", "owner", "alert", "fired_by", "made_by"
    )
    return get_object_or_404(rows, pk=risk_id)


@require_GET
def page(request: HttpRequest, risk_id: int) -> HttpResponse:
    """What may happen, how one notices, and what is done then."""
    return _show(request, found(request, risk_id))


@require_POST
def review(request: HttpRequest, risk_id: int) -> HttpResponse:
    """Rate it anew."""
    risk = _kept(request, risk_id)
    form = ReviewForm(request.POST)
    if done(request, form, review_risk, WRONG, said=_("Saved."), risk=risk):
        return redirect("risks_risk", risk.pk)
    return _show(request, risk, reviewing=form)


@require_POST
def fire(request: HttpRequest, risk_id: int) -> HttpResponse:
    """Somebody says that it happened."""
    risk = _kept(request, risk_id)
    form = FireForm(request.POST)
    if form.is_valid():
        try:
            fire_risk(risk=risk, reason=form.cleaned_data["reason"], by=who(request), at=timezone.now())
        except WRONG as error:
            form.add_error(None, str(error))
        else:
            made = risk.fallback_tasks.exclude(task=None).count()
            said = ngettext("%d task of plan B was created.", "%d tasks of plan B were created.", made)
            messages.success(request, said % made)
            return redirect("risks_risk", risk.pk)
    return _show(request, risk, firing=form)


@require_POST
def watch(request: HttpRequest, risk_id: int) -> HttpResponse:
    """Watch on after it fired."""
    risk = _kept(request, risk_id)
    form = WatchForm(request.POST)
    if done(request, form, watch_again, WRONG, said=_("It is watched again."), risk=risk):
        return redirect("risks_risk", risk.pk)
    return _show(request, risk, watching=form)


@require_POST
def close(request: HttpRequest, risk_id: int) -> HttpResponse:
    """It can no longer happen."""
    risk = _kept(request, risk_id)
    tried(request, close_risk, NotWatched, said=_("Closed. It stays in the list of closed risks."), risk=risk)
    return redirect("risks_risk", risk.pk)


def _kept(request: HttpRequest, risk_id: int) -> Risk:
    risk = found(request, risk_id)
    require(can_keep_risk(who(request), risk))
    return risk


def _show(request: HttpRequest, risk: Risk, **more: Any) -> HttpResponse:
    for name, form in more.items():
        if name not in ASKED.get(risk.state, ()):
            say_refusals(request, form)
    again = {"review_on": today() + AGAIN}
    rated = {"probability": risk.probability, "impact": risk.impact}
    context = {
        "risk": risk, "tone": score_tone(risk), "may_keep": bool(can_keep_risk(who(request), risk)),
        "plan_b": risk.fallback_tasks.select_related("owner", "task").order_by("after_days", "pk"),
        "reviews": risk.reviews.select_related("by").order_by("-at"),
        "is_due": risk.state == "watched" and risk.review_on <= today(),
        "reviewing": ReviewForm(initial={**rated, **again}), "firing": FireForm(),
        "watching": WatchForm(initial=again),
        "fired_because": risk.fired_reason if risk.fired_by else trigger_words(risk),
    }  # fmt: skip
    return render(request, "risks/risk.html", context | more, status=422 if more else 200)
