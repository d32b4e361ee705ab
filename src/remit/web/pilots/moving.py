"""Start, read, decide, go on, give up."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from remit.learning.actions.pilot import PilotStands, PilotUnclear, move_wave, start_wave
from remit.learning.actions.wave import (
    NoFurtherWeek,
    WaveShut,
    decide_wave,
    give_up_pilot,
    open_wave,
    read_wave_now,
    roll_out_pilot,
)
from remit.learning.pilot_rules import can_decide, can_go_on, can_prepare, can_read, can_steer

from ..doing import done, tried
from ..requiring import require
from ..who import who
from .forms import PilotCancelForm, PilotRollOutForm, WaveDecisionForm, WaveForm
from .page import found, found_wave, show

WRONG = (PilotUnclear, PilotStands, WaveShut)


@require_POST
def start(request: HttpRequest, wave_id: int) -> HttpResponse:
    """From now on the rule stands."""
    row = found_wave(request, wave_id)
    require(can_prepare(who(request), row))
    tried(
        request, start_wave, WRONG, said=_("It runs. Its outlets and its rule stand from now on."), wave=row
    )
    return redirect("pilots_pilot", row.pilot_id)


@require_POST
def days(request: HttpRequest, wave_id: int) -> HttpResponse:
    """Other days for a wave in preparation."""
    row = found_wave(request, wave_id)
    require(can_prepare(who(request), row))
    form = WaveForm(request.POST)
    if done(request, form, move_wave, WRONG, said=_("Saved. Choose anew who tries it."), wave=row):
        return redirect("pilots_pilot", row.pilot_id)
    return show(request, row.pilot, moving=form)


@require_POST
def reading(request: HttpRequest, wave_id: int) -> HttpResponse:
    """Read now instead of in the morning."""
    row = found_wave(request, wave_id)
    require(can_read(who(request), row))
    try:
        weeks = read_wave_now(wave=row, by=who(request), at=timezone.now())
    except NoFurtherWeek as error:
        messages.info(request, str(error))
    else:
        messages.success(request, ngettext("%d week was read.", "%d weeks were read.", weeks) % weeks)
    return redirect("pilots_pilot", row.pilot_id)


@require_POST
def decision(request: HttpRequest, wave_id: int) -> HttpResponse:
    """Decide by the rule."""
    row = found_wave(request, wave_id)
    require(can_decide(who(request), row))
    newest = row.readings.latest("through_on")
    form = WaveDecisionForm(request.POST, advice=newest.advice)
    if done(request, form, decide_wave, WRONG, said=_("Decided."), wave=row):
        return redirect("pilots_pilot", row.pilot_id)
    return show(request, row.pilot, deciding=form)


@require_POST
def wave(request: HttpRequest, pilot_id: int) -> HttpResponse:
    """Prepare the next wave, where the result of the last one says so."""
    row = found(request, pilot_id)
    require(can_go_on(who(request), row))
    form = WaveForm(request.POST)
    if done(request, form, open_wave, WRONG, said=_("Opened. Choose who tries it next."), pilot=row):
        return redirect("pilots_pilot", row.pk)
    return show(request, row, opening=form)


@require_POST
def rolling(request: HttpRequest, pilot_id: int) -> HttpResponse:
    """Record that it is done everywhere, where the last result says so."""
    row = found(request, pilot_id)
    require(can_go_on(who(request), row))
    form = PilotRollOutForm(request.POST)
    if done(request, form, roll_out_pilot, WRONG, said=_("Rolled out."), pilot=row):
        return redirect("pilots_pilot", row.pk)
    return show(request, row, rolling=form)


@require_POST
def cancellation(request: HttpRequest, pilot_id: int) -> HttpResponse:
    """Give it up."""
    row = found(request, pilot_id)
    require(can_steer(who(request), row))
    form = PilotCancelForm(request.POST)
    if done(request, form, give_up_pilot, WRONG, said=_("Given up; the reason stays."), pilot=row):
        return redirect("pilots_pilot", row.pk)
    return show(request, row, cancelling=form)
