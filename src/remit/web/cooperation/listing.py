"""What one asked of other departments, and what they ask of one's own."""

from typing import Any

from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from django.views.decorators.http import require_GET

from remit.execution.cooperation_rules import asked_of, can_ask, cooperations_visible_to
from remit.execution.enums import CooperationState
from remit.execution.models import Cooperation
from remit.execution.queries.cooperation import with_request
from remit.governance.enums import RequestState
from remit.org.models import Person
from remit.org.queries.today import today

from ..lists import Column, Filter, Listing
from ..templatetags.figures import say
from ..who import who
from .words import asked, standing, tone


def _answer(row: Cooperation) -> str:
    answer = getattr(row, "answer", None)
    return str(answer.get_feasibility_display()) if answer is not None and row.signature_id else ""


def _due(row: Cooperation) -> Any:
    answer = getattr(row, "answer", None)
    return answer.due_on if answer is not None and row.signature_id else None


COLUMNS = (
    Column(
        "title", pgettext_lazy("cooperation", "Request"), sort="title",
        href=lambda row: reverse("cooperation_one", args=[row.pk]),
        note=lambda row: row.plan.title if row.plan else "",
    ),
    Column("asked", pgettext_lazy("cooperation", "Asked of"), value=asked, sort="asked_unit__path"),
    Column(
        "unit", pgettext_lazy("cooperation", "Asked by"), value=lambda row: say(row.unit), sort="asker__name",
        note=lambda row: say(row.asker),
    ),
    Column("needed_on", gettext_lazy("Needed by"), kind="day", sort="needed_on"),
    Column("answer", pgettext_lazy("cooperation", "Answer"), value=_answer),
    Column("due", pgettext_lazy("cooperation", "Promised by"), kind="day", value=_due, sort="answer__due_on"),
    Column(
        "state", pgettext_lazy("cooperation", "State"), kind="badge", value=standing, sort="state",
        tone=lambda row: tone(row, today()),
    ),
)  # fmt: skip


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Those that one sees, what is needed last first."""
    person = who(request)
    rows = with_request(cooperations_visible_to(person)).defer("what", "purpose")
    whose = (
        ("mine", pgettext("cooperation", "Asked by me")),
        ("ours", pgettext("cooperation", "Asked of us")),
    )
    found = Listing(
        request, rows, COLUMNS, name="cooperation", search=("title", "asker__name", "plan__title"),
        filters=(
            Filter("whose", _("Whose"), whose, apply=_whose(person)),
            Filter("state", pgettext("cooperation", "State"), CooperationState.choices, field="state"),
            Filter("open", pgettext("cooperation", "What waits"), _waits(), apply=_waiting),
        ),
        sort="-needed_on",
    )  # fmt: skip
    context = {"listing": found, "may_ask": bool(can_ask(person))}
    return found.export() or render(request, "cooperation/list.html", context)


def _waits() -> tuple[tuple[str, str], ...]:
    return (
        ("answer", pgettext("cooperation", "For the answer")),
        ("late", pgettext("cooperation", "Late")),
    )


def _waiting(rows: QuerySet[Cooperation], value: str) -> QuerySet[Cooperation]:
    if value == "answer":
        asking = rows.filter(state=CooperationState.ASKING)
        return asking.alias(of_request=F("asking")).filter(of_request=RequestState.SUBMITTED)
    return rows.filter(state=CooperationState.PROMISED, answer__due_on__lt=today())


def _whose(person: Person) -> Any:
    def narrowed(rows: QuerySet[Cooperation], value: str) -> QuerySet[Cooperation]:
        return asked_of(person, rows) if value == "ours" else rows.filter(asker=person)

    return narrowed
