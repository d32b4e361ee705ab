"""What arrives, as it arrives; and what one person did, in order."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from remit.collection.queries.arrivals import Arrival, arrivals
from remit.collection.queries.keys import newest_of_pages
from remit.collection.rules import can_keep_keys_anywhere, keys_visible_to
from remit.core.ref import Ref
from remit.customers.queries.identities import codes_of_the_same
from remit.customers.rules import can_name_customers
from remit.notices.subjects import Subject
from remit.org.models import Person
from remit.org.queries.companies import companies_of
from remit.org.queries.scopes import scope_of
from remit.org.queries.today import today

from ..refs import resolve_all
from ..requiring import require
from ..who import who

LATEST = 50
OF_ONE = 500
TOLD_APART = ("known_as", "title", "referrer")


@dataclass(frozen=True, slots=True)
class Shown:
    """An event with what its reader may see of it. ``things``: (kind's title, title, address or empty).

    ``place`` and ``before``: the page and the one before it, by title or without what was asked.
    ``properties``: the others, without the digests of names, which tell a reader nothing.
    """

    arrival: Arrival
    company: str
    person_url: str
    place: str
    before: str
    things: tuple[tuple[str, str, str], ...]
    properties: tuple[tuple[str, Any], ...]


@require_GET
def live(request: HttpRequest) -> HttpResponse:
    """The newest events of the companies whose every row the person sees; asks again every two seconds.

    Whoever sees a part of a company finds here why there are none for them, as on the list of customers.
    """
    person = who(request)
    verdict = can_name_customers(person)
    found = arrivals(scope_of(person, today()).companies, at=timezone.now(), limit=LATEST)
    context = {
        "shown": _shown(person, found), "may_keep": bool(can_keep_keys_anywhere(person)),
        "trial": newest_of_pages(keys_visible_to(person)), "why_none": "" if verdict else verdict.reason,
    }  # fmt: skip
    return render(request, _template(request, "collection/live.html"), context)


@require_GET
def timeline(request: HttpRequest) -> HttpResponse:
    """What one person of a company did by all the names known of them; asks again every two seconds."""
    reader = who(request)
    require(can_name_customers(reader))
    unit, person = request.GET.get("company", ""), request.GET.get("person", "")[:120].replace("\x00", "")
    companies = {str(pk) for pk in scope_of(reader, today()).companies}
    if unit not in companies or not person:
        raise Http404
    found = arrivals(
        [int(unit)], at=timezone.now(), persons=codes_of_the_same(int(unit), person), limit=OF_ONE
    )
    if not found:
        raise Http404
    context = {"shown": _shown(reader, found), "person": person, "here": _timeline_url(int(unit), person)}
    return render(request, _template(request, "collection/timeline.html"), context)


def _template(request: HttpRequest, name: str) -> str:
    """The page, or only its list where the page itself asks again."""
    return f"{name}#arrivals" if getattr(request, "htmx", False) else name


def _shown(person: Person, found: Sequence[Arrival]) -> list[Shown]:
    language = get_language() or "zh-hant"
    companies = {unit.pk: unit.title(language) for unit in companies_of(person, today())}
    refs = {Ref(kind, id_) for one in found for kind, id_, _code in one.things if id_ is not None}
    titles = resolve_all(person, refs)
    return [
        Shown(
            one,
            companies.get(one.unit_id, ""),
            _timeline_url(one.unit_id, one.person),
            str(one.properties.get("title", "")) or _short(one.page),
            _short(str(one.properties.get("referrer", ""))),
            tuple(_thing(thing, titles) for thing in one.things),
            tuple((_named(name), said) for name, said in one.properties.items() if name not in TOLD_APART),
        )
        for one in found
    ]


def _short(address: str) -> str:
    """An address without its scheme and without what was asked: ``shop.example.com/cart``."""
    parts = urlsplit(address)
    return f"{parts.netloc}{parts.path}" or address


def _named(kind: str) -> str:
    """What a kind of thing is called; any other property as its sender calls it."""
    names = {
        "customer": _("Customer"), "product": _("Product"), "outlet": _("Outlet"), "campaign": _("Campaign"),
        "demonstration": _("demonstration configuration"),
    }  # fmt: skip
    return names.get(kind, kind)


def _thing(thing: tuple[str, int | None, str], titles: dict[Ref, Subject]) -> tuple[str, str, str]:
    kind, id_, code = thing
    subject = titles.get(Ref(kind, id_)) if id_ is not None else None
    return _named(kind), subject.title if subject else code, subject.url if subject else ""


def _timeline_url(unit_id: int, person: str) -> str:
    return f"{reverse('collection_timeline')}?{urlencode({'company': str(unit_id), 'person': person})}"
