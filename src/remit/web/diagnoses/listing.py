"""The list of diagnoses."""

from django.db.models import Count, Min, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET

from remit.learning.diagnosis_rules import can_diagnose, diagnoses_visible_to
from remit.learning.enums import DiagnosisStage, WhyVerdict
from remit.learning.queries.diagnosing import with_effects

from ..drawing import fitted
from ..lists import Column, Filter, Listing, Rows
from ..templatetags.figures import say
from ..who import who
from ..whose import whose
from .words import STAGE_TONES

NOTE_ROOM = 64
ALIVE = Q(whys__remedies__dropped_for="", whys__remedies__isnull=False)
COLUMNS = (
    Column(
        "title", _("Diagnosis"), sort="title", href=lambda row: reverse("diagnoses_diagnosis", args=[row.pk]),
        note=lambda row: fitted(row.conclusion or row.problem, NOTE_ROOM),
    ),
    Column("unit", _("Unit"), value=lambda row: say(row.unit)),
    Column("owner", _("Owner"), value=lambda row: say(row.owner), sort="owner__name"),
    Column("noticed_on", _("Noticed on"), kind="day", sort="noticed_on"),
    Column("asked", pgettext_lazy("diagnosis", "Whys"), kind="number", sort="asked"),
    Column("roots", _("Root causes"), kind="number", sort="roots"),
    Column(
        "acts", _("Actions done"), value=lambda row: f"{row.done} / {row.acts}" if row.acts else "",
        raw=lambda row: row.done,
    ),
    Column("next_on", _("Effect is read on"), kind="day", sort="next_on"),
    Column(
        "stage", pgettext_lazy("diagnosis", "Stage"), kind="badge", sort="stage",
        value=lambda row: row.get_stage_display(),
        tone=lambda row: STAGE_TONES.get(DiagnosisStage(row.stage), ""),
    ),
)  # fmt: skip


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """What is looked into and what came of it, the newest first."""
    person = who(request)
    rows = diagnoses_visible_to(person).select_related("unit", "owner").annotate(
        asked=Count("whys", distinct=True),
        roots=Count("whys", Q(whys__verdict=WhyVerdict.ROOT), distinct=True),
        acts=Count("whys__remedies", ALIVE, distinct=True),
        done=Count("whys__remedies", ALIVE & Q(whys__remedies__done_on__isnull=False), distinct=True),
        next_on=Min("whys__remedies__check_on", filter=ALIVE & Q(whys__remedies__read_at=None)),
    )  # fmt: skip
    found = Listing(
        request, rows, COLUMNS, name="diagnoses",
        search=("title", "problem", "conclusion", "whys__statement"),
        filters=(
            Filter("stage", pgettext_lazy("diagnosis", "Stage"), DiagnosisStage.choices, field="stage"),
            whose(person),
            Filter("effect", _("Effect"), (("waiting", _("to be read")), ("read", _("read"))), apply=_effect),
        ),
        sort="-noticed_on",
    )  # fmt: skip
    context = {"listing": found, "may_diagnose": bool(can_diagnose(person))}
    return found.export() or render(request, "diagnoses/list.html", context)


def _effect(rows: Rows, value: str) -> Rows:
    return with_effects(rows, read=value == "read")  # type: ignore[arg-type]  # a queryset, as the page gives it
