"""An answer that was signed says something else: its signatures no longer stand, and it is signed again."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_noop

from remit.core.ref import Ref
from remit.org.models import Person

from .. import events
from ..enums import RequestState
from ..kinds import kind_of
from ..models import Part, Request, Round, Signature, Step
from ..queries.rounds import answer_stands, digest_to_sign, newest_round
from .round import end_round, go_on, held, note, tell


@transaction.atomic
def answer_changed(*, subject: Ref, by: Person, at: datetime) -> list[Request]:
    """Called by the room above in the transaction of every change of an answer; return what was laid anew.

    What was asked for is the same, so the terms are too: version, steps and days. An answer that nobody
    signed yet changes freely.
    """
    alive = Request.objects.filter(
        subject=str(subject), state__in=[RequestState.SUBMITTED, RequestState.APPROVED]
    )
    laid = []
    for pk in list(alive.order_by("pk").values_list("pk", flat=True)):
        request = held(pk)
        row = newest_round(request)
        if row is None or not _is_signed(row) or answer_stands(row):
            continue
        row.request = request
        _lay_again(row, by, at)
        laid.append(request)
    return laid


def _is_signed(row: Round) -> bool:
    answering = kind_of(row.request.kind).answering
    rows = Signature.objects.filter(step__round=row)
    return answering is not None and rows.filter(step__role=answering.role).exists()


def _lay_again(last: Round, by: Person, at: datetime) -> None:
    request = last.request
    if last.outcome == "":
        end_round(last, RequestState.REVOKED, by=by, at=at)
    request.state, request.changed_at = RequestState.SUBMITTED, at
    request.save(update_fields=["state", "changed_at"])
    row = Round.objects.create(
        request=request, number=last.number + 1, version=last.version, facts=last.facts,
        content=last.content, is_green=last.is_green, by=last.by, at=at,
    )  # fmt: skip
    authors = last.parts.filter(signature=None).values_list("person", flat=True)
    Part.objects.bulk_create(Part(round=row, person_id=person) for person in authors)
    Step.objects.bulk_create(
        Step(
            round=row, clause=step.clause, stage=step.stage, role=step.role, place=step.place,
            position=step.position, need=step.need, days=step.days, is_arbiter=step.is_arbiter,
        )
        for step in last.steps.select_related("place", "position").order_by("pk")
    )  # fmt: skip
    note(events.ANSWER_CHANGED, row, by=by, at=at, digest=digest_to_sign(row))
    people = {request.author_id, last.by_id}
    text = gettext_noop("%(by)s changed the answer to %(subject)s: it is signed again before it counts.")
    tell(people, text, row, f"answer:{row.pk}", at, by=by)
    go_on(row, by=by, at=at)
