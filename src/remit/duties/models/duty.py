"""A duty of the handbook, its numbered versions, and their words."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from remit.org.enums import Language
from remit.org.models import Person

from ..enums import EvidenceKind, Rhythm


class Duty(models.Model):
    """What stays the same while a duty's versions change. ``code`` is the handbook's, such as H2.3.3."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    current = models.OneToOneField(
        "DutyVersion", models.PROTECT, null=True, related_name="+"
    )  # none only within the transaction that adds it
    retired_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.code

    @property
    def chapter(self) -> str:
        """``H2`` of ``H2.3.3-weekly``."""
        return self.code.split(".", 1)[0]


class DutyVersion(models.Model):
    """What a duty says from the time it was made. Never edited.

    ``day``: see ``cadence``. ``effort_minutes``: of one occurrence, all responsible people together.
    ``evidence_of``: the kind of thing (``board``), ``evidence_seen_by``: the event by which the system sees
    it. ``measure_metric`` names a metric of the catalogue; else ``measure_manual`` describes the figure that
    is entered by hand: zh, en, unit, better. ``accountable`` … ``informed``: codes of positions, for new
    charges. ``hands_over``: a list of {to, what: {zh, en}, within_days}. ``starts_upon``: names of events.
    """

    duty = models.ForeignKey(Duty, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    rhythm = models.CharField(_("rhythm"), max_length=12, choices=Rhythm)
    day = models.SmallIntegerField(_("day"), null=True, blank=True)
    respond_days = models.PositiveSmallIntegerField(_("working days to respond"), default=1)
    starts_upon: models.JSONField[list[str], list[str]] = models.JSONField(default=list, blank=True)
    effort_minutes = models.PositiveIntegerField(_("effort (minutes)"))
    evidence_kind = models.CharField(_("evidence"), max_length=8, choices=EvidenceKind)
    evidence_count = models.PositiveSmallIntegerField(_("how many"), default=1)
    evidence_of = models.CharField(max_length=20, blank=True)
    evidence_seen_by = models.CharField(max_length=60, blank=True)
    measure_metric = models.CharField(_("metric"), max_length=60, blank=True)
    measure_manual: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(
        default=dict, blank=True
    )
    accountable = models.CharField(max_length=40)
    responsible: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    consulted: models.JSONField[list[str], list[str]] = models.JSONField(default=list, blank=True)
    informed: models.JSONField[list[str], list[str]] = models.JSONField(default=list, blank=True)
    hands_over: models.JSONField[list[dict[str, Any]], list[dict[str, Any]]] = models.JSONField(
        default=list, blank=True
    )
    note = models.CharField(_("why it was changed"), max_length=300, blank=True)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_version_per_number", fields=["duty", "number"]),
            models.CheckConstraint(name="evidence_is_at_least_one", condition=Q(evidence_count__gte=1)),
        ]


class DutyWords(models.Model):
    """A version in one language. zh-Hans is derived from zh-Hant unless a person corrected it."""

    version = models.ForeignKey(DutyVersion, models.CASCADE, related_name="words")
    language = models.CharField(max_length=10, choices=Language)
    title = models.CharField(_("title"), max_length=120)
    purpose = models.TextField(_("purpose"), blank=True)
    deliverable = models.TextField(_("deliverable"), blank=True)
    is_corrected = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_text_per_language", fields=["version", "language"]),
        ]
