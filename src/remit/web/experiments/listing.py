"""The list of experiments, and their layers."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from remit.learning.actions.experiment import ExperimentUnclear, add_layer
from remit.learning.enums import ExperimentStage
from remit.learning.rules import can_try, experiments_visible_to, layers_visible_to

from ..lists import Column, Filter, Listing
from ..requiring import require
from ..templatetags.figures import percent, say
from ..who import who
from .forms import HUNDRED, LayerForm
from .words import TONES, advice_of, with_newest

COLUMNS = (
    Column(
        "title", gettext_lazy("Experiment"), sort="title", note=lambda row: row.key,
        href=lambda row: reverse("experiments_experiment", args=[row.pk]),
    ),
    Column("unit", gettext_lazy("Company"), value=lambda row: say(row.unit)),
    Column("owner", gettext_lazy("Owner"), value=lambda row: say(row.owner), sort="owner__name"),
    Column("starts_on", gettext_lazy("First day"), kind="day", sort="starts_on"),
    Column("last_on", gettext_lazy("Last day"), kind="day", value=lambda row: row.last_on),
    Column("advice", gettext_lazy("The rule says"), value=advice_of),
    Column(
        "stage", pgettext_lazy("experiment", "Stage"), kind="badge", sort="stage",
        value=lambda row: row.get_stage_display(), tone=lambda row: TONES.get(row.stage, ""),
    ),
)  # fmt: skip
LAYER_COLUMNS = (
    Column("title", pgettext_lazy("experiment", "Layer"), sort="title"),
    Column("unit", gettext_lazy("Company"), value=lambda row: say(row.unit)),
    Column(
        "holdout", gettext_lazy("Held out"), value=lambda row: percent(row.holdout / 10_000), sort="holdout"
    ),
    Column("of_it", gettext_lazy("Experiments"), kind="number", sort="of_it"),
    Column("salt", gettext_lazy("Salt"), optional=True),
)


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """What is tried, the newest first."""
    person = who(request)
    rows = experiments_visible_to(person).select_related("unit", "owner")
    found = Listing(
        request, rows, COLUMNS, name="experiments", search=("title", "key", "hypothesis"),
        filters=(
            Filter("stage", pgettext_lazy("experiment", "Stage"), ExperimentStage.choices, field="stage"),
        ),
        sort="-starts_on", prepare=with_newest,
    )  # fmt: skip
    context = {"listing": found, "may_try": bool(can_try(person))}
    return found.export() or render(request, "experiments/list.html", context)


@require_http_methods(["GET", "POST"])
def layers(request: HttpRequest) -> HttpResponse:
    """Layers, and a new one."""
    person = who(request)
    require(can_try(person))
    form = LayerForm(request.POST or None, by=person)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            add_layer(
                unit=given["unit"], title=given["title"], holdout=int(given["holdout_percent"] * HUNDRED),
                by=person, at=timezone.now(),
            )  # fmt: skip
        except ExperimentUnclear as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("experiments_layers")
    rows = layers_visible_to(person).select_related("unit").annotate(of_it=Count("experiments"))
    found = Listing(request, rows, LAYER_COLUMNS, name="layers", search=("title",), sort="title")
    context = {"listing": found, "form": form}
    return found.export() or render(
        request, "experiments/layers.html", context, status=422 if form.errors else 200
    )
