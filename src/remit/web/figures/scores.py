"""Customers by their scores of recency, frequency and money (RFM): the grid, and the customers of a cell."""

from collections.abc import Iterator
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from remit.core.period import parse_period
from remit.customers.rules import can_name_customers, customers_visible_to
from remit.metrics.engine.rfm import SCORES, Band, Member, Rfm
from remit.metrics.queries.customers import Span, members_in, rfm_in

from .. import numbers
from ..requiring import require
from ..who import who
from .choices import Option
from .customers import frame
from .explorer import EXPORT_ROWS_MAX, download
from .exporting import Sheet
from .refusals import REFUSALS, refusal_of
from .sight import Sight
from .words import span_words

type Scores = tuple[int | None, int | None, int | None]
MEASURES = ("recency", "frequency", "money")
PER_PAGE = 50


@require_GET
def scores(request: HttpRequest) -> HttpResponse:
    """The grid of recency and frequency; ``?export=csv|xlsx`` hands out the groups by all three scores."""
    sight = Sight.of(request)
    context = frame(request, sight, "last 6 months")
    try:
        found = rfm_in(sight.scope, sight.within(context["unit"]), parse_period(context["period"]))
    except REFUSALS as error:
        context["refusal"] = refusal_of(error)
        return render(request, "figures/scores.html", context, status=422)
    if request.GET.get("export") in ("csv", "xlsx"):
        return download(_groups_sheet(found), request.GET["export"], "customer-scores")
    list_url = ""
    if can_name_customers(who(request)):
        list_url = f"{reverse('figures_scores_list')}?{context['own_query']}"
    whole = found.part()
    context |= {
        "found": found,
        "whole": whole,
        "period_words": span_words(context["period"], found.period),
        "finding": _finding(found, context["period"]),
        "list_url": list_url,
        "rule": rule_words(),
        "frequencies": SCORES[::-1],
        "rows": [_grid_row(found, recency, list_url) for recency in SCORES],
        "measures": [_measure(found, place, title, list_url) for place, title in enumerate(measure_titles())],
    }
    return render(request, "figures/scores.html", context)


def measure_titles() -> tuple[str, str, str]:
    return _("Recency"), _("Frequency"), _("Monetary value")


def _grid_row(found: Rfm, recency: int, list_url: str) -> dict[str, Any]:
    cells = []
    most = max((found.part(r, f).customers for r in SCORES for f in SCORES), default=0)
    for frequency in SCORES[::-1]:
        part = found.part(recency, frequency)
        cells.append(
            {
                "part": part,
                "share": part.customers / (found.part().customers or 1),
                "fill": f"{part.customers / most:.3f}" if most else "0",
                "href": f"{list_url}&recency={recency}&frequency={frequency}" if list_url else "",
                "label": _("recency %(recency)d, frequency %(frequency)d")
                % {"recency": recency, "frequency": frequency},
            }
        )
    return {"score": recency, "cells": cells}


def _measure(found: Rfm, place: int, title: str, list_url: str) -> dict[str, Any]:
    """A card: what the measure is, and each score with its values, customers and sales."""
    whole = found.part()
    meanings = (
        _("Days since the last purchase, counted back from the freshest day; fewer is better."),
        _("Baskets in the period; more is better."),
        _("Net sales in the period, in %s; more is better.") % found.currency,
    )
    lines = [
        {
            "score": band.score,
            "values": _values(band),
            "part": band.part,
            "share": band.part.customers / whole.customers,
            "sales_share": band.part.sales / whole.sales if whole.sales else None,
            "href": f"{list_url}&{MEASURES[place]}={band.score}" if list_url else "",
        }
        for band in found.bands(place)
    ]
    return {"title": title, "meaning": meanings[place], "lines": lines}


def _values(band: Band) -> str:
    """``3–12``: from the least to the greatest value of a score, in whole numbers."""
    return "–".join(dict.fromkeys(numbers.grouped(end, 0) for end in (band.low, band.high)))


def _finding(found: Rfm, period: str) -> str:
    cells = [(found.part(r, f), r, f) for r in SCORES for f in SCORES]
    best, recency, frequency = max(cells, key=lambda cell: cell[0].sales)
    whole = found.part()
    if not whole.customers:
        return _("No customer is known to have bought in this period.")
    return _(
        "Recency %(recency)d, frequency %(frequency)d: %(people)s of customers bring %(value)s of sales "
        "(%(amount)s) in %(period)s"
    ) % {
        "recency": recency,
        "frequency": frequency,
        "people": numbers.percent(best.customers / whole.customers),
        "value": numbers.percent(best.sales / whole.sales) if whole.sales else numbers.NOTHING,
        "amount": numbers.money(best.sales, found.currency, language=get_language() or "", brief=True),
        "period": span_words(period, found.period),
    }


