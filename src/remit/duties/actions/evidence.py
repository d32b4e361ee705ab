"""Give evidence, deliver, accept, return, waive."""

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from remit.audit.actions import record
from remit.audit.events import EventType
from remit.core.ref import Ref
from remit.files.models import StoredFile
from remit.notices.actions import notify
from remit.org.models import Person
from remit.org.queries.organisation import organisation_on
from remit.org.queries.today import company_day

from .. import events
from ..enums import EvidenceKind, HandoverState, State
from ..models import Evidence, Handover, Occurrence, Review, Sighting, Submission, Waiver
from ..queries.accepting import superior_of_charge
from ..queries.stakes import crews_of
from ..queries.work import evidence_counts
from ..rules import reviewers_of
from .handover import drop, expect_handovers, offer

NOTE_MAX, REASON_MAX = 4000, 300


class EvidenceMissing(ValueError):
    """The duty asks for more, or for another kind of, evidence than was given."""


class EvidenceUnreadable(ValueError):
    """What was given is no evidence of its kind."""


class NotOpen(ValueError):
    """Somebody else delivered, accepted or waived it meanwhile."""


class ReasonMissing(ValueError):
    """A return or a waiver needs a reason."""


@transaction.atomic
def give_evidence(
    *,
    occurrence: Occurrence,
    kind: str,
    by: Person,
    at: datetime,
    file: StoredFile | None = None,
    text: str = "",
    thing: Ref | None = None,
) -> Evidence:
    """Add a piece of evidence to an occurrence that is not closed."""
    occurrence = _held(occurrence, State.OPEN, State.DELIVERED)
    _require_owed(occurrence)
    text = text.replace("\x00", "").strip()
    _require_readable(kind, file, text, thing)
    given = {"kind": EvidenceKind(kind), "text": text[:NOTE_MAX], "thing": str(thing) if thing else ""}
    same = occurrence.evidence.filter(**given, file=None, by=by, withdrawn_at=None).first()
    if file is None and same is not None:  # a second click
        return same
    piece = Evidence.objects.create(**given, occurrence=occurrence, file=file, by=by, at=at)
    fields = {**_named(occurrence), "kind": kind, "evidence": piece.pk}
    del fields["unit"]
    record(events.EVIDENCE_GIVEN, occurrence, by=by, at=at, fields=fields)
    return piece


@transaction.atomic
def withdraw_evidence(*, evidence: Evidence, by: Person, at: datetime) -> Evidence:
    """Take a piece back before it was accepted; the row stays."""
    occurrence = _held(evidence.occurrence, State.OPEN)
    evidence.withdrawn_at = at
    evidence.save(update_fields=["withdrawn_at"])
    fields = {"code": occurrence.charge.duty.code, "key": occurrence.key, "evidence": evidence.pk}
    record(events.EVIDENCE_WITHDRAWN, occurrence, by=by, at=at, fields=fields)
    return evidence


@transaction.atomic
def deliver(*, occurrence: Occurrence, by: Person, at: datetime, note: str = "") -> Submission:
    """Say that it is done; the accountable is asked to accept it. Raise EvidenceMissing, NotOpen."""
    occurrence = _held(occurrence, State.OPEN)
    _require_owed(occurrence)
    _require_evidence(occurrence)
    submission = Submission.objects.create(
        occurrence=occurrence, note=note.replace("\x00", "").strip()[:NOTE_MAX], by=by, at=at
    )
    occurrence.state, occurrence.delivered_at = State.DELIVERED, at
    occurrence.save(update_fields=["state", "delivered_at"])
    expect_handovers(occurrence=occurrence, at=at)
    _record(events.DELIVERED, occurrence, by, at, submission=submission.pk)
    reviewers = reviewers_of(occurrence, by.pk, company_day(at))
    notify(
        people=Person.objects.filter(pk__in=reviewers).exclude(pk=by.pk),
        text=gettext_noop("%(by)s delivered %(subject)s. Please accept or return it."),
        fields={"by": by}, subject=occurrence, key=f"delivered:{submission.pk}", by=by, at=at,
    )  # fmt: skip
    return submission


