"""Ask another department: write it, change it, drop it; accept what it answers, and confirm what it did."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from remit.audit.actions import record
from remit.core.ref import Ref
from remit.files.models import StoredFile
from remit.governance.actions.request import content_changed, hold_requests, open_request, subject_ended
from remit.governance.models import Request
from remit.governance.queries.rounds import approved_now
from remit.notices.actions import notify
from remit.org.models import Person, Unit
from remit.org.queries.companies import books_of_units

from .. import events
from ..enums import ENDED_COOPERATION, CooperationState
from ..models import Cooperation, CooperationFile
from ..queries.cooperation import KIND, SUBJECT

CHANGEABLE = (
    "title", "what", "purpose", "plan", "asked_unit", "asked_position", "needed_on", "effort_days", "money",
)  # fmt: skip


class CooperationUnclear(ValueError):
    """What was given says too little or contradicts itself; the message says where."""


class NotAtThisStage(ValueError):
    """It stands otherwise: look at it again."""


class NotPromised(ValueError):
    """Nothing counts but exactly what the head of the asked department signed; the message says why not."""


@transaction.atomic
def add_cooperation(*, unit: Unit, by: Person, at: datetime, **values: Any) -> Cooperation:
    """Write a request to another department; ``values``: any of CHANGEABLE. It asks nobody yet."""
    books = Unit.objects.get(pk=books_of_units()[unit.pk])
    row = Cooperation(unit=unit, asker=by, currency=books.currency, made_at=at, changed_at=at)
    _take(row, values)
    row.save()
    fields = {"title": row.title, "asked": str(row.asked_unit), "needed_on": row.needed_on}
    record(events.COOPERATION_ADDED, row, by=by, at=at, fields=fields)
    return row


@transaction.atomic
def change_cooperation(*, cooperation: Cooperation, by: Person, at: datetime, **changes: Any) -> Cooperation:
    """Change what is asked for; ``changes``: any of CHANGEABLE. What was signed of it no longer stands."""
    row = held_cooperation(cooperation)
    _require_open(row)
    _take(row, changes)
    row.changed_at = at
    row.save()
    fields = {"title": row.title, "changes": sorted(changes)}
    record(events.COOPERATION_CHANGED, row, by=by, at=at, fields=fields)
    _asked_otherwise(row, by, at)
    return row


@transaction.atomic
def add_cooperation_file(
    *, cooperation: Cooperation, file: StoredFile, by: Person, at: datetime
) -> CooperationFile:
    """Add a paper; it is part of what is signed."""
    row = held_cooperation(cooperation)
    _require_open(row)
    paper = CooperationFile.objects.create(cooperation=row, file=file, by=by, at=at)
    fields = {"title": row.title, "changes": [file.name]}
    record(events.COOPERATION_CHANGED, row, by=by, at=at, fields=fields)
    _asked_otherwise(row, by, at)
    return paper


@transaction.atomic
def ask_department(*, cooperation: Cooperation, by: Person, at: datetime) -> Request:
    """Its request, opened where there is none: its page says what the policy asks, and submits it."""
    row = held_cooperation(cooperation)
    if row.state != CooperationState.ASKING:
        raise NotAtThisStage(_("This was answered already."))
    return open_request(kind=KIND, subject=Ref(SUBJECT, row.pk), by=by, at=at)


def cooperation_submitted(*, request: Request, by: Person, at: datetime) -> None:
    """Called in the transaction of the submission: from now on the other side sees it."""
    row = Cooperation.objects.select_for_update(of=("self",)).get(pk=request.ref.id)
    if row.state != CooperationState.ASKING:
        raise NotAtThisStage(_("This was answered already."))
    row.asked_at = row.asked_at or at
    row.save(update_fields=["asked_at"])
    fields = {"title": row.title, "needed_on": row.needed_on}
    record(events.COOPERATION_ASKED, row, by=by, at=at, fields=fields)


@transaction.atomic
def accept_answer(*, cooperation: Cooperation, by: Person, at: datetime) -> Cooperation:
    """Take the answer with its conditions or its later day: from now on it is promised. Raise NotPromised."""
    row = held_cooperation(cooperation)
    if row.state != CooperationState.ANSWERED:
        raise NotAtThisStage(_("No answer waits to be accepted."))
    promise(row, by, at)
    text = gettext_noop("%(by)s accepted the answer: %(subject)s is promised.")
    _tell([row.answer.doer_id], text, row, f"accepted:{row.signature_id}", by, at)
    return row


@transaction.atomic
def report_done(*, cooperation: Cooperation, note: str, by: Person, at: datetime) -> Cooperation:
    """The asked side says that it is done; the asker confirms."""
    row = held_cooperation(cooperation)
    if row.state != CooperationState.PROMISED:
        raise NotAtThisStage(_("Only what was promised is reported done."))
    _require_signed(row)
    row.state, row.done_at, row.done_by, row.done_note = CooperationState.DONE, at, by, note.strip()[:600]
    row.save(update_fields=["state", "done_at", "done_by", "done_note"])
    fields = {"title": row.title, "note": row.done_note}
    record(events.COOPERATION_DONE, row, by=by, at=at, fields=fields)
    text = gettext_noop("%(by)s reported %(subject)s done. Confirm it, or say what is missing.")
    _tell([row.asker_id], text, row, f"done:{at.isoformat()}", by, at)
    return row


@transaction.atomic
def send_back(*, cooperation: Cooperation, reason: str, by: Person, at: datetime) -> Cooperation:
    """The asker does not see it done: it is owed as before."""
    row = held_cooperation(cooperation)
    _require_done(row)
    reason = reason.strip()[:300]
    if not reason:
        raise CooperationUnclear(_("Say what is missing."))
    row.state, row.done_at, row.done_by, row.done_note = CooperationState.PROMISED, None, None, ""
    row.save(update_fields=["state", "done_at", "done_by", "done_note"])
    fields = {"title": row.title, "reason": reason}
    record(events.COOPERATION_SENT_BACK, row, by=by, at=at, fields=fields)
    text = gettext_noop("%(by)s does not see %(subject)s done: %(reason)s")
    _tell([row.answer.doer_id], text, row, f"back:{at.isoformat()}", by, at, reason=reason)
    return row


@transaction.atomic
def confirm_done(*, cooperation: Cooperation, by: Person, at: datetime) -> Cooperation:
    """The asker confirms; nothing is owed any more."""
    row = held_cooperation(cooperation)
    _require_done(row)
    row.state, row.ended_at = CooperationState.CONFIRMED, at
    row.save(update_fields=["state", "ended_at"])
    record(events.COOPERATION_CONFIRMED, row, by=by, at=at, fields={"title": row.title})
    text = gettext_noop("%(by)s confirmed that %(subject)s is done.")
    _tell([row.answer.doer_id], text, row, "confirmed", by, at)
    return row


@transaction.atomic
def drop_cooperation(*, cooperation: Cooperation, reason: str, by: Person, at: datetime) -> Cooperation:
    """No longer ask for it, whatever was answered; what is being signed is withdrawn."""
    row = held_cooperation(cooperation)
    _require_open(row)
    reason = reason.strip()[:300]
    if not reason:
        raise CooperationUnclear(_("Say why it is no longer needed."))
    was = row.state
    row.state, row.ended_at, row.end_reason = CooperationState.DROPPED, at, reason
    row.save(update_fields=["state", "ended_at", "end_reason"])
    fields = {"title": row.title, "reason": reason}
    record(events.COOPERATION_DROPPED, row, by=by, at=at, fields=fields)
    subject_ended(subject=Ref(SUBJECT, row.pk), by=by, at=at)
    if was != CooperationState.ASKING:
        text = gettext_noop("%(by)s no longer asks for %(subject)s: %(reason)s")
        _tell([row.answer.doer_id], text, row, "dropped", by, at, reason=reason)
    return row


# -- of both sides -------------------------------------------------------------------------------


def held_cooperation(cooperation: Cooperation) -> Cooperation:
    """Locked, after the requests about it: an edit and a signature take their locks in one order."""
    hold_requests(Ref(SUBJECT, cooperation.pk))
    rows = Cooperation.objects.select_for_update(of=("self",))
    return rows.select_related("unit", "asked_unit", "asked_position", "plan", "asker").get(pk=cooperation.pk)


def promise(row: Cooperation, by: Person, at: datetime) -> None:
    """It is promised, if exactly what it and its answer say now is signed. Raise NotPromised."""
    _require_signed(row)
    assert row.signature is not None
    row.state, row.accepted_at = CooperationState.PROMISED, at
    row.save(update_fields=["state", "accepted_at"])
    fields = {
        "title": row.title, "answer": row.answer.feasibility, "doer": row.answer.doer_id,
        "due_on": row.answer.due_on, "digest": row.signature.content_id,
    }  # fmt: skip
    record(events.COOPERATION_PROMISED, row, by=by, at=at, fields=fields)


def asked_again(row: Cooperation) -> None:
    """What was signed no longer stands: nothing is answered, nothing promised."""
    row.state, row.signature, row.accepted_at = CooperationState.ASKING, None, None
    row.save(update_fields=["state", "signature", "accepted_at"])


# -- inside --------------------------------------------------------------------------------------


def _take(row: Cooperation, values: dict[str, Any]) -> None:
    if unknown := sorted(set(values) - set(CHANGEABLE)):
        raise TypeError(f"A request to another department has no {', '.join(unknown)}.")
    for name, value in values.items():
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    if not (row.title and row.what):
        raise CooperationUnclear(_("Say what is needed: a title, and what exactly."))
    if row.money < 0 or (row.effort_days is not None and row.effort_days < 0):
        raise CooperationUnclear(_("Effort and money are nothing or more."))


def _asked_otherwise(row: Cooperation, by: Person, at: datetime) -> None:
    if content_changed(subject=Ref(SUBJECT, row.pk), by=by, at=at):
        asked_again(row)


def _require_open(row: Cooperation) -> None:
    if row.state in ENDED_COOPERATION or row.state == CooperationState.DONE:
        raise NotAtThisStage(_("This has ended and stays as it is."))


def _require_done(row: Cooperation) -> None:
    if row.state != CooperationState.DONE:
        raise NotAtThisStage(_("Nothing was reported done."))


def _require_signed(row: Cooperation) -> None:
    if not (verdict := approved_now(KIND, Ref(SUBJECT, row.pk))):
        raise NotPromised(verdict.reason)


def _tell(
    people: list[int | None], text: str, row: Cooperation, key: str, by: Person, at: datetime, **said: object
) -> None:
    others = Person.objects.filter(pk__in=[one for one in people if one is not None]).exclude(pk=by.pk)
    named = {name: value for name, value in {"by": by, **said}.items() if f"%({name})s" in text}
    notify(
        people=others, text=text, fields=named, subject=row, key=f"cooperation:{row.pk}:{key}", by=by, at=at
    )
