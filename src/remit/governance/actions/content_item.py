"""Keep content: add it, change it, let it go live once it is approved, withdraw it."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from remit.audit.actions import record
from remit.core.ref import Ref
from remit.org.models import Person, Unit

from .. import events
from ..enums import ContentState, FindingState
from ..models import ContentItem, Request
from ..queries.contents import KIND, SUBJECT, digest_of_text
from ..queries.rounds import approved_now, living_request, newest_round
from ..queries.screening import screen_in_force
from ..screening.rule import GRAVITY, Verdict
from .finding import close_findings, keep_findings
from .request import content_changed, hold_requests, open_request, subject_ended
from .signature import NoLongerPossible

CHANGEABLE = ("title", "channel", "industry", "text", "owner")
TEXT_MOST = 20_000


class ContentUnclear(ValueError):
    """What was given says too little; the message says what is missing."""


class ContentEnded(ValueError):
    """It was withdrawn."""


class ContentNotApproved(ValueError):
    """Only exactly what has all its signatures goes live; the message says what is missing."""


class JudgedOtherwise(NoLongerPossible):
    """What screening says is graver than what the signatures were given on."""


@transaction.atomic
def add_content(
    *, unit: Unit, title: str, channel: str, text: str, owner: Person, by: Person, at: datetime,
    industry: str = "", live_at: datetime | None = None,
) -> ContentItem:  # fmt: skip
    """Keep a text. ``live_at``: since when it can be seen already, for what was published elsewhere."""
    _require_text(title, text)
    item = ContentItem(
        unit=unit, title=title.strip()[:160], channel=channel, text=text, industry=industry, owner=owner,
        digest=digest_of_text(text, industry), made_by=by, made_at=at, changed_at=at, live_at=live_at,
        state=ContentState.LIVE if live_at else ContentState.DRAFT,
    )  # fmt: skip
    screen, key = screen_in_force()
    answer = screen.screen(text, industry)
    item.verdict, item.screened_with, item.screened_at = answer.verdict.value, key, at
    item.save()
    fields = {"channel": channel, "state": item.state, "digest": item.digest, **_said(item)}
    record(events.CONTENT_ADDED, item, by=by, at=at, fields=fields)
    if live_at:
        keep_findings(item=item, answer=answer, key=key, by=by, at=at)
    return item


@transaction.atomic
def change_content(*, item: ContentItem, by: Person, at: datetime, **changes: Any) -> ContentItem:
    """Change it; ``changes``: any of CHANGEABLE. What was signed no longer stands, and what was live is a
    draft again.
    """
    item = _held(item)
    _require_alive(item)
    if any(getattr(item, name) != changes[name] for name in CHANGEABLE if name in changes):
        item.edited_by = sorted({*item.edited_by, by.pk})
    for name in CHANGEABLE:
        if name in changes:
            setattr(item, name, changes[name])
    _require_text(item.title, item.text)
    said_before = item.digest
    item.title, item.changed_at = item.title.strip()[:160], at
    item.digest = digest_of_text(item.text, item.industry)
    screen, key = screen_in_force()
    item.verdict = screen.screen(item.text, item.industry).verdict.value
    item.screened_with, item.screened_at = key, at
    if item.digest != said_before and item.state == ContentState.LIVE:
        item.state, item.live_at = ContentState.DRAFT, None
        close_findings(item=item, state=FindingState.CHANGED, by=by, at=at)
    item.save()
    fields = {"changes": sorted(changes), "digest": item.digest, **_said(item)}
    record(events.CONTENT_CHANGED, item, by=by, at=at, fields=fields)
    content_changed(subject=Ref(SUBJECT, item.pk), by=by, at=at)
    return item


@transaction.atomic
def ask_for_review(*, item: ContentItem, by: Person, at: datetime) -> Request:
    """The request of a draft, opened where there is none: its page says what the policy asks."""
    _require_alive(item)
    return open_request(kind=KIND, subject=Ref(SUBJECT, item.pk), by=by, at=at)


def publish_approved(*, request: Request, by: Person, at: datetime) -> None:
    """Called in the transaction of the last signature: it goes live; what screening finds becomes work.

    Raise JudgedOtherwise where the list of words finds graver things by now than those that were signed.
    """
    item = ContentItem.objects.select_for_update(of=("self",)).get(pk=request.ref.id)
    if item.state == ContentState.DRAFT:
        _require_as_judged(item, request)
        _go_live(item, by, at)


@transaction.atomic
def publish_content(*, item: ContentItem, by: Person, at: datetime) -> ContentItem:
    """Let it go live, if exactly what it says now has all its signatures. Raise ContentNotApproved."""
    item = _held(item)
    _require_alive(item)
    if not (verdict := approved_now(KIND, Ref(SUBJECT, item.pk))):
        raise ContentNotApproved(verdict.reason)
    if item.state == ContentState.DRAFT:
        if request := living_request(KIND, Ref(SUBJECT, item.pk)):
            _require_as_judged(item, request)
        _go_live(item, by, at)
    return item


@transaction.atomic
def withdraw_content(*, item: ContentItem, reason: str, by: Person, at: datetime) -> ContentItem:
    """It can no longer be seen; what is open in it is closed, and what is being signed is withdrawn."""
    item = _held(item)
    _require_alive(item)
    if not reason.strip():
        raise ContentUnclear(_("Say why it is withdrawn."))
    item.state, item.withdrawn_at, item.changed_at = ContentState.WITHDRAWN, at, at
    item.save(update_fields=["state", "withdrawn_at", "changed_at"])
    fields = {"title": item.title, "reason": reason.strip()[:300]}
    record(events.CONTENT_WITHDRAWN, item, by=by, at=at, fields=fields)
    close_findings(item=item, state=FindingState.WITHDRAWN, by=by, at=at)
    subject_ended(subject=Ref(SUBJECT, item.pk), by=by, at=at)
    return item


# -- inside --------------------------------------------------------------------------------------


def _require_as_judged(item: ContentItem, request: Request) -> None:
    """The levels that it took were those of what screening said when it was submitted."""
    row = newest_round(request)
    said = Verdict(row.facts["verdict"]) if row and "verdict" in row.facts else Verdict.PASS
    screen, _key = screen_in_force()
    if GRAVITY[screen.screen(item.text, item.industry).verdict] > GRAVITY[said]:
        raise JudgedOtherwise(
            _("The list of words changed since this was submitted, and finds graver things in it: change it.")
        )


def _go_live(item: ContentItem, by: Person, at: datetime) -> None:
    screen, key = screen_in_force()
    answer = screen.screen(item.text, item.industry)
    item.state, item.live_at, item.changed_at = ContentState.LIVE, at, at
    item.verdict, item.screened_with, item.screened_at = answer.verdict.value, key, at
    item.save()
    fields = {"title": item.title, "channel": item.channel, "digest": item.digest}
    record(events.CONTENT_PUBLISHED, item, by=by, at=at, fields=fields)
    keep_findings(item=item, answer=answer, key=key, by=by, at=at)


def _held(item: ContentItem) -> ContentItem:
    """Locked, after the requests about it: an edit and a signature take their locks in one order."""
    hold_requests(Ref(SUBJECT, item.pk))
    rows = ContentItem.objects.select_for_update(of=("self",)).select_related("unit", "owner")
    return rows.get(pk=item.pk)


def _require_alive(item: ContentItem) -> None:
    if item.state == ContentState.WITHDRAWN:
        raise ContentEnded(_("This was withdrawn and stays as it is. Add it anew to publish it again."))


def _require_text(title: str, text: str) -> None:
    if not title.strip() or not text.strip():
        raise ContentUnclear(_("Give it a title and the text as it is published."))
    if len(text) > TEXT_MOST:
        raise ContentUnclear(_("At most %s characters: keep longer texts in parts.") % TEXT_MOST)


def _said(item: ContentItem) -> dict[str, object]:
    return {"title": item.title, "verdict": item.verdict, "list": item.screened_with}