def _groups_sheet(found: Rfm) -> Sheet:
    return Sheet(
        _("scores"),
        (*measure_titles(), _("Customers"), _("Sales"), _("Currency")),
        tuple((*group[:5], found.currency) for group in found.groups),
        notes=(rule_words(),),
    )


def rule_words() -> str:
    """How a score is made, in a sentence for pages and files."""
    return _(
        "A score is 1 plus the number of whole fifths of the customers who lie strictly below. Customers "
        "with the same value share a score, the lower one where a fifth would divide them; a score can stay "
        "empty."
    )


# -- the customers of a cell --------------------------------------------------------------------


class _Members:
    """The customers with some scores as a sequence that is read page by page."""

    def __init__(self, sight: Sight, unit: str, span: Span, chosen: Scores) -> None:
        self._asked = (sight.scope, sight.within(unit), span)
        self._chosen = chosen
        self.found = rfm_in(*self._asked)
        self.part = self.found.part(*chosen)

    def __len__(self) -> int:
        return self.part.customers

    def __getitem__(self, piece: slice) -> list[Member]:
        limit = piece.stop - piece.start
        return members_in(*self._asked, self._chosen, limit=limit, offset=piece.start)

    def __iter__(self) -> Iterator[Member]:
        return iter(self[0:EXPORT_ROWS_MAX])


@require_GET
def members(request: HttpRequest) -> HttpResponse:
    """Customers with the scores chosen; ``?export=csv|xlsx`` hands them out."""
    require(can_name_customers(who(request)))
    sight = Sight.of(request)
    context = frame(request, sight, "last 6 months")
    chosen = _chosen(request)
    query = urlencode([(name, score) for name, score in zip(MEASURES, chosen, strict=True) if score])
    context |= {"choices": _choices(chosen), "own_query": f"{context['own_query']}&{query}"}
    try:
        held = _Members(sight, context["unit"], parse_period(context["period"]), chosen)
        if request.GET.get("export") in ("csv", "xlsx"):
            return download(_members_sheet(request, held), request.GET["export"], "customers")
        page: Page[Member] = _paged(held).get_page(request.GET.get("page"))
        lines = _lines(request, list(page))
    except REFUSALS as error:
        context["refusal"] = refusal_of(error)
        return render(request, "figures/scores_list.html", context, status=422)
    context |= {
        "found": held.found,
        "part": held.part,
        "page": page,
        "lines": lines,
        "period_words": span_words(context["period"], held.found.period),
    }
    return render(request, "figures/scores_list.html", context)


def _paged(held: _Members) -> Paginator[Member]:
    return Paginator(held, PER_PAGE)  # type: ignore[arg-type]  # it asks for no more than a length and slices


def _chosen(request: HttpRequest) -> Scores:
    """The scores of the address; whatever is none counts as any."""
    recency, frequency, money = (
        int(text) if (text := request.GET.get(name, "")) in map(str, SCORES) else None for name in MEASURES
    )
    return recency, frequency, money


def _choices(chosen: Scores) -> list[tuple[str, str, list[Option]]]:
    """Name, title and options of the three lists that narrow."""
    return [
        (
            name,
            title,
            [
                Option("", _("any"), score is None),
                *(Option(str(one), str(one), one == score) for one in SCORES),
            ],
        )
        for name, title, score in zip(MEASURES, measure_titles(), chosen, strict=True)
    ]


def _lines(request: HttpRequest, rows: list[Member]) -> list[dict[str, Any]]:
    """Customers by name where the person sees them: those of companies seen whole."""
    seen = customers_visible_to(who(request)).filter(pk__in=[row.customer for row in rows])
    codes = dict(seen.values_list("pk", "code"))
    return [{"row": row, "code": codes.get(row.customer, "")} for row in rows]


def _members_sheet(request: HttpRequest, held: _Members) -> Sheet:
    return Sheet(
        _("customers"),
        (_("Customer"), *measure_titles(), _("Days since the last purchase"), _("Baskets"), _("Sales"),
         _("Currency")),
        tuple(
            (line["code"], line["row"].recency, line["row"].frequency, line["row"].money, line["row"].days,
             line["row"].baskets, line["row"].sales, held.found.currency)
            for line in _lines(request, list(held))
        ),
        notes=(rule_words(),),
    )  # fmt: skip
