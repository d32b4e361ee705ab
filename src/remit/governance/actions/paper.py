"""Give the papers that clauses ask for."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from remit.audit.actions import record
from remit.core.ref import Ref
from remit.files.models import StoredFile
from remit.org.models import Person

from .. import events
from ..enums import CAN_BE_SUBMITTED
from ..models import Paper, Request
from .round import held


class NotAsked(ValueError):
    """A paper is given before submission, or when it is owed."""


class NoPaper(ValueError):
    """A paper is one file or one thing."""


@transaction.atomic
def give_paper(
    *,
    request: Request,
    code: str,
    by: Person,
    at: datetime,
    file: StoredFile | None = None,
    thing: Ref | None = None,
) -> Paper:
    """Give a paper: before submission (again replaces it), or one that is owed from the green channel."""
    if (file is None) == (thing is None):
        raise NoPaper(_("Give one file, or one thing of the system."))
    request = held(request.pk)
    there = Paper.objects.filter(request=request, code=code).first()
    owed = there is not None and there.given_at is None
    if request.state not in CAN_BE_SUBMITTED and not owed:
        raise NotAsked(
            _("While a request is being signed, or when it is signed, its papers stay as they are.")
        )
    paper = there or Paper(request=request, code=code)
    paper.file, paper.thing = file, str(thing or "")
    paper.given_by, paper.given_at = by, at
    paper.save()
    fields = {
        "kind": request.kind, "about": request.subject, "title": request.title, "code": code, "owed": owed,
    }  # fmt: skip
    record(events.PAPER_GIVEN, request, by=by, at=at, fields=fields)
    return paper
