"""The catalogue of metrics, and the page of one: what it means, where it comes from, how it goes."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from remit.metrics.catalog.dimensions import DIMENSIONS, dimensions_of
from remit.metrics.catalog.spec import Metric
from remit.metrics.queries import ask, versions_of
from remit.metrics.queries.alerts import alerts_of
from remit.metrics.rules import can_change_metric, can_define_metrics, targets_visible_to
from remit.org.queries.positions import position_titles

from ..lists import Column, Filter, Listing
from ..templatetags.figures import listed
from . import choices
from .asked import Asked
from .explored import Explored, explored, questions_of
from .metric_words import better_words, formula, nothing_words, table_title, unit_words
from .reading import say
from .refusals import REFUSALS, refusal_of
from .sight import Sight
from .targeted import progress

TREND = "last 13 months"
RECENT = "last 4 weeks"
MOST_SHOWN = 8


@require_GET
def metrics(request: HttpRequest) -> HttpResponse:
    """Every metric, with search, filters and export."""
    sight = Sight.of(request)
    found = sight.metrics
    owners = position_titles((metric.owner for metric in found.values()), get_language() or "zh-hant")
    listing = Listing(
        request,
        list(found.values()),
        columns=(
            Column(
                "title", _("Metric"), value=lambda m: say(m.title), sort="title",
                href=lambda m: reverse("figures_metric", args=[m.name]), note=lambda m: say(m.meaning),
            ),
            Column("family", _("Family"), value=lambda m: str(choices.FAMILIES[m.family]), sort="family"),
            Column("unit", _("Unit"), value=lambda m: unit_words(m.unit)),
            Column("better", _("Better"), value=lambda m: better_words(m.better)),
            Column("table", _("Table"), value=lambda m: table_title(m.table), sort="table"),
            Column("owner", _("Owner"), value=lambda m: owners.get(m.owner, m.owner), sort="owner"),
            Column("origin", _("Origin"), kind="badge",
                   value=lambda m: _("shipped") if m.shipped else _("own"),
                   tone=lambda m: "" if m.shipped else "accent", optional=True),
            Column("name", _("Name"), kind="code", sort="name", optional=True),
        ),
        name="metrics",
        search=_matching,
        filters=(
            Filter("family", _("Family"), [(f.value, title) for f, title in choices.FAMILIES.items()],
                   field="family"),
            Filter("origin", _("Origin"), [("shipped", _("shipped")), ("own", _("own"))], apply=_of_origin),
        ),
        per_page=100,
        row_id=lambda m: m.name,
    )  # fmt: skip
    return listing.export() or render(
        request,
        "figures/metrics.html",
        {"listing": listing, "may_define": bool(can_define_metrics(sight.person))},
    )


def _matching(rows: list[Metric], text: str) -> list[Metric]:
    words = text.casefold().split()

    def whole(metric: Metric) -> str:
        return " ".join((metric.name, *_all(metric.title), *_all(metric.meaning))).casefold()

    return [metric for metric in rows if all(word in whole(metric) for word in words)]


def _all(text: Any) -> tuple[str, str, str]:
    return text.zh_hant, text.say("zh-hans"), text.en


def _of_origin(rows: list[Metric], value: str) -> list[Metric]:
    return [metric for metric in rows if metric.shipped == (value == "shipped")]


@require_GET
def metric(request: HttpRequest, name: str) -> HttpResponse:
    """One metric; a name that does not exist is not found."""
    sight = Sight.of(request)
    found = sight.metrics
    if name not in found:
        raise Http404
    chosen = found[name]
    unit = request.GET.get("unit", "")
    recent, trend, refusal = None, None, None
    try:
        recent, trend = _looked_at(sight, name, unit)
    except REFUSALS as error:
        refusal = refusal_of(error)
    context = {
        "metric": chosen,
        "facts": _facts(chosen, found),
        "dimensions": listed(
            choices.dimension_title(d) for d in dimensions_of(chosen.table) if d in DIMENSIONS
        ),
        "recent": recent,
        "trend": trend,
        "refusal": refusal,
        "units": choices.unit_options(sight, unit),
        "heading": say(chosen.title),
        "lead": say(chosen.meaning),
        "query": Asked(metrics=(name,), by=("month",), period=TREND, unit=unit, compare="last_year").query(),
        **_around(sight, chosen),
    }
    return render(request, "figures/metric.html", context, status=422 if refusal else 200)


def _around(sight: Sight, chosen: Metric) -> dict[str, Any]:
    """Targets and alerts on a metric that the viewer sees, its versions, and what they may do with it."""
    person = sight.person
    targets = targets_visible_to(person).filter(metric=chosen.name).select_related("unit", "owner")
    watching = [one for one in alerts_of(person) if one.metric == chosen.name]
    return {
        "targets": progress(list(targets.order_by("-last", "pk")[:MOST_SHOWN]), sight),
        "alerts": watching[:MOST_SHOWN],
        "versions": [] if chosen.shipped else versions_of(chosen.name),
        "may_edit": not chosen.shipped and bool(can_change_metric(person, chosen.name)),
    }


def _looked_at(sight: Sight, name: str, unit: str) -> tuple[Explored, Explored]:
    """The last four weeks and the last thirteen months, answered together."""
    recent = Asked(metrics=(name,), period=RECENT, unit=unit, compare="previous")
    trend = Asked(metrics=(name,), by=("month",), period=TREND, unit=unit, compare="last_year")
    questions = [questions_of(one, sight) for one in (recent, trend)]
    answers = ask(*questions[0], *questions[1])
    metrics = sight.metrics
    cut = len(questions[0])
    return explored(recent, answers[:cut], metrics), explored(trend, answers[cut:], metrics)


def _facts(chosen: Metric, found: Any) -> list[tuple[str, str]]:
    language = get_language() or "zh-hant"
    owners = position_titles([chosen.owner], language)
    return [
        (_("Formula"), formula(chosen, found)),
        (_("Unit"), unit_words(chosen.unit)),
        (_("Better"), better_words(chosen.better)),
        (_("Table"), table_title(chosen.table)),
        (_("Grain"), say(chosen.grain)),
        (_("When no row matches"), nothing_words(chosen.nothing)),
        (_("Owner"), owners.get(chosen.owner, chosen.owner)),
        (_("Name"), chosen.name),
        (
            _("Version"),
            str(chosen.version) if not chosen.shipped else _("shipped, version %d") % chosen.version,
        ),
    ]
