"""The people behind a figure: of a step, of those who stopped there, of a cohort."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from remit.customers.queries.identities import customers_of_codes
from remit.customers.rules import can_name_customers, customers_visible_to
from remit.org.queries.companies import companies_of
from remit.org.queries.today import today

from ..figures.refusals import REFUSALS, refusal_of
from ..figures.sight import Sight
from ..ids import id_in
from ..requiring import require
from ..who import who
from .answering import Seen
from .asked import AskedJourney
from .words import KIND_TITLES

PER_PAGE = 50
KINDS = ("funnel", "retention")


@dataclass(frozen=True, slots=True)
class Line:
    """One person by the code of their events; ``customer``: whom they are known to be."""

    code: str
    company: str
    timeline: str
    customer: str = ""
    customer_url: str = ""


class _Held:
    """People as a sequence that is read page by page."""

    def __init__(self, people: Any) -> None:
        self._people = people

    def __len__(self) -> int:
        return len(self._people)

    def __getitem__(self, piece: slice) -> list[str]:
        named: list[str] = self._people.named(piece.start, piece.stop)
        return named

    def __iter__(self) -> Iterator[str]:
        return iter(self[0 : len(self)])


@require_GET
def people(request: HttpRequest, kind: str) -> HttpResponse:
    """``?place=`` a step from 1 or a cohort from 0; ``then=gone`` or periods after."""
    if kind not in KINDS:
        raise Http404
    require(can_name_customers(who(request)))
    sight = Sight.of(request)
    asked = AskedJourney.from_query(kind, request.GET)
    place, then = id_in(request.GET.get("place", "")), _then(request, kind)
    context: dict[str, Any] = {
        "kind_title": KIND_TITLES[kind],
        "back": f"{reverse('journeys_ask', args=[kind])}?{asked.query()}",
        "own_query": asked.query(place=place, then=then),
    }
    try:
        if place is None or not asked.is_enough:
            raise Http404
        seen = Seen.of(sight, asked.unit)
        held = _Held(seen.people(asked, place, then))
        page: Page[str] = Paginator(held, PER_PAGE).get_page(request.GET.get("page"))  # type: ignore[arg-type]  # it asks for no more than a length and slices
    except REFUSALS as error:
        return render(request, "journeys/people.html", context | {"refusal": refusal_of(error)}, status=422)
    context |= {
        "page": page, "count": len(held), "is_named": seen.is_named, "lead": _lead(asked, place, then),
        "lines": lines_of(request, list(page)), "last_at": seen.offer.last_at,
    }  # fmt: skip
    return render(request, "journeys/people.html", context)


def _then(request: HttpRequest, kind: str) -> str:
    """What narrows a step or a cohort further; whatever is none counts as nothing."""
    said = request.GET.get("then", "")
    if kind == "funnel":
        return said if said == "gone" else ""
    return said if said.isascii() and said.isdecimal() and len(said) < 4 else ""


def _lead(asked: AskedJourney, place: int, then: str) -> str:
    if asked.kind == "retention":
        return _("People of one cohort who came back") if then else _("People of one cohort")
    step = asked.spec["steps"][place - 1]
    name = step["event"] if isinstance(step, dict) else step
    if then == "gone":
        return _("They reached “%s” and went no further.") % name
    return _("They reached “%s”.") % name


def lines_of(request: HttpRequest, named: list[str]) -> list[Line]:
    """``company code`` as people: their company, their timeline, and the customer they are known to be."""
    person = who(request)
    language = get_language() or "zh-hant"
    companies = {str(unit.pk): unit.title(language) for unit in companies_of(person, today())}
    pairs = [(int(unit), code) for unit, _space, code in (one.partition(" ") for one in named)]
    known = customers_of_codes(customers_visible_to(person), pairs)
    found = []
    for unit, code in pairs:
        customer = known.get((unit, code))
        timeline = f"{reverse('collection_timeline')}?{urlencode({'company': str(unit), 'person': code})}"
        found.append(
            Line(
                code,
                companies.get(str(unit), ""),
                timeline,
                customer.code if customer else "",
                reverse("customers_customer", args=[customer.pk]) if customer else "",
            )
        )
    return found
