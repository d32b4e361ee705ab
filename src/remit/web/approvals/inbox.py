"""What waits for one's signature, and the requests that one may see."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET

from remit.governance.deciding import Hand
from remit.governance.enums import RequestState
from remit.governance.kinds import kinds
from remit.governance.models import Step
from remit.governance.queries.inbox import steps_for
from remit.governance.queries.papers import papers_owed_by
from remit.governance.queries.requests import with_names
from remit.governance.rules import requests_visible_to
from remit.org.deciding import Organisation
from remit.org.models import Person
from remit.org.queries.organisation import organisation_on
from remit.org.queries.people import people_by_id
from remit.org.queries.today import today

from ..lists import Column, Filter, Listing
from ..who import who
from ..whose import whose
from .words import kind_title, language, title_of, tone_of

type Waiting = dict[str, Any]


def waiting_for(person: Person, at: datetime, on: date, organisation: Organisation) -> list[Waiting]:
    """What the person may sign now, the most urgent first: for lists and for Today."""
    rows: Sequence[tuple[Step, Hand]] = steps_for(person, on, organisation)
    absent = people_by_id({hand.principal for _step, hand in rows if hand.principal != person.pk})
    return [
        {
            "pk": step.round.request_id,
            "title": step.round.request.title,
            "kind": kind_title(step.round.request.kind),
            "unit": step.round.request.unit.title(language()),
            "author": step.round.request.author,
            "round": step.round.number,
            "due_at": step.due_at,
            "late": step.due_at is not None and step.due_at <= at,
            "principal": absent.get(hand.principal),
            "escalated": step.escalated_at is not None,
        }
        for step, hand in rows
    ]


@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """What waits for my signature, which papers I owe, and how my own requests stand."""
    person, at, on = who(request), timezone.now(), today()
    own = with_names(requests_visible_to(person)).filter(author=person)
    context = {
        "waiting": waiting_for(person, at, on, organisation_on(on)),
        "owed": [
            {
                "paper": paper,
                "late": paper.due_at is not None and paper.due_at <= at,
                "title": title_of(paper.request),
            }
            for paper in papers_owed_by(person)
        ],
        "own": [
            {"one": one, "title": title_of(one), "tone": tone_of(one)}
            for one in own.order_by("-changed_at")[:12]
        ],
        "at": at,
    }
    return render(request, "approvals/inbox.html", context)


COLUMNS = (
    Column(
        "title", gettext_lazy("Request"), sort="title",
        href=lambda one: reverse("approvals_request", args=[one.pk]), note=lambda one: kind_title(one.kind),
    ),
    Column("unit", gettext_lazy("Unit"), value=lambda one: one.unit.title(language())),
    Column("author", gettext_lazy("Asked by"), value=lambda one: one.author, sort="author__name"),
    Column(
        "state", pgettext_lazy("request", "State"), kind="badge", sort="state", tone=tone_of,
        value=lambda one: RequestState(one.state).label,
    ),
    Column("changed_at", gettext_lazy("Last change"), kind="moment", sort="changed_at"),
)  # fmt: skip


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Every request that the person may see, the newest first."""
    rows = with_names(requests_visible_to(who(request)))
    found = Listing(
        request, rows, COLUMNS, name="requests", search=("title", "author__name"),
        filters=(
            Filter("kind", _("Kind"), [(code, kind.title) for code, kind in kinds().items()], field="kind"),
            Filter("state", _("State"), RequestState.choices, field="state"),
            whose(who(request), "author"),
        ),
        sort="-changed_at",
    )  # fmt: skip
    return found.export() or render(request, "approvals/requests.html", {"listing": found})
