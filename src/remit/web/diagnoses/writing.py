"""Begin a diagnosis, from wherever the question came up; change it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from remit.learning.actions.diagnosis import add_diagnosis, change_diagnosis
from remit.learning.diagnosis_rules import can_diagnose, can_steer

from ..doing import done
from ..figures.sight import Sight
from ..requiring import require
from ..who import who
from .forms import DiagnosisForm
from .page import WRONG, found


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin one; ``?title=&problem=&unit=&from=`` fill the form, as the ways in do."""
    person = who(request)
    require(can_diagnose(person))
    form = DiagnosisForm(request.POST or None, by=person, initial=_initial(request))
    if request.method == "POST" and form.is_valid():
        try:
            row = add_diagnosis(by=person, at=timezone.now(), **form.cleaned_data)
        except WRONG as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Begun. Ask the first why."))
            return redirect("diagnoses_diagnosis", row.pk)
    return _form(request, form, _("Begin a diagnosis"), reverse("diagnoses_list"))


def _initial(request: HttpRequest) -> dict[str, Any]:
    said = {
        name: request.GET.get(name, "").replace("\0", "") for name in ("title", "problem", "from", "unit")
    }
    units = Sight.of(request).units
    unit = next((one for one in units if one.code == said["unit"]), units[0] if units else None)
    return {
        "title": said["title"][:160], "problem": said["problem"][:1000], "came_from": said["from"],
        "unit": unit,
    }  # fmt: skip


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, diagnosis_id: int) -> HttpResponse:
    """Change what it is about, or who owns it."""
    row, person = found(request, diagnosis_id), who(request)
    require(can_steer(person, row))
    form = DiagnosisForm(request.POST or None, by=person, diagnosis=row)
    saved = request.method == "POST" and done(
        request, form, change_diagnosis, WRONG, said=_("Saved."), diagnosis=row
    )
    if saved:
        return redirect("diagnoses_diagnosis", row.pk)
    return _form(request, form, row.title, reverse("diagnoses_diagnosis", args=[row.pk]))


def _form(request: HttpRequest, form: DiagnosisForm, title: str, back: str) -> HttpResponse:
    context = {"form": form, "title": title, "back": back}
    return render(request, "diagnoses/form.html", context, status=422 if form.errors else 200)
