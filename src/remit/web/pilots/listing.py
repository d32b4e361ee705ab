"""The list of pilots."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET

from remit.learning.enums import PilotStage, WaveAdvice, WaveStage
from remit.learning.pilot_rules import can_pilot, pilots_visible_to
from remit.learning.queries.newest import with_newest_wave

from ..drawing import fitted
from ..lists import Column, Filter, Listing
from ..numbers import change
from ..templatetags.figures import say
from ..who import who
from ..whose import whose
from .words import PILOT_TONES

NOTE_ROOM = 64
COLUMNS = (
    Column(
        "title", pgettext_lazy("thing", "Pilot"), sort="title",
        href=lambda row: reverse("pilots_pilot", args=[row.pk]),
        note=lambda row: fitted(row.ended_with or row.change, NOTE_ROOM),
    ),
    Column("unit", _("Unit"), value=lambda row: say(row.unit)),
    Column("owner", _("Owner"), value=lambda row: say(row.owner), sort="owner__name"),
    Column("wave_number", _("Wave"), kind="number", sort="wave_number"),
    Column(
        "wave_stage", _("Where the wave stands"), value=lambda row: str(WaveStage(row.wave_stage).label)
    ),
    Column("wave_starts_on", _("First day"), kind="day", sort="wave_starts_on"),
    Column("effect", _("Effect"), value=lambda row: change(row.effect), raw=lambda row: row.effect),
    Column(
        "advice", _("The rule says"),
        value=lambda row: str(WaveAdvice(row.advice).label) if row.advice else "",
    ),
    Column(
        "stage", pgettext_lazy("pilot", "Stage"), kind="badge", sort="stage",
        value=lambda row: row.get_stage_display(), tone=lambda row: PILOT_TONES.get(row.stage, ""),
    ),
)  # fmt: skip


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """What is tried in a few places first, and what came of it, the newest first."""
    person = who(request)
    rows = with_newest_wave(pilots_visible_to(person).select_related("unit", "owner"))
    found = Listing(
        request, rows, COLUMNS, name="pilots", search=("title", "change", "ending"),
        filters=(
            Filter("stage", pgettext_lazy("pilot", "Stage"), PilotStage.choices, field="stage"),
            whose(person),
        ),
        sort="-wave_starts_on",
    )  # fmt: skip
    context = {"listing": found, "may_pilot": bool(can_pilot(person))}
    return found.export() or render(request, "pilots/list.html", context)
