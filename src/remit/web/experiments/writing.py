"""Prepare an experiment, change it, make one of a dispute."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from remit.execution.conflict_rules import conflicts_visible_to
from remit.learning.actions.dispute import try_instead
from remit.learning.actions.experiment import (
    ExperimentStands,
    ExperimentUnclear,
    add_experiment,
    change_experiment,
)
from remit.learning.rules import can_change, can_try, can_try_instead, company_of

from ..conflicts.words import named, said, title_of
from ..requiring import require
from ..who import who
from .forms import ExperimentForm, variant_forms, variants_given
from .page import found


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Prepare one."""
    person = who(request)
    require(can_try(person))
    form, rows = ExperimentForm(request.POST or None, by=person), variant_forms(request.POST or None)
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        try:
            experiment = add_experiment(
                variants=variants_given(rows), by=person, at=timezone.now(), **form.values_for_action()
            )
        except ExperimentUnclear as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Prepared. See what the past says, then start it."))
            return redirect("experiments_experiment", experiment.pk)
    return _form(request, form, rows, _("Prepare an experiment"), reverse("experiments_list"))


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, experiment_id: int) -> HttpResponse:
    """Change it before its start."""
    experiment, person = found(request, experiment_id), who(request)
    require(can_change(person, experiment))
    form = ExperimentForm(request.POST or None, by=person, experiment=experiment)
    rows = variant_forms(request.POST or None, experiment)
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        try:
            change_experiment(
                experiment=experiment, variants=variants_given(rows), by=person, at=timezone.now(),
                **form.values_for_action(),
            )  # fmt: skip
        except (ExperimentUnclear, ExperimentStands) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("experiments_experiment", experiment.pk)
    back = reverse("experiments_experiment", args=[experiment.pk])
    return _form(request, form, rows, experiment.title, back)


@require_POST
def dispute(request: HttpRequest, conflict_id: int) -> HttpResponse:
    """One click: a dispute becomes an experiment between its ways out (H5.1.2)."""
    person = who(request)
    conflict = get_object_or_404(conflicts_visible_to(person).select_related("unit"), pk=conflict_id)
    require(can_try_instead(person, conflict))
    company = company_of(conflict.unit)
    assert company is not None  # required above
    named([conflict])
    experiment = try_instead(
        conflict=conflict, unit=company, title=title_of(conflict), note=said(conflict), by=person,
        at=timezone.now(),
    )  # fmt: skip
    messages.success(request, _("Prepared from the dispute. Complete it, then start it: its result decides."))
    return redirect("experiments_edit", experiment.pk)


def _form(request: HttpRequest, form: ExperimentForm, rows: Any, title: str, back: str) -> HttpResponse:
    wrong = bool(form.errors) or (rows.is_bound and not rows.is_valid())
    context = {"form": form, "rows": rows, "title": title, "back": back}
    return render(request, "experiments/form.html", context, status=422 if wrong else 200)
