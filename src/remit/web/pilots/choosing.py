"""Choose who tries a wave; the product proposes what they are compared with."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from remit.core.unanswered import CannotAnswer
from remit.learning.actions.pilot import PilotStands, PilotUnclear, choose_units, offered
from remit.learning.enums import WaveRole
from remit.learning.models import Wave
from remit.learning.pilot_rules import can_prepare
from remit.learning.queries.piloting import Candidate, by_lot
from remit.learning.rules import company_of
from remit.metrics.queries.definitions import catalogue

from ..figures.refusals import refusal_of
from ..requiring import require
from ..who import who
from .forms import OutletsForm
from .page import found_wave
from .words import level_of


@require_http_methods(["GET", "POST"])
def choosing(request: HttpRequest, wave_id: int) -> HttpResponse:
    """Those who may be chosen with their size; ticked ones or some by lot."""
    wave, person = found_wave(request, wave_id), who(request)
    require(can_prepare(person, wave))
    at, wrong, listed = timezone.now(), "", []
    try:
        listed = offered(wave, person, at)
    except CannotAnswer as error:
        said = refusal_of(error)
        wrong = f"{said.reason} {said.next}".strip()
    form = OutletsForm(request.POST or None, offered=listed)
    if request.method == "POST" and form.is_valid():
        lot = form.cleaned_data["lot"]
        codes = by_lot(wave, listed, lot) if lot else form.cleaned_data["codes"]
        try:
            choose_units(wave=wave, codes=codes, by=person, at=at)
        except (PilotUnclear, PilotStands) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Chosen. See what they are compared with, then start it."))
            return redirect("pilots_pilot", wave.pilot_id)
    return _page(request, wave, listed, form, wrong)


def _page(
    request: HttpRequest, wave: Wave, listed: list[Candidate], form: OutletsForm, wrong: str
) -> HttpResponse:
    metric, company = catalogue().get(wave.pilot.metric), company_of(wave.pilot.unit)
    ticked = set(form.data.getlist("codes")) if form.is_bound else _chosen(wave)  # type: ignore[attr-defined]  # a posted form
    rows = [
        (one, level_of(one.level, metric, company.currency if company else ""), one.code in ticked)
        for one in listed
    ]
    context = {"wave": wave, "pilot": wave.pilot, "rows": rows, "form": form, "wrong": wrong,
               "metric": metric}  # fmt: skip
    return render(request, "pilots/outlets.html", context, status=422 if form.errors else 200)


def _chosen(wave: Wave) -> set[str]:
    return set(wave.units.filter(role=WaveRole.CHOSEN).values_list("code", flat=True))
