"""Register a risk, change it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from remit.execution.actions.risk import NotWatched, RiskUnclear, add_risk, change_risk
from remit.execution.risk_rules import can_keep_risk, can_register_risks

from ..requiring import require
from ..who import who
from .forms import RiskForm, fallback_forms, fallbacks
from .page import found


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Register a risk."""
    person = who(request)
    require(can_register_risks(person))
    form, rows = RiskForm(request.POST or None, by=person), fallback_forms(request.POST or None, person)
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        try:
            risk = add_risk(
                fallback_tasks=fallbacks(rows), by=person, at=timezone.now(), **form.cleaned_data
            )  # fmt: skip
        except RiskUnclear as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("It is watched from now on."))
            return redirect("risks_risk", risk.pk)
    return _form(request, form, rows, _("Register a risk"), reverse("risks_list"))


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, risk_id: int) -> HttpResponse:
    """Change it."""
    risk, person = found(request, risk_id), who(request)
    require(can_keep_risk(person, risk))
    form = RiskForm(request.POST or None, by=person, risk=risk)
    rows = fallback_forms(request.POST or None, person, risk)
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        try:
            change_risk(
                risk=risk, fallback_tasks=fallbacks(rows), by=person, at=timezone.now(), **form.cleaned_data
            )  # fmt: skip
        except (RiskUnclear, NotWatched) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("risks_risk", risk.pk)
    return _form(request, form, rows, risk.title, reverse("risks_risk", args=[risk.pk]))


def _form(request: HttpRequest, form: RiskForm, rows: Any, title: str, back: str) -> HttpResponse:
    wrong = bool(form.errors) or (rows.is_bound and not rows.is_valid())
    context = {"form": form, "rows": rows, "title": title, "back": back}
    return render(request, "risks/form.html", context, status=422 if wrong else 200)
