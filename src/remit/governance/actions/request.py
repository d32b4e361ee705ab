"""Ask for something: open a request, submit it, take it back; and what happens when its subject changes."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from remit.core.ref import Ref
from remit.org.models import Person, Unit
from remit.org.queries.clocks import clocks
from remit.org.queries.today import company_day

from .. import events
from ..content import canonical, digest_of
from ..deciding import Judgement
from ..enums import CAN_BE_SUBMITTED, RequestState
from ..kinds import Subject, kind_of
from ..models import Content, Paper, Part, PolicyVersion, Request, Round
from ..queries.judging import facts_of, judgement_of
from ..queries.policies import current_version
from ..queries.rounds import digest_now, living_request, newest_round
from ..words import sentences_of
from .round import due_after, end_round, go_on, held, lay_steps, note, open_round, tell

REASON_MAX = 300


class NotTaken(ValueError):
    """The policy does not take the request; ``sentences`` are all its objections, each citing its clause."""

    def __init__(self, judgement: Judgement, sentences: list[str]) -> None:
        super().__init__("\n".join(sentences))
        self.judgement, self.sentences = judgement, sentences


class NoPolicy(ValueError):
    """No policy rules this kind of request: nothing is approved by itself."""


class NotNow(ValueError):
    """The request is in a state in which this cannot be done."""


@transaction.atomic
def open_request(*, kind: str, subject: Ref, by: Person, at: datetime) -> Request:
    """The living request of a kind about a subject; a draft of the person when there is none."""
    found = living_request(kind, subject)
    if found is not None:
        return found
    said = kind_of(kind).read(subject)
    return Request.objects.create(
        kind=kind, subject=str(subject), title=said.title[:200], unit=Unit.objects.get(pk=said.unit),
        author=by, made_at=at, changed_at=at,
    )  # fmt: skip


@transaction.atomic
def ask_for_green(*, request: Request, reason: str, by: Person, at: datetime) -> Request:
    """Ask for the green channel, for a reason; an empty reason takes it back."""
    request = held(request.pk)
    _require(request, *CAN_BE_SUBMITTED)
    reason = reason.replace("\x00", "").strip()[:REASON_MAX]
    request.asks_green, request.green_reason, request.changed_at = bool(reason), reason, at
    request.save(update_fields=["asks_green", "green_reason", "changed_at"])
    return request


@transaction.atomic
def submit(*, request: Request, by: Person, at: datetime) -> Round:
    """Judge the request by the newest version of its policy, and lay it before those who sign first.

    Raise NotTaken with every objection, NoPolicy, NotNow.
    """
    request = held(request.pk)
    _require(request, *CAN_BE_SUBMITTED)
    version = current_version(request.kind)
    if version is None:
        raise NoPolicy(
            _("No policy rules this kind of request, and nothing is approved by itself. Publish one first.")
        )
    subject = kind_of(request.kind).read(request.ref)
    request.unit = Unit.objects.get(pk=subject.unit)
    facts = facts_of(subject, request)
    judgement = judgement_of(request, version.read(), facts, company_day(at))
    if not judgement.is_taken:
        raise NotTaken(judgement, sentences_of(judgement))
    request.title, request.state, request.changed_at = subject.title[:200], RequestState.SUBMITTED, at
    request.save(update_fields=["title", "unit", "state", "changed_at"])
    row = _new_round(request, subject, facts, version, by, at)
    _owe(request, judgement, at)
    lay_steps(row, judgement, request.unit)
    said = {"version": version.number, "digest": row.content_id, "green": row.is_green}
    note(events.SUBMITTED, row, by=by, at=at, **said)
    kind_of(request.kind).submitted(request=request, by=by, at=at)
    go_on(row, by=by, at=at)
    return row


@transaction.atomic
def withdraw(*, request: Request, by: Person, at: datetime) -> Request:
    """Take it back while it is being signed; it can be submitted again."""
    request = held(request.pk)
    _require(request, RequestState.SUBMITTED)
    row = open_round(request)
    end_round(row, RequestState.WITHDRAWN, by=by, at=at)
    note(events.WITHDRAWN, row, by=by, at=at)
    return request


@transaction.atomic
def subject_ended(*, subject: Ref, by: Person, at: datetime) -> None:
    """Called by the room above when there is nothing to sign any more: what is being signed is withdrawn."""
    alive = Request.objects.filter(subject=str(subject), state=RequestState.SUBMITTED)
    for pk in list(alive.order_by("pk").values_list("pk", flat=True)):
        withdraw(request=held(pk), by=by, at=at)


def hold_requests(subject: Ref) -> None:
    """Lock the requests about a subject; the room above does so before it locks the subject itself.

    An edit and a signature then take their locks in one order, and never wait for one another for ever.
    """
    list(Request.objects.select_for_update().filter(subject=str(subject)).order_by("pk"))


@transaction.atomic
def content_changed(*, subject: Ref, by: Person | None, at: datetime) -> list[Request]:
    """Called by the room above in the transaction of every edit: what was signed no longer stands.

    Requests whose content is what it was stay as they are; return those that were revoked.
    """
    alive = Request.objects.filter(
        subject=str(subject), state__in=[RequestState.SUBMITTED, RequestState.APPROVED]
    )
    revoked = []
    for pk in list(alive.order_by("pk").values_list("pk", flat=True)):
        request = held(pk)
        row = newest_round(request)
        if row is None or (now := digest_now(row)) == row.content_id:
            continue
        row.request = request
        _revoke(row, at)
        note(events.REVOKED, row, by=by, at=at, was=row.content_id, digest=now)
        signed = row.parts.values_list("person", flat=True)
        text = gettext_noop("%(subject)s was changed after it was submitted: its signatures no longer stand.")
        tell(signed, text, row, f"revoked:{row.pk}", at, by=by)
        revoked.append(request)
    return revoked


# -- inside --------------------------------------------------------------------------------------


def _require(request: Request, *states: str) -> None:
    if request.state not in states:
        label = str(RequestState(request.state).label)
        raise NotNow(_("This is now “%(state)s”: look at it again.") % {"state": label})


def _revoke(row: Round, at: datetime) -> None:
    """An open round ends; an approved one keeps its outcome, and the request no longer stands on it."""
    if row.outcome == "":
        end_round(row, RequestState.REVOKED, by=None, at=at)
    row.request.state, row.request.changed_at = RequestState.REVOKED, at
    row.request.save(update_fields=["state", "changed_at"])


def _new_round(  # house: actions: one row from what was judged
    request: Request,
    subject: Subject,
    facts: dict[str, object],
    version: PolicyVersion,
    by: Person,
    at: datetime,
) -> Round:
    last = newest_round(request)
    papers = Paper.objects.filter(request=request, given_at__isnull=False).select_related("file")
    given = {paper.code: paper.file.sha256 if paper.file else paper.thing for paper in papers}
    text = canonical({"subject": subject.content, "papers": given})
    content, _made = Content.objects.get_or_create(digest=digest_of(text), defaults={"text": text})
    row = Round.objects.create(
        request=request, number=last.number + 1 if last else 1, version=version, facts=facts,
        content=content, is_green=request.asks_green, by=by, at=at,
    )  # fmt: skip
    authors = {request.author_id, by.pk, *subject.own}
    Part.objects.bulk_create(Part(round=row, person_id=person) for person in authors)
    return row


def _owe(request: Request, judgement: Judgement, at: datetime) -> None:
    """On the green channel what is missing is owed; an earlier debt no longer asked for is dropped."""
    owed = Paper.objects.filter(request=request, given_at=None)
    codes = [needed.paper.code for needed in judgement.debts]
    owed.exclude(code__in=codes).delete()
    if judgement.green is None:
        return
    due = due_after(judgement.green.days, request.unit_id, at, clocks())
    there = set(owed.values_list("code", flat=True))
    Paper.objects.bulk_create(
        Paper(request=request, code=code, due_at=due) for code in dict.fromkeys(codes) if code not in there
    )
