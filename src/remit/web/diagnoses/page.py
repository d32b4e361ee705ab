"""One diagnosis: what goes wrong, the tree of whys with their evidence, what is done, what came of it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from remit.learning.actions.diagnosis import (
    DiagnosisStands,
    DiagnosisUnclear,
    conclude_diagnosis,
    drop_diagnosis,
)
from remit.learning.actions.why import ask_why
from remit.learning.diagnosis_rules import (
    CLAUSE,
    can_look_into,
    can_steer,
    diagnoses_visible_to,
    lacking,
)
from remit.learning.enums import DiagnosisStage, WhyVerdict
from remit.learning.models import Diagnosis, Why
from remit.learning.rules import company_of

from ..doing import done
from ..figures.sight import Sight
from ..requiring import require
from ..who import who
from .forms import ConcludeForm, GiveUpForm, WhyForm
from .tree import tree_of
from .words import STAGE_TONES

WRONG = (DiagnosisUnclear, DiagnosisStands)


def found(request: HttpRequest, diagnosis_id: int) -> Diagnosis:
    """The diagnosis, if the person may see it."""
    rows = diagnoses_visible_to(who(request)).select_related("unit", "owner", "plan", "ended_by", "made_by")
    return get_object_or_404(rows, pk=diagnosis_id)


@require_GET
def page(request: HttpRequest, diagnosis_id: int) -> HttpResponse:
    """The whole of it: this is the deliverable of the duty."""
    return _show(request, found(request, diagnosis_id))


@require_POST
def first_why(request: HttpRequest, diagnosis_id: int) -> HttpResponse:
    """A possible cause of what goes wrong."""
    row = found(request, diagnosis_id)
    require(can_look_into(who(request), row))
    form = WhyForm(request.POST)
    said = _("Asked. Now give evidence for it or against it.")
    if done(request, form, ask_why, WRONG, said=said, diagnosis=row, parent=None):
        return redirect(newest_why(row, None, form))
    return _show(request, row, asking=form)


def newest_why(diagnosis: Diagnosis, parent: Why | None, form: Any) -> str:
    """The address of the why that was just asked."""
    why = diagnosis.whys.get(parent=parent, statement=form.cleaned_data["statement"])
    return reverse("diagnoses_why", args=[why.pk])


@require_POST
def conclusion(request: HttpRequest, diagnosis_id: int) -> HttpResponse:
    """Say what was found, and end it."""
    row = found(request, diagnosis_id)
    require(can_steer(who(request), row))
    form = ConcludeForm(request.POST)
    said = _("Concluded. What is done about it is looked at on its day.")
    if done(request, form, conclude_diagnosis, WRONG, said=said, diagnosis=row):
        return redirect("diagnoses_diagnosis", row.pk)
    return _show(request, row, concluding=form)


@require_POST
def giving_up(request: HttpRequest, diagnosis_id: int) -> HttpResponse:
    """End it without a root cause."""
    row = found(request, diagnosis_id)
    require(can_steer(who(request), row))
    form = GiveUpForm(request.POST)
    if done(request, form, drop_diagnosis, WRONG, said=_("Given up; the reason stays."), diagnosis=row):
        return redirect("diagnoses_diagnosis", row.pk)
    return _show(request, row, giving_up=form)


def currency_of(diagnosis: Diagnosis) -> str:
    """That of the company whose figures it is about; none above all companies."""
    company = company_of(diagnosis.unit)
    return company.currency if company else ""


def _show(request: HttpRequest, row: Diagnosis, **more: Any) -> HttpResponse:
    person, sight = who(request), Sight.of(request)
    nodes = tree_of(row, sight, currency_of(row))
    whys = list(row.whys.prefetch_related("remedies"))
    may_look, may_steer = bool(can_look_into(person, row)), bool(can_steer(person, row))
    is_open = row.stage == DiagnosisStage.OPEN
    context = {
        "diagnosis": row, "nodes": nodes, "tone": STAGE_TONES.get(DiagnosisStage(row.stage), ""),
        "roots": [why for why in whys if why.verdict == WhyVerdict.ROOT],
        "asked": len(whys), "may_look": may_look, "may_steer": may_steer, "is_open": is_open,
        "lacking": lacking(whys) if is_open and may_steer else [], "clause": CLAUSE,
        "asking": WhyForm(), "concluding": ConcludeForm(), "giving_up": GiveUpForm(),
    }  # fmt: skip
    return render(request, "diagnoses/diagnosis.html", context | more, status=422 if more else 200)
