"""How approvals go: how long they take, what comes back, who is waited for."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from remit.governance.queries.figures import by_kind, by_signer
from remit.governance.rules import requests_visible_to

from ..ids import id_in
from ..who import who
from .words import kind_title, language

SPANS = (30, 90, 365)


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Of the requests that one sees, submitted in the last days."""
    given = id_in(request.GET.get("days", ""))
    days = given if given in SPANS else 90
    since = timezone.now() - timedelta(days=days)
    seen = requests_visible_to(who(request))
    context = {
        "days": days, "spans": SPANS,
        "kinds": [(kind_title(row.kind), row) for row in by_kind(seen, since)],
        "signers": by_signer(seen, since, language()),
    }  # fmt: skip
    return render(request, "approvals/figures.html", context)
