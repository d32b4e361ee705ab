"""The asked department answers; the answer counts once its head has signed it (H5.1.2)."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from remit.audit.actions import record
from remit.core.ref import Ref
from remit.governance.actions.answer import answer_changed
from remit.governance.actions.signature import NotAnswered, NotYours, sign
from remit.governance.enums import Decision, RequestState
from remit.governance.models import Request, Signature
from remit.governance.queries.rounds import approved_now, living_request
from remit.governance.queries.routes import steps_to_sign
from remit.org.models import Person
from remit.org.queries.organisation import organisation_on
from remit.org.queries.today import company_day

from .. import events
from ..enums import CooperationState, Feasibility
from ..models import Cooperation, FeasibilityAnswer
from ..queries.cooperation import KIND, ROLE, SUBJECT, read_answer
from .cooperation import NotAtThisStage, NotPromised, asked_again, held_cooperation, promise

ANSWERABLE = (CooperationState.ASKING, CooperationState.ANSWERED, CooperationState.PROMISED)


class AnswerUnclear(ValueError):
    """The answer says too little or contradicts itself; the message says where."""


@transaction.atomic
def write_answer(
    *, cooperation: Cooperation, feasibility: str, by: Person, at: datetime, doer: Person | None = None,
    due_on: date | None = None, conditions: str = "", from_on: date | None = None, reason: str = "",
    note: str = "",
) -> FeasibilityAnswer:  # fmt: skip
    """Write the answer, or change it. A signed one that says something else is signed again.

    Raise AnswerUnclear, NotAtThisStage.
    """
    row = held_cooperation(cooperation)
    _require_asked(row)
    answer = FeasibilityAnswer.objects.filter(cooperation=row).first() or FeasibilityAnswer(cooperation=row)
    answer.feasibility, answer.doer, answer.due_on = Feasibility(feasibility), doer, due_on
    answer.conditions, answer.from_on = conditions.strip()[:1000], from_on
    answer.reason, answer.note = reason.strip()[:500], note.strip()[:1000]
    answer.by, answer.at = by, at
    _drop_what_does_not_belong(answer)
    _require_clear(answer, row, company_day(at))
    answer.save()
    fields = {
        "title": row.title, "answer": answer.feasibility, "doer": answer.doer_id, "due_on": answer.due_on
    }  # fmt: skip
    record(events.COOPERATION_WRITTEN, row, by=by, at=at, fields=fields)
    if answer_changed(subject=Ref(SUBJECT, row.pk), by=by, at=at):
        asked_again(row)
    return answer


@transaction.atomic
def sign_answer(
    *, cooperation: Cooperation, shown: str, by: Person, at: datetime, returned: str = ""
) -> Signature:
    """Sign exactly the request and the answer that were shown. ``returned``: what is unclear in the request.

    Raise NotYours, NotAnswered, and what a signature raises.
    """
    subject = Ref(SUBJECT, cooperation.pk)
    request, on = living_request(KIND, subject), company_day(at)
    steps = steps_to_sign(request, by, on, organisation_on(on)) if request else []
    if not steps:
        raise NotYours(_("This is not yours to sign, or it was decided meanwhile: look at it again."))
    said = read_answer(subject)
    if returned:
        decision, reason = Decision.RETURN, returned
    elif said is not None:
        decision, reason = said.decision, str(said.content["reason"])
    else:
        raise NotAnswered(_("Write the answer first: it is what is signed here."))
    return sign(step=steps[0][0], decision=decision, shown=shown, by=by, at=at, reason=reason)


def cooperation_answered(*, request: Request, by: Person, at: datetime) -> None:
    """Called in the transaction of the last signature: plainly feasible, it is promised at once."""
    row = Cooperation.objects.select_for_update(of=("self",)).get(pk=request.ref.id)
    if row.state != CooperationState.ASKING:
        return
    if not (verdict := approved_now(KIND, request.ref)):
        raise NotPromised(verdict.reason)
    row.state, row.signature = CooperationState.ANSWERED, _signature(request)
    row.save(update_fields=["state", "signature"])
    fields = {
        "title": row.title, "answer": row.answer.feasibility, "digest": row.signature.content_id
    }  # fmt: skip
    record(events.COOPERATION_ANSWERED, row, by=row.signature.signer, at=at, fields=fields)
    if row.answer.feasibility == Feasibility.FEASIBLE:
        promise(row, row.signature.signer, at)


def cooperation_declined(*, request: Request, by: Person, at: datetime) -> None:
    """Called when it was refused for good: it is not feasible."""
    row = Cooperation.objects.select_for_update(of=("self",)).get(pk=request.ref.id)
    if row.state != CooperationState.ASKING:
        return
    signature = _signature(request)
    row.state, row.ended_at, row.signature = CooperationState.DECLINED, at, signature
    row.end_reason = signature.reason[:300]
    row.save(update_fields=["state", "ended_at", "end_reason", "signature"])
    fields = {
        "title": row.title, "answer": Feasibility.NOT_FEASIBLE.value, "digest": signature.content_id
    }  # fmt: skip
    record(events.COOPERATION_ANSWERED, row, by=signature.signer, at=at, fields=fields)


# -- inside --------------------------------------------------------------------------------------


def _signature(request: Request) -> Signature:
    """The one that answered last; of a policy of one's own in which nobody answers, the last of all."""
    rows = Signature.objects.filter(step__round__request=request).select_related("signer")
    found = rows.filter(step__role=ROLE).order_by("-pk").first() or rows.order_by("-pk").first()
    assert found is not None
    return found


def _require_asked(row: Cooperation) -> None:
    request = living_request(KIND, Ref(SUBJECT, row.pk))
    asked = request is not None and request.state in (RequestState.SUBMITTED, RequestState.APPROVED)
    if row.state not in ANSWERABLE or not asked:
        raise NotAtThisStage(_("This is not being asked for at the moment."))


def _drop_what_does_not_belong(answer: FeasibilityAnswer) -> None:
    if answer.feasibility != Feasibility.CONDITIONAL:
        answer.conditions = ""
    if answer.feasibility != Feasibility.LATER:
        answer.from_on = None
    if answer.feasibility == Feasibility.NOT_FEASIBLE:
        answer.doer = answer.due_on = None
    else:
        answer.reason = ""


def _require_clear(answer: FeasibilityAnswer, row: Cooperation, on: date) -> None:
    """Each answer says what it needs to, and none what another is for."""
    if answer.feasibility == Feasibility.NOT_FEASIBLE:
        if not answer.reason:
            raise AnswerUnclear(_("Say why it is not feasible."))
        return
    if answer.doer is None or not answer.doer.is_active or answer.due_on is None:
        raise AnswerUnclear(_("Say who does it, and by when."))
    if answer.due_on < on:
        raise AnswerUnclear(_("It cannot be done by a day that is past."))
    if answer.feasibility == Feasibility.CONDITIONAL and not answer.conditions:
        raise AnswerUnclear(_("Say on which conditions."))
    if answer.feasibility == Feasibility.LATER:
        if answer.from_on is None or answer.from_on > answer.due_on:
            raise AnswerUnclear(_("Say from which day it is feasible; it is done on that day or after it."))
        if answer.due_on <= row.needed_on:
            raise AnswerUnclear(_("By this day it is not late: answer that it is feasible."))
    if answer.feasibility == Feasibility.FEASIBLE and answer.due_on > row.needed_on:
        raise AnswerUnclear(
            _("This is after the day on which it is needed: answer that it is feasible later.")
        )