@transaction.atomic
def accept(*, occurrence: Occurrence, by: Person, at: datetime) -> Review:
    """The evidence is good: the occurrence is closed, and what it hands over lies before the receivers.

    Raise NotOpen when somebody was faster.
    """
    occurrence = _held(occurrence, State.DELIVERED)
    submission = _newest(occurrence)
    review = Review.objects.create(submission=submission, is_accepted=True, by=by, at=at)
    _close(occurrence, State.ACCEPTED, at)
    _record(events.ACCEPTED, occurrence, by, at, submission=submission.pk)
    for handover in expect_handovers(occurrence=occurrence, at=at):
        if handover.state == HandoverState.EXPECTED:
            offer(handover=handover, by=submission.by, at=at)
    return review


@transaction.atomic
def send_back(*, occurrence: Occurrence, reason: str, by: Person, at: datetime) -> Review:
    """Return it with a reason to who delivered it; it is open again, with the due time that it had."""
    reason = _reason(reason)
    occurrence = _held(occurrence, State.DELIVERED)
    submission = _newest(occurrence)
    review = Review.objects.create(submission=submission, is_accepted=False, reason=reason, by=by, at=at)
    occurrence.state = State.OPEN
    occurrence.delivered_at = None
    occurrence.returns += 1
    occurrence.save(update_fields=["state", "delivered_at", "returns"])
    _record(events.RETURNED, occurrence, by, at, submission=submission.pk, reason=reason)
    notify(
        people=[submission.by],
        text=gettext_noop("%(by)s returned %(subject)s: %(reason)s"),
        fields={"by": by, "reason": reason}, subject=occurrence, key=f"returned:{review.pk}",
        by=by, at=at,
    )  # fmt: skip
    return review


@transaction.atomic
def waive(*, occurrence: Occurrence, reason: str, by: Person, at: datetime) -> Waiver:
    """It is not owed this time, for a reason; nor is what it was to hand over and nobody took yet.

    Whoever stands above hears of it, as of anything that one excuses oneself from.
    """
    reason = _reason(reason)
    occurrence = _held(occurrence, State.OPEN, State.DELIVERED)
    waiver = Waiver.objects.create(occurrence=occurrence, reason=reason, by=by, at=at)
    _close(occurrence, State.WAIVED, at)
    _record(events.WAIVED, occurrence, by, at, reason=reason)
    on = company_day(at)
    above = superior_of_charge(occurrence.charge, by.pk, on, organisation_on(on))
    reached = occurrence.escalations.values_list("person", flat=True)
    notify(
        people=Person.objects.filter(Q(pk=above) | Q(pk__in=reached)).exclude(pk=by.pk),
        text=gettext_noop("%(by)s waived %(subject)s: %(reason)s"),
        fields={"by": by, "reason": reason}, subject=occurrence, key=f"waived:{waiver.pk}", by=by, at=at,
    )  # fmt: skip
    drop(handovers=Handover.objects.filter(occurrence=occurrence), reason=reason, by=by, at=at)
    return waiver


@transaction.atomic
def use_sighting(*, sighting: Sighting, by: Person, at: datetime) -> Submission | None:
    """Take what the system saw as evidence; deliver once that is enough (none: more is asked for)."""
    one = sighting.occurrence
    if not one.evidence.filter(thing=sighting.thing, withdrawn_at=None).exists():
        thing = Ref.parse(sighting.thing)
        give_evidence(occurrence=one, kind=EvidenceKind.THING, thing=thing, by=by, at=at)
    if evidence_counts([one.pk]).get(one.pk, 0) < one.version.evidence_count:
        return None
    return deliver(occurrence=one, by=by, at=at)


