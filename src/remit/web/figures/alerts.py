"""Alerts: figures that are watched, and the history of when they spoke up."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from remit.metrics.actions.alert import AlertUnclear, look_at, retire_alert, set_alert
from remit.metrics.catalog.spec import Unit as Measure
from remit.metrics.enums import Breach
from remit.metrics.models import Alert
from remit.metrics.queries import ask
from remit.metrics.queries.alerts import alerts_of, with_firings
from remit.metrics.rules import alerts_visible_to, can_change_alert, can_set_alerts

from .. import numbers
from ..lists import Column, Filter, Listing
from ..who import who
from ..whose import whose
from .asked import Asked
from .explored import Block, explored, questions_of
from .forms import AlertForm, written
from .naming import journey_url, period_of, saved_words
from .reading import say
from .refusals import REFUSALS
from .sight import Sight
from .words import preset_words, span_words

TREND = "last 26 weeks"
TONES = {"note": "accent", "warning": "warn", "critical": "bad"}


def limit_words(alert: Alert, sight: Sight, value: Decimal | None = None) -> str:
    """A limit, or a figure that is compared with it, in its unit."""
    value = alert.limit if value is None else value
    if alert.breach in (Breach.RISES, Breach.FALLS) or alert.is_journey:
        return numbers.percent(value)
    metric = sight.metrics.get(alert.metric)
    measure = str(metric.unit) if metric else "count"
    currency = alert.unit.currency if measure == Measure.MONEY else ""
    return numbers.figure(value, measure, currency=currency, language=get_language() or "", brief=False)


def rule_words(alert: Alert, sight: Sight) -> str:
    """``Net sales over the last 7 days falls by more than 10.0%``."""
    return _("%(figure)s, %(period)s: %(breach)s %(limit)s") % {
        "figure": saved_words(alert.question, sight.metrics),
        "period": span_words(period_of(alert.question), None),
        "breach": alert.get_breach_display(),
        "limit": limit_words(alert, sight),
    }


@require_GET
def alerts(request: HttpRequest) -> HttpResponse:
    """The alerts that one sees, those that speak now first."""
    sight = Sight.of(request)
    rows = alerts_of(who(request)).order_by("-open", "title", "pk")  # type: ignore[misc]  # alerts_of annotates it
    listing = Listing(
        request,
        rows,
        columns=(
            Column("title", _("Alert"), sort="title", href=lambda a: reverse("figures_alert", args=[a.pk]),
                   note=lambda a: rule_words(a, sight)),
            Column("unit", _("Unit"), value=lambda a: a.unit, sort="unit__name"),
            Column("severity", _("Severity"), value=lambda a: a.get_severity_display(), kind="badge",
                   tone=lambda a: TONES[a.severity]),
            Column("open", _("Now"), value=lambda a: _("speaks") if a.open else _("quiet"), kind="badge",
                   tone=lambda a: "bad" if a.open else "good", sort="open"),
            Column("owner", _("Owner"), value=lambda a: a.owner, sort="owner__name"),
            Column("looked_at", _("Looked at"), kind="ago", sort="looked_at"),
        ),
        name="alerts",
        search=("title", "unit__name", "unit__name_en"),
        filters=(whose(who(request)),
                 Filter("now", _("Now"), [("speaks", _("speaks")), ("quiet", _("quiet"))], apply=_now)),
    )  # fmt: skip
    return listing.export() or render(request, "figures/alerts.html", {"listing": listing})


def _now(rows: QuerySet[Alert], value: str) -> QuerySet[Alert]:
    return rows.filter(open__gt=0) if value == "speaks" else rows.filter(open=0)  # type: ignore[misc]  # as above


@require_http_methods(["GET", "POST"])
def alert_new(request: HttpRequest) -> HttpResponse:
    """Watch a figure; ``?metric=&unit=`` fill the form."""
    sight = Sight.of(request)
    initial: dict[str, Any] = {"metric": request.GET.get("metric", ""), "owner": who(request).pk}
    unit = next((u for u in sight.units if u.code == request.GET.get("unit")), None) or next(
        iter(sight.units), None
    )
    if unit:
        initial["unit"] = unit.pk
    form = AlertForm(request.POST or None, initial=initial, sight=sight)
    if request.method == "POST" and form.is_valid():
        made = _set(request, form, sight)
        if made:
            messages.success(request, _("The figure is watched from now on."))
            return redirect("figures_alert", made.pk)
    return render(request, "figures/alert_form.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def alert(request: HttpRequest, alert_id: int) -> HttpResponse:
    """One alert with the history of its firings; a post changes it (a new one takes its place)."""
    sight = Sight.of(request)
    found = _find(request, alert_id)
    verdict = can_change_alert(who(request), found)
    measure = str(sight.metrics[found.metric].unit) if found.metric in sight.metrics else "count"
    form = None
    if verdict and found.retired_at is None and not found.is_journey:
        form = AlertForm(request.POST or None, initial=_initial(found, measure), sight=sight)
        if request.method == "POST" and form.is_valid():
            made = _set(request, form, sight)
            if made:
                retire_alert(alert=found, by=who(request), at=timezone.now())
                messages.success(request, _("The alert was changed. Its history stays with the former one."))
                return redirect("figures_alert", made.pk)
    context = {
        "alert": found,
        "form": form,
        "verdict": verdict,
        "rule": rule_words(found, sight),
        "tone": TONES[found.severity],
        **_about(found, sight),
        "trend": None if found.is_journey else _trend(found, sight),
        "firings": [(firing, limit_words(found, sight, firing.value)) for firing in found.firings.all()],
    }
    status = 422 if form and form.errors else 403 if request.method == "POST" else 200
    return render(request, "figures/alert.html", context, status=status)


def _about(found: Alert, sight: Sight) -> dict[str, str]:
    """What is watched: its title, its definition if it has one, and where it is looked at closer."""
    if found.is_journey:
        return {"metric_title": saved_words(found.question, sight.metrics), "definition": "",
                "closer": journey_url(found.question, sight)}  # fmt: skip
    metric = sight.metrics.get(found.metric)
    query = Asked.from_saved(found.question).query(by=("week",), period="last 13 weeks")
    return {
        "metric_title": say(metric.title) if metric else found.metric,
        "definition": reverse("figures_metric", args=[found.metric]),
        "closer": f"{reverse('figures_explorer')}?{query}",
    }


def _trend(found: Alert, sight: Sight) -> Block | None:
    """The watched figure week by week, with its limit where the limit is a figure; None without an answer."""
    asked = replace(Asked.from_saved(found.question), by=("week",), period=TREND, compare="")
    try:
        seen = explored(asked, ask(*questions_of(asked, sight)), sight.metrics)
    except REFUSALS:
        return None
    block = seen.blocks[0] if seen.blocks else None
    if block is None or block.chart is None or found.breach in (Breach.RISES, Breach.FALLS):
        return block
    weekly = found.question.get("period") in ("last 7 days", "last 1 week")
    limit = float(found.limit) if weekly or block.column.unit in ("percent", "ratio") else None
    return replace(block, chart=replace(block.chart, target=limit, target_name=_("limit") if limit else ""))


@require_POST
def alert_look(request: HttpRequest, alert_id: int) -> HttpResponse:
    """Look at it now."""
    found = _find(request, alert_id)
    verdict = can_change_alert(who(request), found)
    if not verdict:
        messages.error(request, verdict.reason)
        return redirect("figures_alert", found.pk)
    intents = look_at(alert=found.pk, at=timezone.now())
    if intents is None:
        messages.error(request, _("The figure could not be read; the reason stands below."))
    else:
        messages.success(request, _("Looked at just now."))
    return redirect("figures_alert", found.pk)


@require_POST
def alert_removal(request: HttpRequest, alert_id: int) -> HttpResponse:
    """Watch no longer; the history stays."""
    found = _find(request, alert_id)
    verdict = can_change_alert(who(request), found)
    if not verdict:
        messages.error(request, verdict.reason)
        return redirect("figures_alert", found.pk)
    retire_alert(alert=found, by=who(request), at=timezone.now())
    messages.success(request, _("The figure is no longer watched."))
    return redirect("figures_alerts")


def _initial(found: Alert, measure: str) -> dict[str, Any]:
    percent = found.breach in (Breach.RISES, Breach.FALLS)
    return {
        "metric": found.metric,
        "unit": found.unit_id,
        "owner": found.owner_id,
        "title": found.title,
        "period": found.question.get("period", ""),
        "breach": found.breach,
        "limit": written(found.limit, Measure.PERCENT if percent else measure),
        "severity": found.severity,
    }


def _set(request: HttpRequest, form: AlertForm, sight: Sight) -> Alert | None:
    """Set the alert of a valid form; say in the form why it cannot be."""
    data = form.cleaned_data
    verdict = can_set_alerts(who(request), data["unit"], data["owner"])
    if not verdict:
        form.add_error("unit", verdict.reason)
        return None
    question = {"metrics": [data["metric"]], "period": data["period"]}
    title = data["title"] or f"{say(sight.metrics[data['metric']].title)}, {preset_words(data['period'])}"
    at = timezone.now()
    try:
        made = set_alert(
            title=title,
            question=question,
            breach=data["breach"],
            limit=form.limit_kept(),
            severity=data["severity"],
            unit=data["unit"],
            owner=data["owner"],
            by=who(request),
            at=at,
        )
    except AlertUnclear as error:
        form.add_error(None, str(error))
        return None
    if look_at(alert=made.pk, at=at):  # what is wrong already is said now, not after the next look
        messages.warning(request, _("The figure is beyond its limit already: the alert speaks."))
    return made


def _find(request: HttpRequest, alert_id: int) -> Alert:
    rows = with_firings(alerts_visible_to(who(request)).select_related("unit", "owner"))
    return get_object_or_404(rows, pk=alert_id)
