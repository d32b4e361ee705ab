"""The matrix of risks, and the list that it filters."""

from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET

from remit.execution.enums import RiskState
from remit.execution.models import Risk
from remit.execution.queries.risks import HIGH, MIDDLE, matrix_of
from remit.execution.risk_rules import can_register_risks, risks_visible_to

from ..lists import Column, Filter, Listing
from ..templatetags.figures import say
from ..who import who
from ..whose import whose

TONES = {RiskState.FIRED: "bad", RiskState.WATCHED: "accent"}


def score_tone(risk: Risk) -> str:
    """The colour of a score."""
    return "bad" if risk.score >= HIGH else "warn" if risk.score >= MIDDLE else ""


COLUMNS = (
    Column(
        "title", gettext_lazy("Risk"), sort="title", href=lambda risk: reverse("risks_risk", args=[risk.pk]),
        note=lambda risk: risk.plan.title if risk.plan else say(risk.unit),
    ),
    Column(
        "score", gettext_lazy("Score"), kind="badge", sort="rated", value=lambda risk: str(risk.score),
        tone=score_tone,
    ),
    Column("owner", gettext_lazy("Owner"), value=lambda risk: say(risk.owner), sort="owner__name"),
    Column("trigger", gettext_lazy("Trigger"), value=lambda risk: risk.get_trigger_display(), sort="trigger"),
    Column("review_on", gettext_lazy("Looked at again on"), kind="day", sort="review_on"),
    Column(
        "state", pgettext_lazy("risk", "State"), kind="badge", sort="state",
        value=lambda risk: risk.get_state_display(), tone=lambda risk: TONES.get(RiskState(risk.state), ""),
    ),
)  # fmt: skip


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """What may go wrong, the gravest first."""
    person = who(request)
    seen = risks_visible_to(person)
    rows = seen.select_related("unit", "plan", "owner").annotate(rated=F("probability") * F("impact"))
    cells = [(f"{p}-{i}", f"{p} × {i}") for p in range(1, 6) for i in range(1, 6)]
    found = Listing(
        request, rows, COLUMNS, name="risks", search=("title", "owner__name", "plan__title"),
        filters=(
            Filter("state", pgettext_lazy("risk", "State"), RiskState.choices, field="state"),
            whose(person),
            Filter("cell", _("Probability × impact"), cells, apply=_rated, hidden=True),
        ),
        sort="-score",
    )  # fmt: skip
    alive = seen.exclude(state=RiskState.CLOSED)
    context = {
        "listing": found, "matrix": matrix_of(alive), "may_register": bool(can_register_risks(person)),
        "cell": found.chosen.get("cell", ""),
    }  # fmt: skip
    return found.export() or render(request, "risks/list.html", context)


def _rated(rows: QuerySet[Risk], value: str) -> QuerySet[Risk]:
    probability, _dash, impact = value.partition("-")
    return rows.filter(probability=probability, impact=impact).exclude(state=RiskState.CLOSED)
