"""One experiment: what is tried, what the data say, what the rule says, what was decided."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from remit.learning.deciding import least_days
from remit.learning.enums import Advice, Audience, ExperimentStage
from remit.learning.models import Experiment, Reading
from remit.learning.queries.definitions import whole
from remit.learning.rules import (
    can_change,
    can_decide,
    can_enrol,
    can_roll_out,
    can_start,
    experiments_visible_to,
)
from remit.metrics.queries.definitions import catalogue
from remit.org.models import Person
from remit.org.queries.today import today

from ..who import who
from .forms import CancelForm, DecisionForm, PeopleForm, RollOutForm
from .words import ADVICE_TONES, TONES, lines_of, over_time

SRM = 0.001


def found(request: HttpRequest, experiment_id: int) -> Experiment:
    """The experiment, if the person may see it."""
    return get_object_or_404(whole(experiments_visible_to(who(request))), pk=experiment_id)


@require_GET
def page(request: HttpRequest, experiment_id: int) -> HttpResponse:
    """What is tried and what became of it."""
    return show(request, found(request, experiment_id))


def show(request: HttpRequest, experiment: Experiment, **more: Any) -> HttpResponse:
    """The page; ``more``: a form with its faults."""
    person = who(request)
    context = {**_said(experiment), **_read(experiment), **_may(person, experiment)}
    return render(request, "experiments/experiment.html", context | more, status=422 if more else 200)


def _said(experiment: Experiment) -> dict[str, Any]:
    """What was written beforehand."""
    known = catalogue()
    variants = list(experiment.variants.all())
    whole_weight = sum(one.weight for one in variants) or 1
    return {
        "experiment": experiment, "tone": TONES.get(ExperimentStage(experiment.stage), ""),
        "variants": [(one, one.weight / whole_weight) for one in variants],
        "metrics": [
            (known[one.metric], one.get_role_display())
            for one in experiment.metrics.all()
            if one.metric in known
        ],
        "least_days": least_days(experiment.kind), "slice": (experiment.end - experiment.start) / 10_000,
        "holdout": experiment.layer.holdout / 10_000, "foreseen": experiment.foreseen.get("rows", []),
        "advised": experiment.foreseen.get("advised"), "dispute": experiment.dispute,
    }  # fmt: skip


def _read(experiment: Experiment) -> dict[str, Any]:
    """What the data say: the newest reading, the newest look, all looks over time."""
    readings = list(experiment.readings.select_related("variant").order_by("through_on"))
    looks = [one for one in readings if one.is_look]
    newest, look = (readings[-1] if readings else None), (looks[-1] if looks else None)
    titles = {one.code: one.title for one in experiment.variants.all()}
    treatments = {one.code: one.title for one in experiment.variants.all() if one.place}
    counts = newest.counts if newest else {}
    clear = any(row["share_low"] is not None for one in looks for row in one.figures)
    return {
        "newest": newest, "look": look, "lines": lines_of(look, experiment) if look else [],
        "advice_tone": ADVICE_TONES.get(Advice(newest.advice), "") if newest else "",
        "people": [(titles.get(code, code), count) for code, count in counts.items()],
        "is_crooked": bool(newest and newest.sample_ratio_p < SRM),
        "chart": over_time(looks, treatments, _("Up to")) if clear and len(looks) > 1 else None,
        "chart_finding": _finding(look), "days_read": len(readings),
        "days_left": max(experiment.days_now - len(readings), 0),
        "decisions": experiment.decisions.select_related("by", "variant").order_by("at"),
        "roll_out": getattr(experiment, "roll_out", None),
    }  # fmt: skip


def _finding(look: Reading | None) -> str:
    if look is None:
        return ""
    return str(look.get_because_display())


def _may(person: Person, experiment: Experiment) -> dict[str, Any]:
    """Who may do what, with the forms for it."""
    newest = experiment.readings.filter(is_look=True).order_by("-through_on").first()
    advice = newest.advice if newest and newest.advice != Advice.WAIT else ""
    shipped = experiment.decisions.filter(choice=Advice.SHIP).exists()
    return {
        "may_change": bool(can_change(person, experiment)), "may_start": bool(can_start(person, experiment)),
        "may_read": bool(can_enrol(person, experiment)) and experiment.stage == ExperimentStage.RUNNING,
        "may_enrol": bool(can_enrol(person, experiment)) and experiment.audience == Audience.FILE,
        "may_decide": bool(can_decide(person, experiment)),
        "may_roll_out": shipped and bool(can_roll_out(person, experiment)),
        "may_cancel": bool(can_decide(person, experiment) or can_change(person, experiment)),
        "deciding": DecisionForm(experiment=experiment, advice=advice),
        "rolling": RollOutForm(initial={"rolled_on": today()}), "enrolling": PeopleForm(),
        "cancelling": CancelForm(),
    }  # fmt: skip
