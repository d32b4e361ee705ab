"""Content that is kept: what is said where, and what screening finds in it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from remit.org.models import Person, Unit

from ..enums import ContentChannel, ContentState, FindingState
from ..screening.rule import Verdict

VERDICTS = [(each.value, each.value) for each in Verdict]


class ContentItem(models.Model):
    """A text of a unit. ``digest``: SHA-256 of text and industry. ``screened_with``: packs and version of the
    company's list, as ``packs.version``. ``edited_by``: ids of everybody who changed what is signed of it.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    title = models.CharField(_("title"), max_length=160)
    channel = models.CharField(_("channel"), max_length=20, choices=ContentChannel)
    industry = models.CharField(_("industry"), max_length=20, blank=True)
    text = models.TextField(_("text"))
    digest = models.CharField(max_length=64)
    owner = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("owner"))
    state = models.CharField(_("state"), max_length=10, choices=ContentState, default=ContentState.DRAFT)
    verdict = models.CharField(_("verdict"), max_length=6, choices=VERDICTS)
    screened_with = models.CharField(max_length=24)
    screened_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    edited_by: models.JSONField[list[int], list[int]] = models.JSONField(default=list)
    live_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="live_content_says_since_when",
                condition=~Q(state=ContentState.LIVE) | Q(live_at__isnull=False),
            ),
            models.CheckConstraint(
                name="withdrawn_content_says_when",
                condition=~Q(state=ContentState.WITHDRAWN) | Q(withdrawn_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "-changed_at"], name="content_of_unit"),
            models.Index(fields=["screened_with"], name="content_live", condition=Q(state="live")),
        ]

    def __str__(self) -> str:
        return self.title


class ContentFinding(models.Model):
    """A rule that live content breaks, by one spelling of its words: work for the content's owner.

    ``reason``: of an exception. Closed ones stay; an exception holds for the same words in the same content.
    """

    content = models.ForeignKey(ContentItem, models.PROTECT, related_name="findings")
    rule = models.CharField(_("rule"), max_length=16)
    words = models.CharField(_("words"), max_length=300)
    severity = models.CharField(_("verdict"), max_length=6, choices=VERDICTS)
    state = models.CharField(_("state"), max_length=10, choices=FindingState, default=FindingState.OPEN)
    found_with = models.CharField(max_length=24)
    found_at = models.DateTimeField()
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    closed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_open_finding_per_words",
                fields=["content", "rule", "words"],
                condition=Q(state=FindingState.OPEN),
            ),
            models.CheckConstraint(
                name="closed_finding_says_when",
                condition=Q(state=FindingState.OPEN, closed_at__isnull=True)
                | ~Q(state=FindingState.OPEN) & Q(closed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="excepted_finding_has_a_reason",
                condition=~Q(state=FindingState.EXCEPTED) | ~Q(reason=""),
            ),
        ]
        indexes = [
            models.Index(fields=["content"], name="finding_open", condition=Q(state="open")),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.words
