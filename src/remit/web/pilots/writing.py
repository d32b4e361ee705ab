"""Prepare a pilot, change it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from remit.learning.actions.pilot import PilotUnclear, add_pilot, change_pilot
from remit.learning.pilot_rules import can_change, can_pilot

from ..doing import done
from ..figures.sight import Sight
from ..requiring import require
from ..who import who
from .forms import PilotForm
from .moving import WRONG
from .page import found


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Prepare one; who tries it is chosen next."""
    person = who(request)
    require(can_pilot(person))
    form = PilotForm(request.POST or None, by=person, initial=_initial(request))
    if request.method == "POST" and form.is_valid():
        try:
            row = add_pilot(by=person, at=timezone.now(), **form.cleaned_data)
        except PilotUnclear as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Prepared. Choose now who tries it."))
            return redirect("pilots_outlets", row.waves.get().pk)
    return _form(request, form, _("Prepare a pilot"), reverse("pilots_list"))


def _initial(request: HttpRequest) -> dict[str, Any]:
    units = [one for one in Sight.of(request).units if one.is_company] or Sight.of(request).units
    return {"unit": units[0] if units else None}


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pilot_id: int) -> HttpResponse:
    """Change it before its start; who tries it is then chosen anew."""
    row, person = found(request, pilot_id), who(request)
    require(can_change(person, row))
    form = PilotForm(request.POST or None, by=person, pilot=row)
    saved = request.method == "POST" and done(
        request, form, change_pilot, WRONG, said=_("Saved. Choose anew who tries it."), pilot=row
    )
    if saved:
        return redirect("pilots_pilot", row.pk)
    return _form(request, form, row.title, reverse("pilots_pilot", args=[row.pk]))


def _form(request: HttpRequest, form: PilotForm, title: str, back: str) -> HttpResponse:
    context = {"form": form, "title": title, "back": back}
    return render(request, "pilots/form.html", context, status=422 if form.errors else 200)
