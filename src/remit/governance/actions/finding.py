"""What screening finds in live content becomes work, and is closed."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from remit.audit.actions import record
from remit.notices.actions import notify
from remit.org.models import Person

from .. import events
from ..enums import FindingState
from ..models import ContentFinding, ContentItem
from ..queries.contents import hidden_by_exception, to_screen_again, words_of
from ..queries.screening import screen_in_force
from ..screening.rule import Screened

BATCH = 50  # of content in one transaction


class FindingClosed(ValueError):
    """It was closed meanwhile."""


class NoReason(ValueError):
    """An exception needs its reason."""


@transaction.atomic
def keep_findings(
    *, item: ContentItem, answer: Screened, key: str, by: Person | None, at: datetime
) -> list[ContentFinding]:
    """Make the open findings those of the answer: new ones are told to the owner, gone ones lapse.

    What was let stand with a reason is not found again. Return the new ones.
    """
    wanted = {words_of(one): one for one in answer.findings}
    there = {(row.rule, row.words): row for row in item.findings.filter(state=FindingState.OPEN)}
    gone = [row.pk for pair, row in there.items() if pair not in wanted]
    item.findings.filter(pk__in=gone).update(state=FindingState.LAPSED, closed_at=at)
    for pair, row in there.items():
        if pair in wanted and row.severity != wanted[pair].rule.severity.value:
            item.findings.filter(pk=row.pk).update(severity=wanted[pair].rule.severity.value)
    skipped = {*there, *hidden_by_exception(item, wanted)}
    new = ContentFinding.objects.bulk_create(
        ContentFinding(
            content=item,
            rule=rule,
            words=words,
            severity=one.rule.severity.value,
            found_with=key,
            found_at=at,
        )
        for (rule, words), one in wanted.items()
        if (rule, words) not in skipped
    )
    if new:
        _tell(item, answer, new, key, by, at)
    return new


@transaction.atomic
def close_findings(*, item: ContentItem, state: FindingState, by: Person, at: datetime) -> int:
    """Close every open finding of a content that was changed or withdrawn."""
    rows = item.findings.filter(state=FindingState.OPEN)
    return rows.update(state=state, closed_by=by, closed_at=at)


@transaction.atomic
def except_finding(*, finding: ContentFinding, reason: str, by: Person, at: datetime) -> ContentFinding:
    """Let the words stand in this content, for a reason that is kept."""
    row = ContentFinding.objects.select_for_update(of=("self",)).select_related("content").get(pk=finding.pk)
    if row.state != FindingState.OPEN:
        raise FindingClosed(_("This was closed meanwhile; look at it again."))
    if not reason.strip():
        raise NoReason(_("Say why these words may stand: what proves them, or who allowed it."))
    row.state, row.reason, row.closed_by, row.closed_at = FindingState.EXCEPTED, reason.strip()[:300], by, at
    row.save(update_fields=["state", "reason", "closed_by", "closed_at"])
    fields = {"title": row.content.title, "rule": row.rule, "words": row.words, "reason": row.reason}
    record(events.CONTENT_EXCEPTED, row.content, by=by, at=at, fields=fields)
    return row


def screen_live(*, at: datetime) -> dict[str, int]:
    """Screen live content again that was screened with another list, in small transactions. Repeatable."""
    screened = found = 0
    while True:
        screen, key = screen_in_force()
        with transaction.atomic():
            rows = list(to_screen_again(key).select_for_update(of=("self",)).select_related("owner")[:BATCH])
            for item in rows:
                answer = screen.screen(item.text, item.industry)
                item.verdict, item.screened_with, item.screened_at = answer.verdict.value, key, at
                item.save(update_fields=["verdict", "screened_with", "screened_at"])
                found += len(keep_findings(item=item, answer=answer, key=key, by=None, at=at))
        screened += len(rows)
        if len(rows) < BATCH:
            return {"screened": screened, "found": found}


def _tell(
    item: ContentItem,
    answer: Screened,
    new: list[ContentFinding],
    key: str,
    by: Person | None,
    at: datetime,
) -> None:
    fields = {
        "title": item.title, "count": len(new), "verdict": answer.verdict.value, "list": key,
        "rules": sorted({row.rule for row in new}),
    }  # fmt: skip
    record(events.CONTENT_FOUND, item, by=by, at=at, fields=fields)
    notify(
        people=[item.owner], text=gettext_noop("Screening found words to correct in %(subject)s: %(count)s"),
        fields={"count": len(new)}, subject=item, key=f"content:{item.pk}:{key}:{at:%Y%m%d%H%M%S}", by=by,
        at=at,
    )  # fmt: skip