@transaction.atomic
def deliver_with_note(*, occurrences: Iterable[Occurrence], note: str, by: Person, at: datetime) -> int:
    """Deliver several trivial ones at once: those that show themselves and whose evidence is one note.

    Return how many. What somebody delivered meanwhile (a second click, too) is left as it is.
    """
    count = 0
    for occurrence in occurrences:
        version = occurrence.version
        is_trivial = (version.evidence_kind, version.evidence_count) == (EvidenceKind.NOTE, 1)
        if occurrence.opens_at > at or not is_trivial:
            continue
        try:
            held = _held(occurrence, State.OPEN)
        except NotOpen:
            continue
        give_evidence(occurrence=held, kind=EvidenceKind.NOTE, text=note, by=by, at=at)
        deliver(occurrence=held, by=by, at=at)
        count += 1
    return count


# -- inside --------------------------------------------------------------------------------------


def _held(occurrence: Occurrence, *states: State) -> Occurrence:
    """The row, locked, if it is still in one of these states."""
    rows = Occurrence.objects.select_for_update(of=("self",))
    held = rows.select_related("charge__duty", "charge__unit", "version").get(pk=occurrence.pk)
    if held.state not in states:
        raise NotOpen(
            _("This is %(state)s already: look at it again.") % {"state": State(held.state).label.lower()}
        )
    return held


def _require_owed(occurrence: Occurrence) -> None:
    duty = occurrence.charge.duty
    if duty.retired_at is not None:
        raise NotOpen(_("%(code)s was retired: nobody owes it any more.") % {"code": duty.code})


def _newest(occurrence: Occurrence) -> Submission:
    return occurrence.submissions.select_related("by").order_by("-pk")[0]


def _close(occurrence: Occurrence, state: State, at: datetime) -> None:
    day = company_day(at)
    crew = crews_of([occurrence.charge], day, organisation_on(day))[occurrence.charge_id]
    occurrence.state, occurrence.closed_at = state, at
    if occurrence.accountable_id is None:
        occurrence.accountable_id = crew.accountable
    occurrence.save(update_fields=["state", "closed_at", "accountable"])


def _require_evidence(occurrence: Occurrence) -> None:
    version = occurrence.version
    count = evidence_counts([occurrence.pk]).get(occurrence.pk, 0)
    if count < version.evidence_count:
        raise EvidenceMissing(
            _("%(code)s asks for %(needed)s of: %(kind)s. Given so far: %(count)s. Add what is missing.")
            % {
                "code": occurrence.charge.duty.code, "needed": version.evidence_count,
                "kind": EvidenceKind(version.evidence_kind).label, "count": count,
            }
        )  # fmt: skip


def _require_readable(kind: str, file: StoredFile | None, text: str, thing: Ref | None) -> None:
    match kind:
        case EvidenceKind.FILE:
            good = file is not None and not (text or thing)
        case EvidenceKind.NOTE:
            good = bool(text) and file is None and thing is None
        case EvidenceKind.LINK:
            parts = urlsplit(text)
            good = parts.scheme in ("http", "https") and bool(parts.netloc) and file is None and thing is None
        case EvidenceKind.THING:
            good = thing is not None and file is None and not text
        case _:
            good = False
    if not good:
        raise EvidenceUnreadable(
            _("Give one piece of evidence: a file, a note, an address that begins with https://, or a thing.")
        )


def _reason(reason: str) -> str:
    reason = reason.replace("\x00", "").strip()[:REASON_MAX]
    if not reason:
        raise ReasonMissing(_("Say why: whoever reads this later has to understand it."))
    return reason


def _named(occurrence: Occurrence) -> dict[str, object]:
    charge = occurrence.charge
    return {"code": charge.duty.code, "unit": charge.unit.code, "key": occurrence.key}


def _record(kind: EventType, occurrence: Occurrence, by: Person, at: datetime, **fields: object) -> None:
    record(kind, occurrence, by=by, at=at, fields={**_named(occurrence), **fields})
