"""Defining a metric of the company's own: form, look before it is kept, versions, retiring."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from remit.metrics.actions.custom_metric import (
    MetricNameTaken,
    MetricStillUsed,
    MetricUnclear,
    define_metric,
    retire_metric,
)
from remit.metrics.catalog.spec import Metric
from remit.metrics.catalog.writing import UnreadableSpec, as_data
from remit.metrics.engine.errors import CannotAnswer
from remit.metrics.queries.trial import require_values, tried
from remit.metrics.rules import can_change_metric, can_define_metrics
from remit.org.queries.positions import all_positions

from ..who import who
from .asked import Asked
from .customers import first_unit
from .explored import Explored, explored, questions_of
from .metric_forms import MetricForm, OperandForm, initial_of, metric_of_values, values_of
from .metric_words import formula
from .refusals import REFUSALS, Refusal, refusal_of
from .sight import Sight

Forms = tuple[MetricForm, OperandForm, OperandForm]


@require_http_methods(["GET", "POST"])
def metric_new(request: HttpRequest) -> HttpResponse:
    """Define a metric; the button “Look” shows its figures before it is kept."""
    return _form_page(request, None)


@require_http_methods(["GET", "POST"])
def metric_edit(request: HttpRequest, name: str) -> HttpResponse:
    """A new version of a metric of the company's own."""
    found = Sight.of(request).metrics.get(name)
    if found is None or found.shipped:
        raise Http404
    return _form_page(request, found)


@require_POST
def metric_removal(request: HttpRequest, name: str) -> HttpResponse:
    """No longer offer a metric of the company's own; its versions stay in the record."""
    found = Sight.of(request).metrics.get(name)
    if found is None or found.shipped:
        raise Http404
    verdict = can_change_metric(who(request), name)
    if not verdict:
        messages.error(request, verdict.reason)
        return redirect("figures_metric", name)
    try:
        retire_metric(code=name, by=who(request), at=timezone.now())
    except MetricStillUsed as error:
        messages.error(request, str(error))
        return redirect("figures_metric", name)
    messages.success(request, _("The metric is no longer offered."))
    return redirect("figures_metrics")


def _form_page(request: HttpRequest, found: Metric | None) -> HttpResponse:
    person = who(request)
    verdict = can_change_metric(person, found.name) if found else can_define_metrics(person)
    if not verdict:
        return render(request, "figures/metric_form.html", {"verdict": verdict}, status=403)
    sight = Sight.of(request)
    forms = _forms(request, sight, found)
    context: dict[str, Any] = {"form": forms[0], "operands": forms[1:], "metric": found, "verdict": verdict}
    valid = [form.is_valid() for form in forms] if request.method == "POST" else [False]
    if all(valid):
        code = found.name if found else forms[0].cleaned_data["code"]
        if not (free := can_change_metric(person, code)):
            forms[0].add_error("code", free.reason)
            return render(request, "figures/metric_form.html", context, status=422)
        try:
            values = values_of(*forms)
            metric = metric_of_values(code, values, sight)
            require_values(metric, sight.scope)
            if "look" in request.POST:
                context |= _look(request, sight, metric)
                return render(request, "figures/metric_form.html", context)
            kept = define_metric(
                code=code, values={**values, "table": metric.table}, by=who(request), at=timezone.now()
            )
        except UnreadableSpec as error:
            forms[0].add_error(None, error.text.say(get_language() or "zh-hant"))
        except CannotAnswer as error:
            said = refusal_of(error)
            forms[0].add_error(None, f"{said.reason} {said.next}".strip())
        except (MetricNameTaken, MetricUnclear) as error:
            forms[0].add_error(None, str(error))
        else:
            messages.success(request, _("Version %d is in force.") % kept.version)
            return redirect("figures_metric", kept.code)
    wrong = any(form.is_bound and form.errors for form in forms)
    return render(request, "figures/metric_form.html", context, status=422 if wrong else 200)


def _forms(request: HttpRequest, sight: Sight, found: Metric | None) -> Forms:
    data = request.POST or None
    initial: tuple[dict[str, Any], ...] = ({}, {"what": "sum:order_lines.net_sales"}, {})
    if found is not None:
        initial = initial_of(found, as_data(found.spec))
    own = found.name if found else ""
    return (
        MetricForm(data, initial=initial[0], positions=all_positions(), is_new=found is None),
        OperandForm(data, initial=initial[1], prefix="first", sight=sight, own=own),
        OperandForm(data, initial=initial[2], prefix="second", sight=sight, own=own, optional=True),
    )


def _look(request: HttpRequest, sight: Sight, metric: Metric) -> dict[str, Any]:
    """The last 13 weeks and the last four of a metric that is not kept yet."""
    unit = first_unit(request, sight)
    asked = Asked(metrics=(metric.name,), by=("week",), period="last 13 weeks", unit=unit, compare="previous")
    found: Explored | None = None
    refusal: Refusal | None = None
    try:
        answers = tried(metric, *questions_of(asked, sight))
        found = explored(asked, answers, {**sight.metrics, metric.name: metric})
    except REFUSALS as error:
        refusal = refusal_of(error)
    return {"look": found, "refusal": refusal, "formula": formula(metric, sight.metrics)}
