"""The page of a kind of question; its whole state is the address."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from remit.collection.rules import can_keep_keys_anywhere
from remit.lake.rules import can_import_anywhere
from remit.metrics.queries.journeys import has_number
from remit.metrics.rules import can_edit_question, questions_visible_to

from ..figures import choices
from ..figures.explorer import download
from ..figures.exporting import Sheet
from ..figures.refusals import REFUSALS, refusal_of
from ..figures.sight import Sight
from ..ids import id_in
from ..who import who
from .answering import Seen
from .asked import PAGES, AskedJourney, first_look
from .fields import fields_of
from .shown import Shown
from .words import KIND_LEADS, KIND_TITLES

# what an address may hold besides a question
BESIDES = {"unit", "question", "export", "page"}


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The first of the kinds."""
    return ask(request, PAGES[0])


@require_GET
def ask(request: HttpRequest, kind: str) -> HttpResponse:
    """Form and answer; ``?export=csv|xlsx`` hands out the first table."""
    require_kind(kind)
    sight = Sight.of(request)
    context = _frame(request, sight, kind)
    try:
        seen = Seen.of(sight, request.GET.get("unit", ""))
        asked = asked_of(request, kind, seen)
        context |= {
            "asked": asked, "query": asked.query(), "fields": fields_of(asked, seen.offer), "seen": seen,
            "periods": choices.period_options(asked.spec.get("period", "all")), "custom": _own_days(asked),
        }  # fmt: skip
        if asked.is_enough and seen.offer.events:
            shown = seen.show(asked)
            context |= {"shown": shown, "is_watchable": has_number(kind, asked.spec)}
            if request.GET.get("export") in ("csv", "xlsx"):
                return download(_sheet(shown), request.GET["export"], f"journeys-{kind}")
    except REFUSALS as error:
        context["refusal"] = refusal_of(error)
    return render(request, "journeys/ask.html", context, status=422 if "refusal" in context else 200)


def require_kind(kind: str) -> None:
    """Missing for what is no kind that has a page."""
    if kind not in PAGES:
        raise Http404


def asked_of(request: HttpRequest, kind: str, seen: Seen) -> AskedJourney:
    """The question of the address, or one to begin with."""
    if set(request.GET) - BESIDES:
        return AskedJourney.from_query(kind, request.GET)
    return first_look(kind, seen.offer, request.GET.get("unit", ""))


def _frame(request: HttpRequest, sight: Sight, kind: str) -> dict[str, Any]:
    unit = request.GET.get("unit", "")
    suffix = f"?{urlencode({'unit': unit})}" if unit else ""
    return {
        "kind": kind,
        "heading": KIND_TITLES[kind],
        "lead": KIND_LEADS[kind],
        "tabs": [
            (reverse("journeys_ask", args=[one]) + suffix, KIND_TITLES[one], one == kind) for one in PAGES
        ],
        "units": choices.unit_options(sight, unit),
        "may_collect": bool(can_keep_keys_anywhere(who(request))),
        "may_import": bool(can_import_anywhere(who(request))),
        "saved": _saved(request),
    }


def _own_days(asked: AskedJourney) -> dict[str, str]:
    first, dots, last = str(asked.spec.get("period", "")).partition("..")
    return {"first": first, "last": last} if dots else {"first": "", "last": ""}


def _saved(request: HttpRequest) -> Any:
    """The saved question that was opened, with whether the viewer may remove it."""
    number = id_in(request.GET.get("question", ""))
    if number is None:
        return None
    found = questions_visible_to(who(request)).select_related("owner").filter(pk=number).first()
    return found and {"question": found, "is_own": bool(can_edit_question(who(request), found))}


def _sheet(shown: Shown) -> Sheet:
    """The table that tells most, as it is written on the page."""
    table = next(iter(shown.tables))
    return Sheet(
        _("journeys"),
        tuple(table.heads),
        tuple(tuple(cell.text for cell in row) for row in table.rows),
        notes=(shown.finding, *([shown.loss] if shown.loss else []), *shown.notes),
    )
