"""The rounds of a request, and whether what was approved is what there is now."""

import json

from django.utils.translation import gettext as _

from remit.core.ref import Ref
from remit.core.verdict import ALLOWED, Verdict, refused

from ..content import canonical, differences, digest_of
from ..enums import RequestState
from ..kinds import kind_of
from ..models import Request, Round, Signature

PROCEDURE_CLAUSE = "H5.1.1"


def newest_round(request: Request) -> Round | None:
    """The one that was submitted last; none for a draft."""
    rows = request.rounds.select_related("version__policy", "by", "content")
    return rows.order_by("-number").first()


def living_request(kind: str, subject: Ref) -> Request | None:
    """The request of a kind about a subject that was not refused for good."""
    rows = Request.objects.filter(kind=kind, subject=str(subject)).exclude(state=RequestState.REFUSED)
    return rows.select_related("unit", "author").first()


def digest_now(row: Round) -> str:
    """The hash of what the subject contains now, with the papers that the round was signed with."""
    subject = kind_of(row.request.kind).read(row.request.ref)
    papers = json.loads(row.content.text)["papers"]
    return digest_of(canonical({"subject": subject.content, "papers": papers}))


def text_to_sign(row: Round) -> str:
    """What a signature is given on now: the round's content, with the answer where its kind is answered."""
    kind = kind_of(row.request.kind)
    if kind.answering is None:
        return row.content.text
    answer = kind.answer(row.request.ref)
    return canonical({**json.loads(row.content.text), "answer": answer.content if answer else None})


def digest_to_sign(row: Round) -> str:
    """The hash of what a signature is given on now."""
    return row.content_id if kind_of(row.request.kind).answering is None else digest_of(text_to_sign(row))


def answer_stands(row: Round) -> bool:
    """Whether the answer is what was signed last in the role that answers; also where nothing is answered."""
    answering = kind_of(row.request.kind).answering
    if answering is None:
        return True
    signed = Signature.objects.filter(step__round=row, step__role=answering.role).order_by("-pk").first()
    return signed is not None and signed.content_id == digest_to_sign(row)


def changes_since(row: Round) -> dict[str, tuple[object, object]]:
    """What in the subject is no longer as it was when the round was submitted."""
    subject = kind_of(row.request.kind).read(row.request.ref)
    return differences(json.loads(row.content.text)["subject"], subject.content)


def approved_now(kind: str, subject: Ref) -> Verdict:
    """Whether exactly what the subject contains now has all its signatures; the reason says what is missing.

    Whatever executes (launches, sends, spends, publishes, releases) asks this first, in its own transaction.
    """
    request = Request.objects.filter(kind=kind, subject=str(subject)).order_by("-pk").first()
    if request is None:
        return refused(_("This was never submitted for approval."), PROCEDURE_CLAUSE)
    row = newest_round(request)
    if request.state != RequestState.APPROVED or row is None:
        said = {
            RequestState.DRAFT: _("This was not submitted for approval yet."),
            RequestState.SUBMITTED: _("Not everybody has signed this yet."),
            RequestState.RETURNED: _("This was returned: mend it and submit it again."),
            RequestState.REFUSED: _("This was refused."),
            RequestState.WITHDRAWN: _("Its author withdrew the request: submit it again."),
            RequestState.REVOKED: _("It was changed after it was signed: submit it again."),
        }
        return refused(said[RequestState(request.state)], PROCEDURE_CLAUSE)
    if digest_now(row) != row.content_id:
        return refused(_("It is no longer what was signed: submit it again."), PROCEDURE_CLAUSE)
    if not answer_stands(row):
        return refused(_("Its answer is no longer what was signed."), PROCEDURE_CLAUSE)
    return ALLOWED
