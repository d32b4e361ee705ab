"""Customers as a whole: the quadrant of recency, frequency and value; the triangle of cohorts."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from remit.core.period import parse_period
from remit.metrics.engine.cohorts import Cohorts
from remit.metrics.engine.quadrant import SEGMENTS, Bubble, Quadrant, Segment
from remit.metrics.queries.customers import cohorts_in, quadrant_in, reach_of

from .. import numbers
from ..charts import Chart, Series
from . import choices
from .explorer import download
from .exporting import Sheet
from .refusals import REFUSALS, refusal_of
from .sight import Sight
from .words import month_words, span_words


def first_unit(request: HttpRequest, sight: Sight) -> str:
    """The unit asked for; without one, where several companies are seen, the one with the freshest data."""
    if "unit" in request.GET:
        return request.GET["unit"]
    reaches = reach_of(sight.scope)
    if len(reaches) < 2:
        return ""
    return next((unit.code for unit in sight.units if unit.pk == reaches[0].unit_id), "")


def frame(request: HttpRequest, sight: Sight, fallback: str) -> dict[str, Any]:
    """Unit and period of a page about customers, with what its form offers."""
    unit = first_unit(request, sight)
    period = request.GET.get("period") or fallback
    return {
        "unit": unit,
        "period": period,
        "units": choices.unit_options(sight, unit),
        "periods": choices.period_options(period)[:-1],
        "own_query": urlencode({"period": period, "unit": unit}),
        "found": None,
        "refusal": None,
    }


# -- quadrant ---------------------------------------------------------------------------------


def segment_words(name: str) -> tuple[str, str]:
    """Title of a segment, and what to do about it."""
    return {
        "champions": (_("Champions"), _("Recent, frequent, valuable: keep them close.")),
        "promising": (
            _("Promising"),
            _("Recent and valuable, but seldom: give a reason to come more often."),
        ),
        "drifting": (_("Drifting away"), _("Frequent and valuable, but not lately: ask why, now.")),
        "at_risk": (_("At risk"), _("Valuable once, neither recent nor frequent: win back with care.")),
        "regulars": (_("Regulars"), _("Recent and frequent, little spent: offer the next thing.")),
        "newcomers": (_("Newcomers"), _("Recent, seldom, small: welcome them, second purchase first.")),
        "fading": (_("Fading"), _("Frequent and small, not lately: a light reminder.")),
        "lost": (_("Lost"), _("Neither recent nor frequent nor valuable: spend little.")),
    }[name]


@require_GET
def customers(request: HttpRequest) -> HttpResponse:
    """The quadrant; ``?export=csv|xlsx`` hands out the segments."""
    sight = Sight.of(request)
    context = frame(request, sight, "last 6 months")
    try:
        found = quadrant_in(sight.scope, sight.within(context["unit"]), parse_period(context["period"]))
    except REFUSALS as error:
        context["refusal"] = refusal_of(error)
        return render(request, "figures/customers.html", context, status=422)
    if request.GET.get("export") in ("csv", "xlsx"):
        return download(_segment_sheet(found), request.GET["export"], "customer-quadrant")
    context |= {
        "found": found,
        "finding": _quadrant_finding(found, context["period"]),
        "chart": _bubbles(found),
        "segments": [_segment_line(segment, found) for segment in found.segments],
        "period_words": span_words(context["period"], found.period),
        "middle": _middle(found),
    }
    return render(request, "figures/customers.html", context)


def _segment_line(segment: Segment, found: Quadrant) -> dict[str, Any]:
    title, advice = segment_words(segment.name)
    return {
        "title": title,
        "advice": advice,
        "segment": segment,
        "share": segment.customers / found.customers,
        "value_share": segment.sales / found.sales if found.sales else None,
    }


def _middle(found: Quadrant) -> str:
    days, baskets, sales = found.middle
    return _("Middle (median): %(days)s days since the last purchase, %(baskets)s baskets, %(sales)s.") % {
        "days": numbers.grouped(days, 0),
        "baskets": numbers.grouped(baskets, 0),
        "sales": numbers.money(sales, found.currency),
    }


def _quadrant_finding(found: Quadrant, period: str) -> str:
    if not found.segments:
        return _("No customer is known to have bought in this period.")
    best = max(found.segments, key=lambda segment: segment.sales)
    return _("%(segment)s: %(people)s of customers bring %(value)s of sales (%(amount)s) in %(period)s") % {
        "segment": segment_words(best.name)[0],
        "people": numbers.percent(best.customers / found.customers),
        "value": numbers.percent(best.sales / found.sales) if found.sales else numbers.NOTHING,
        "amount": numbers.money(best.sales, found.currency, language=get_language() or "", brief=True),
        "period": span_words(period, found.period),
    }


def _bubbles(found: Quadrant) -> Chart:
    """Ranks of recency and value; each bubble is a group of customers who are alike."""
    series = []
    for name in SEGMENTS.values():
        title = segment_words(name)[0]
        points = [
            (round(b.recency, 1), round(b.value, 1), b.customers, f"{title}: {_alike(b, found.currency)}")
            for b in found.bubbles
            if b.segment == name
        ]
        if points:
            series.append(Series(title, points))
    return Chart(
        "scatter",
        series=series,
        x_title=_("Rank by recency (100: bought last)"),
        y_title=_("Rank by sales (100: spent most)"),
        split=(50.0, 50.0) if found.segments else None,
    )


def _alike(bubble: Bubble, currency: str) -> str:
    return _("%(days)s days ago, %(sales)s") % {
        "days": numbers.grouped(bubble.days, 0),
        "sales": numbers.money(bubble.sales, currency, language=get_language() or "", brief=True),
    }


def _segment_sheet(found: Quadrant) -> Sheet:
    return Sheet(
        _("segments"),
        (_("Segment"), _("Customers"), _("Mean baskets"), _("Mean days since the last purchase"), _("Sales"),
         _("Currency")),
        tuple(
            (segment_words(s.name)[0], s.customers, round(s.baskets, 2), round(s.days, 1), s.sales,
             found.currency)
            for s in found.segments
        ),
        notes=(_middle(found),),
    )  # fmt: skip


# -- cohorts ----------------------------------------------------------------------------------


@require_GET
def cohorts(request: HttpRequest) -> HttpResponse:
    """The triangle; ``?export=csv|xlsx`` hands it out."""
    sight = Sight.of(request)
    context = frame(request, sight, "all")
    try:
        found = cohorts_in(sight.scope, sight.within(context["unit"]), parse_period(context["period"]))
    except REFUSALS as error:
        context["refusal"] = refusal_of(error)
        return render(request, "figures/cohorts.html", context, status=422)
    width = max((n + 1 for row in found.rows for n, cell in enumerate(row.cells) if cell), default=0)
    if request.GET.get("export") in ("csv", "xlsx"):
        return download(_cohort_sheet(found, width), request.GET["export"], "cohorts")
    context |= {
        "found": found,
        "finding": _cohort_finding(found),
        "months": range(1, width + 1),
        "rows": [_cohort_line(row, width) for row in found.rows],
        "averages": [_shown(found.average(later)) for later in range(1, width + 1)],
        "chart": _curve(found, width),
    }
    return render(request, "figures/cohorts.html", context)


def _shown(cell: Any) -> dict[str, Any] | None:
    """A cell as drawn: the share, how dark, and the numbers behind it."""
    if cell is None or not cell.people:
        return None
    behind = _("%(returned)s of %(people)s") % {
        "returned": numbers.grouped(cell.returned),
        "people": numbers.grouped(cell.people),
    }
    return {"text": numbers.percent(cell.share, 0), "fill": f"{cell.share:.3f}", "behind": behind}


def _cohort_line(row: Any, width: int) -> dict[str, Any]:
    return {
        "month": month_words(row.month),
        "people": row.people,
        "cells": [_shown(cell) for cell in row.cells[:width]],
    }


def _cohort_finding(found: Cohorts) -> str:
    first, third = found.average(1), found.average(3)
    if first is None:
        return _("No month after a first purchase is over yet, so nothing can be said about who came back.")
    words = {"first": numbers.percent(first.share), "people": numbers.grouped(first.people)}
    if third is None:
        return (
            _("%(first)s of %(people)s new customers came back in the month after their first purchase")
            % words
        )
    words["third"] = numbers.percent(third.share)
    return (
        _(
            "%(first)s of new customers came back in the month after their first purchase, "
            "%(third)s in the third"
        )
        % words
    )


def _curve(found: Cohorts, width: int) -> Chart:
    cells = [found.average(later) for later in range(1, width + 1)]
    return Chart(
        "line",
        [str(later) for later in range(1, width + 1)],
        (Series(_("All cohorts"), [cell.share if cell else None for cell in cells], unit="percent"),),
        label_title=_("Months after the first purchase"),
    )


def _cohort_sheet(found: Cohorts, width: int) -> Sheet:
    return Sheet(
        _("cohorts"),
        (_("First purchase"), _("Customers"), *(_("Month %d") % later for later in range(1, width + 1))),
        tuple(
            (row.month, row.people, *(round(cell.share, 6) if cell else None for cell in row.cells[:width]))
            for row in found.rows
        ),
    )
