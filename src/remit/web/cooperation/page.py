"""One request to another department: what is asked, the answer, the signature, and what was promised."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from remit.core.ref import Ref
from remit.execution.cooperation_rules import (
    can_accept,
    can_answer,
    can_change,
    can_confirm,
    can_report_done,
    can_send,
    cooperations_visible_to,
)
from remit.execution.models import Cooperation
from remit.execution.queries.cooperation import KIND, SUBJECT, is_late, read_answer, with_request
from remit.governance.enums import RequestState
from remit.governance.kinds import kind_of
from remit.governance.models import Request
from remit.governance.queries.requests import requests_about
from remit.governance.queries.rounds import digest_to_sign, newest_round
from remit.governance.queries.routes import steps_to_sign
from remit.governance.rules import requests_visible_to
from remit.org.models import Person
from remit.org.queries.organisation import organisation_on
from remit.org.queries.today import today
from remit.planning.rules import plans_visible_to

from ..approvals.content import answer_lines, lines_of
from ..approvals.drawn import signatures_of
from ..who import who
from .forms import DoneForm, DropForm, MissingForm, PaperForm, SignAnswerForm
from .words import asked, standing, tone

HEADING = ("title", "unit", "asker", "asked_unit", "asked_position", "plan", "files")  # said elsewhere


def found(request: HttpRequest, cooperation_id: int) -> Cooperation:
    """The request, if the person may see it."""
    return get_object_or_404(with_request(cooperations_visible_to(who(request))), pk=cooperation_id)


@require_GET
def page(request: HttpRequest, cooperation_id: int) -> HttpResponse:
    """As it stands, for both sides."""
    return show(request, found(request, cooperation_id))


def show(request: HttpRequest, row: Cooperation, **more: Any) -> HttpResponse:
    """The page; 422 when a form comes back with errors."""
    context = context_of(row, who(request)) | more
    return render(request, "cooperation/one.html", context, status=422 if more else 200)


def context_of(row: Cooperation, person: Person) -> dict[str, Any]:
    """All that the page shows."""
    at, on, kind, ref = timezone.now(), today(), kind_of(KIND), Ref(SUBJECT, row.pk)
    asking = next(iter(requests_about([ref], KIND)), None)
    may_answer = can_answer(person, row, on)
    content = {**kind.read(ref).content, **dict.fromkeys(HEADING)}
    is_signed = row.signature_id is not None
    return {
        "row": row, "at": at, "on": on, "asked": asked(row), "standing": standing(row), "tone": tone(row, on),
        "is_late": is_late(row, on), "lines": lines_of(kind, content), "is_signed": is_signed,
        "answer": answer_lines(kind, read_answer(ref)) if is_signed or may_answer else [],
        "files": row.files.select_related("file", "by").order_by("pk"),
        "plan_seen": row.plan_id and plans_visible_to(person, on).filter(pk=row.plan_id).exists(),
        "may_change": can_change(person, row), "may_send": can_send(person, row), "may_answer": may_answer,
        "may_accept": can_accept(person, row), "may_report": can_report_done(person, row, on),
        "may_confirm": can_confirm(person, row), "request_of": _seen(asking, person),
        "signed": signatures_of(asking, at) if asking and asking.state != RequestState.DRAFT else [],
        **_to_sign(asking, person), "reporting": DoneForm(), "sending_back": MissingForm(),
        "dropping": DropForm(), "filing": PaperForm(),
    }  # fmt: skip


def _seen(asking: Request | None, person: Person) -> Request | None:
    if asking is None or not requests_visible_to(person).filter(pk=asking.pk).exists():
        return None
    return asking


def _to_sign(asking: Request | None, person: Person) -> dict[str, Any]:
    """``mine``: whether it waits for the person's signature; the form carries what they have before them."""
    if asking is None or asking.state != RequestState.SUBMITTED:
        return {"mine": False}
    mine = steps_to_sign(asking, person, today(), organisation_on(today()))
    newest = newest_round(asking)
    shown = digest_to_sign(newest) if newest else ""
    return {"mine": bool(mine), "shown": shown, "signing": SignAnswerForm(initial={"shown": shown})}
