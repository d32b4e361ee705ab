"""One pilot: what is tried, its waves with what the weeks said, what the rule says, whether it goes on."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from remit.learning.enums import PilotStage, WaveAdvice, WaveRole, WaveStage
from remit.learning.models import Pilot, Wave, WaveReading
from remit.learning.pilot_rules import (
    can_change,
    can_decide,
    can_prepare,
    can_read,
    can_steer,
    gate,
    pilots_visible_to,
    waves_visible_to,
)
from remit.learning.queries.newest import whole_waves
from remit.learning.rules import company_of
from remit.metrics.catalog.spec import Metric
from remit.metrics.queries.definitions import catalogue
from remit.org.models import Person
from remit.org.queries.today import company_day, today

from ..charts import Chart
from ..experiments.words import whisker
from ..who import who
from .forms import PilotCancelForm, PilotRollOutForm, WaveDecisionForm, WaveForm
from .words import (
    ADVICE_TONES,
    PILOT_TONES,
    WAVE_TONES,
    Place,
    chance,
    days_left_said,
    effect_said,
    paths,
    places_of,
    sight_said,
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A wave as it is drawn; ``newest``: its newest reading, none before the first."""

    wave: Wave
    tone: str
    chosen: list[Place]
    controls: list[Place]
    fit: Chart | None
    sight: str
    newest: WaveReading | None
    readings: list[WaveReading]
    effect: str
    effect_drawing: Any
    advice_tone: str
    chance: Chart | None
    days_left: str
    is_backdated: bool


def found(request: HttpRequest, pilot_id: int) -> Pilot:
    """The pilot, if the person may see it."""
    rows = pilots_visible_to(who(request)).select_related("unit", "owner", "made_by", "ended_by")
    return get_object_or_404(rows, pk=pilot_id)


def found_wave(request: HttpRequest, wave_id: int) -> Wave:
    """The wave, if the person may see its pilot."""
    rows = waves_visible_to(who(request)).select_related("pilot__unit", "pilot__owner")
    return get_object_or_404(rows, pk=wave_id)


@require_GET
def page(request: HttpRequest, pilot_id: int) -> HttpResponse:
    """What is tried and what became of it."""
    return show(request, found(request, pilot_id))


def show(request: HttpRequest, pilot: Pilot, **more: Any) -> HttpResponse:
    """The page; ``more``: a form with its faults."""
    metric, company = catalogue().get(pilot.metric), company_of(pilot.unit)
    waves = [_shown(one, metric, company.currency if company else "") for one in whole_waves(pilot)]
    tone = PILOT_TONES.get(PilotStage(pilot.stage), "")
    context = {"pilot": pilot, "metric": metric, "waves": waves, "tone": tone}
    context |= _may(who(request), pilot, waves)
    return render(request, "pilots/pilot.html", context | more, status=422 if more else 200)


def _shown(wave: Wave, metric: Metric | None, currency: str) -> Shown:
    units, readings = list(wave.units.all()), list(wave.readings.all())
    newest = readings[-1] if readings else None
    drawn = newest.drawn if newest and newest.drawn else wave.foreseen
    value = (newest.value, newest.low, newest.high) if newest else (None, None, None)
    scale = max((abs(one) for one in value if one is not None), default=0.1) or 0.1
    tone = ADVICE_TONES.get(WaveAdvice(newest.advice), "") if newest else ""
    return Shown(
        wave, WAVE_TONES.get(WaveStage(wave.stage), ""),
        places_of(units, WaveRole.CHOSEN, metric, currency),
        places_of(units, WaveRole.CONTROL, metric, currency), paths(drawn, wave.starts_on) if drawn else None,
        sight_said(wave) if wave.foreseen else "", newest, readings, effect_said(newest) if newest else "",
        whisker(*value, scale, "flat"), tone, chance(newest) if newest else None,
        days_left_said(wave, today()), _is_backdated(wave),
    )  # fmt: skip


def _is_backdated(wave: Wave) -> bool:
    """Entered after its first day: neither outlets nor rule were fixed before anybody knew."""
    return wave.started_at is not None and company_day(wave.started_at) > wave.starts_on


def _may(person: Person, pilot: Pilot, waves: list[Shown]) -> dict[str, Any]:
    """Who may do what, with the forms for it."""
    last = waves[0].wave
    newest = waves[0].newest
    goes_on, steers = gate(pilot), bool(can_steer(person, pilot))
    return {
        "may_change": bool(can_change(person, pilot)), "may_prepare": bool(can_prepare(person, last)),
        "may_read": bool(can_read(person, last)), "may_decide": bool(can_decide(person, last)),
        "may_steer": steers, "gate": goes_on,
        "deciding": WaveDecisionForm(advice=newest.advice if newest else ""), "opening": WaveForm(),
        "moving": WaveForm(initial={"starts_on": last.starts_on, "weeks": last.weeks}),
        "rolling": PilotRollOutForm(), "cancelling": PilotCancelForm(),
    }  # fmt: skip
