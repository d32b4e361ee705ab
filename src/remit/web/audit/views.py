"""The record: search, read, verify."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from remit.audit.models import Event
from remit.audit.queries import found, page, sentence_of, verify
from remit.core.ref import Ref
from remit.org.rules import can_read_audit

from ..ids import id_in
from ..refs import resolve_all
from ..requiring import require
from ..who import who
from .forms import SearchForm


@dataclass(frozen=True, slots=True)
class Told:
    """An event in the reader's words."""

    number: int
    name: str
    at: datetime
    by: str
    sentence: str
    subject: str
    url: str
    digest: str


@require_GET
def events(request: HttpRequest) -> HttpResponse:
    """Events, newest first, fifty at a time."""
    require(can_read_audit(who(request)))
    form = SearchForm(request.GET or None, person=who(request))
    searched = _searched(form) if form.is_valid() else found()
    part = page(searched, before=id_in(request.GET.get("before", "")))
    kept = request.GET.copy()
    kept.pop("before", None)
    if part.older:
        kept["before"] = str(part.older)
    context = {
        "form": form,
        "events": _told(request, part.events),
        "older": f"?{kept.urlencode()}" if part.older else "",
        "is_narrowed": bool(form.is_bound and form.is_valid() and any(form.cleaned_data.values())),
    }
    return render(request, "audit/events.html", context, status=422 if form.errors else 200)


@require_POST
def verification(request: HttpRequest) -> HttpResponse:
    """Read the whole record and say whether it still is what was written."""
    require(can_read_audit(who(request)))
    context = {"checked": verify(), "at": timezone.now()}
    return render(request, "audit/verification.html", context)


def _searched(form: SearchForm) -> Any:
    given = form.cleaned_data
    return found(
        by=given["by"].pk if given["by"] else None,
        name=given["name"],
        subject=given["subject"],
        since=_midnight(given["since"]) if given["since"] else None,
        until=_midnight(given["until"] + timedelta(days=1)) if given["until"] else None,
    )


def _midnight(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _told(request: HttpRequest, rows: Iterable[Event]) -> list[Told]:
    """Sentences with names; what the reader may not see stays a bare reference."""
    rows = list(rows)
    refs = {Ref.parse(row.subject) for row in rows if row.subject}
    refs |= {Ref("person", row.by) for row in rows if row.by}
    known = resolve_all(who(request), refs)
    out = []
    for row in rows:
        subject = known.get(Ref.parse(row.subject)) if row.subject else None
        actor = known.get(Ref("person", row.by)) if row.by else None
        by = actor.title if actor else f"person:{row.by}" if row.by else _("the system")
        names = {"subject": subject.title if subject else row.subject, "by": by}
        title, url = (subject.title, subject.url) if subject else (row.subject, "")
        out.append(Told(row.pk, row.name, row.at, by, sentence_of(row, names), title, url, row.digest))
    return out
