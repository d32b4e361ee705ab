"""Heat maps: places by week, weekdays by hour."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from remit.metrics.engine.errors import NoTimeOfDay
from remit.metrics.queries import ask

from . import choices
from .asked import Asked
from .choices import Option
from .explored import explored, questions_of
from .explorer import EXPORT_ROWS_MAX, download, name_of
from .refusals import REFUSALS, refusal_of
from .sight import Sight

PLACES = ("region", "area", "outlet", "department", "category", "age_group", "campaign_type")
MAPS = ("places", "clock", "days")


@require_GET
def heat(request: HttpRequest) -> HttpResponse:
    """One metric over two dimensions; ``?export=csv|xlsx`` hands out the cells."""
    sight = Sight.of(request)
    drawn = request.GET.get("map", "places")
    drawn = drawn if drawn in MAPS else "places"
    asked = _asked(request, sight, drawn)
    context = _frame(request, sight, asked, drawn)
    try:
        if request.GET.get("export") in ("csv", "xlsx"):
            main, *_rest = questions_of(asked, sight, limit=EXPORT_ROWS_MAX)
            (answer,) = ask(main)
            sheet = explored(asked, [answer], sight.metrics).sheet(_("figures"))
            return download(sheet, request.GET["export"], name_of(asked, answer))
        answers = ask(*questions_of(asked, sight, limit=None))
        context["found"] = found = explored(asked, answers, sight.metrics)
        context["owners"] = found.owners
    except REFUSALS as error:
        context["refusal"] = refusal_of(error)
        if isinstance(error, NoTimeOfDay):
            context["instead"] = _query(asked, "days")
        return render(request, "figures/heat.html", context, status=422)
    return render(request, "figures/heat.html", context)


def _asked(request: HttpRequest, sight: Sight, drawn: str) -> Asked:
    rows = request.GET.get("rows", "")
    rows = rows if rows in PLACES else PLACES[0]
    by = {"places": (rows, "week"), "clock": ("weekday", "hour"), "days": ("weekday", "week")}[drawn]
    return Asked(
        metrics=(request.GET.get("metric") or "net_sales",),
        by=by,
        period=request.GET.get("period") or "last 13 weeks",
        unit=request.GET.get("unit", ""),
        chart="heat",
    )


def _query(asked: Asked, drawn: str) -> str:
    """The address of this page for another map of the same figures."""
    parts = {"map": drawn, "metric": asked.metrics[0], "period": asked.period, "unit": asked.unit}
    if drawn == "places":
        parts["rows"] = asked.by[0] if asked.by[0] in PLACES else PLACES[0]
    return urlencode({key: value for key, value in parts.items() if value})


def _frame(request: HttpRequest, sight: Sight, asked: Asked, drawn: str) -> dict[str, Any]:
    titles = {"places": _("Places by week"), "clock": _("Weekdays by hour"), "days": _("Weekdays by week")}
    return {
        "map": drawn,
        "tabs": [Option(_query(asked, name), titles[name], name == drawn) for name in MAPS],
        "metrics": choices.metric_groups(sight.metrics, asked.metrics),
        "rows": [Option(name, choices.dimension_title(name), name == asked.by[0]) for name in PLACES]
        if drawn == "places"
        else [],
        "periods": choices.period_options(asked.period)[:-1],
        "units": choices.unit_options(sight, asked.unit),
        "query": asked.query(),
        "own_query": _query(asked, drawn),
        "found": None,
        "refusal": None,
    }
