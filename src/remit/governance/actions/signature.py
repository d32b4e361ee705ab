"""Sign."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from remit.org.models import Person
from remit.org.queries.organisation import organisation_on
from remit.org.queries.today import company_day

from .. import events
from ..content import digest_of
from ..enums import Decision, StepState
from ..kinds import kind_of
from ..models import Content, Part, Round, Signature, Step
from ..queries.rounds import digest_now, text_to_sign
from ..queries.signers import signers_of
from .round import go_on, held, note, open_round

REASON_MAX = 500


class NotYours(ValueError):
    """The step is not the person's to sign at this moment."""


class AlreadyDecided(ValueError):
    """Somebody was faster, or the request was withdrawn or changed."""


class ChangedSinceOpened(ValueError):
    """What was shown to the signer is not what there is now."""


class NotAnswered(ValueError):
    """What is answered is signed with its answer, and as the answer has it."""


class NoLongerPossible(ValueError):
    """What was asked for cannot be done any more: rooms above raise their own kinds of it.

    Nothing is signed then; the message says why, and what to do.
    """


class ReasonMissing(ValueError):
    """Who returns or refuses says why."""


@transaction.atomic
def sign(*, step: Step, decision: str, shown: str, by: Person, at: datetime, reason: str = "") -> Signature:
    """Decide on exactly the content that was shown (its digest).

    Raise AlreadyDecided, ChangedSinceOpened, NotAnswered, NotYours, ReasonMissing. With the last
    signature what was asked for is done in the same transaction; raise NoLongerPossible where it cannot be.
    """
    reason = reason.replace("\x00", "").strip()[:REASON_MAX]
    if Decision(decision) != Decision.APPROVE and not reason:
        raise ReasonMissing(_("Say why: its author has to know what to change."))
    request = held(step.round.request_id)
    step = Step.objects.select_related("round__request", "position", "place").get(pk=step.pk)
    if step.state != StepState.OPEN:
        raise AlreadyDecided(_("This was decided, withdrawn or changed meanwhile: look at it again."))
    row = open_round(request)
    content = _content(row, shown)
    _require_answer(row, step, Decision(decision))
    on = company_day(at)
    hands = signers_of(step, on, organisation_on(on)).hands
    hand = next((one for one in hands if one.signer == by.pk), None)
    if hand is None:
        raise NotYours(
            _("This is not yours to sign: you asked for it, signed already, or others answer for it.")
        )
    signature = Signature.objects.create(
        step=step, decision=decision, reason=reason, content=content, signer=by,
        principal_id=hand.principal, at=at,
    )  # fmt: skip
    Part.objects.bulk_create(Part(round=row, person_id=person, signature=signature) for person in hand.people)
    _note(row, step, signature)
    go_on(row, by=by, at=at, reason=reason)
    return signature


def _content(row: Round, shown: str) -> Content:
    """What is signed, if it is what was shown and what there is now."""
    text = text_to_sign(row)
    digest = digest_of(text)
    if shown != digest or row.content_id != digest_now(row):
        raise ChangedSinceOpened(_("This changed since you opened it. Read what is there now, then sign."))
    if digest == row.content_id:
        return row.content
    return Content.objects.get_or_create(digest=digest, defaults={"text": text})[0]


def _require_answer(row: Round, step: Step, decision: Decision) -> None:
    """In the role that answers, only the answer is signed, or it is returned unclear."""
    kind = kind_of(row.request.kind)
    if kind.answering is None or step.role != kind.answering.role or decision == Decision.RETURN:
        return
    answer = kind.answer(row.request.ref)
    if answer is None:
        raise NotAnswered(_("Write the answer first: it is what is signed here."))
    if answer.decision != decision:
        raise NotAnswered(_("The answer says otherwise: sign it as it is, or change it first."))


def _note(row: Round, step: Step, signature: Signature) -> None:
    principal = signature.principal_id if signature.principal_id != signature.signer_id else None
    note(
        events.SIGNED, row, by=signature.signer, at=signature.at, clause=step.clause,
        decision=signature.decision, reason=signature.reason, principal=principal,
        digest=signature.content_id,
    )  # fmt: skip
