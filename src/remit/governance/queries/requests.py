"""Requests as their pages show them."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet

from remit.core.ref import Ref

from ..content import differences
from ..deciding import Judgement
from ..kinds import kind_of
from ..models import Paper, Request, Round, Signature, Step
from .judging import facts_of, judgement_of
from .policies import current_version


def with_names(requests: QuerySet[Request]) -> QuerySet[Request]:
    """With all that a list says of them."""
    return requests.select_related("unit", "author")


def requests_about(subjects: Iterable[Ref], kind: str) -> list[Request]:
    """The newest request of a kind about each of these things."""
    rows = Request.objects.filter(kind=kind, subject__in=[str(ref) for ref in subjects]).order_by("pk")
    return list({row.subject: row for row in rows}.values())


def rounds_of(request: Request) -> list[Round]:
    """Every submission, newest first."""
    rows = request.rounds.select_related("version__policy", "by", "content")
    return list(rows.order_by("-number"))


def steps_of(row: Round) -> list[Step]:
    """The steps of a round in their order, with their signatures."""
    rows = row.steps.select_related("position", "place", "round__request")
    with_signatures = rows.prefetch_related("signatures__signer", "signatures__principal")
    return list(with_signatures.order_by("stage", "is_arbiter", "pk"))


def papers_of(request: Request) -> dict[str, Paper]:
    """What was given or is owed, by code."""
    rows = request.papers.select_related("file", "given_by")
    return {paper.code: paper for paper in rows}


def signed_in(requests: Iterable[Request]) -> dict[int, list[Signature]]:
    """What was decided on each, in every round, in its order; one query, of none none."""
    found: dict[int, list[Signature]] = {}
    if not (ids := [request.pk for request in requests]):
        return found
    rows = Signature.objects.filter(step__round__request__in=ids).order_by("at", "pk")
    for row in rows.select_related("step__round", "signer", "principal"):
        found.setdefault(row.step.round.request_id, []).append(row)
    return found


def content_of(row: Round) -> Mapping[str, Any]:
    """What was signed in a round, as plain values."""
    content: Mapping[str, Any] = json.loads(row.content.text)["subject"]
    return content


def content_now(request: Request) -> Mapping[str, Any]:
    """What a submission would lay before its signers now."""
    return kind_of(request.kind).read(request.ref).content


def changes_between(before: Round, after: Round) -> dict[str, tuple[object, object]]:
    """What a later submission says otherwise than an earlier one."""
    return differences(content_of(before), content_of(after))


def judged_now(request: Request, on: date) -> Judgement | None:
    """What the newest version asks of a request as it stands; none where no policy rules its kind."""
    version = current_version(request.kind)
    if version is None:
        return None
    facts = facts_of(kind_of(request.kind).read(request.ref), request)
    return judgement_of(request, version.read(), facts, on)
