"""Content that is kept: its hash, what a policy reads of it, and what is open."""

import hashlib
from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet

from remit.core.ref import Ref
from remit.org.models import Person, Unit

from ..enums import ContentState, FindingState
from ..kinds import Subject
from ..models import ContentFinding, ContentItem
from ..screening.rule import Finding, Screened
from .screening import screen_in_force

KIND, SUBJECT = "content", "contentitem"  # of its request; of what it is about
WORDS_MOST = 300


def digest_of_text(text: str, industry: str) -> str:
    """SHA-256 of what is screened."""
    return hashlib.sha256(f"{industry}\n{text}".encode()).hexdigest()


def read_content(ref: Ref) -> Subject:
    """A content item as its request sees it: screened now, with what holds now."""
    item = ContentItem.objects.select_related("unit").get(pk=ref.id)
    screen, _key = screen_in_force()
    answer = screen.screen(item.text, item.industry)
    return Subject(
        title=item.title,
        unit=item.unit_id,
        facts={
            "channel": item.channel,
            "industry": item.industry,
            "industries": sorted(answer.industries),
            "verdict": answer.verdict.value,
            "stops": _count(answer, "stop"),
            "to_change": _count(answer, "change"),
            "rules": sorted({one.rule.code for one in answer.findings}),
            "laws": sorted({one.rule.law.code for one in answer.findings}),
            "is_live": item.state == ContentState.LIVE,
        },
        content={
            "title": item.title,
            "channel": item.channel,
            "industry": item.industry,
            "unit": item.unit.code,
            "owner": item.owner_id,
            "text": item.text,
        },
        own=(item.owner_id, item.made_by_id, *item.edited_by),
    )


def _count(answer: Screened, severity: str) -> float:
    return float(sum(one.rule.severity.value == severity for one in answer.findings))


def words_of(finding: Finding) -> tuple[str, str]:
    """(rule, words): by which a finding of a content is known again."""
    return finding.rule.code, finding.words[:WORDS_MOST]


def with_open(items: QuerySet[ContentItem]) -> QuerySet[ContentItem]:
    """Each with ``open_findings``."""
    return items.annotate(open_findings=Count("findings", filter=Q(findings__state=FindingState.OPEN)))


def findings_owed_by(person: Person) -> QuerySet[ContentFinding]:
    """Open ones in the content that the person owns, the gravest first, then the oldest."""
    rows = ContentFinding.objects.filter(state=FindingState.OPEN, content__owner=person)
    return rows.select_related("content").order_by("-severity", "found_at", "pk")


def open_findings_below(unit: Unit) -> QuerySet[ContentFinding]:
    """Open ones in the content of a unit and below."""
    rows = ContentFinding.objects.filter(state=FindingState.OPEN, content__unit__path__startswith=unit.path)
    return rows.select_related("content__owner", "content__unit").order_by("-severity", "found_at", "pk")


def to_screen_again(key: str) -> QuerySet[ContentItem]:
    """Live content that was screened with another list."""
    return ContentItem.objects.filter(state=ContentState.LIVE).exclude(screened_with=key).order_by("pk")


def hidden_by_exception(item: ContentItem, pairs: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Those of the pairs (rule, words) that were let stand in the content."""
    rows = item.findings.filter(state=FindingState.EXCEPTED).values_list("rule", "words")
    return set(rows) & set(pairs)
