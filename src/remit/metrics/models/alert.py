"""Figures that are watched, and when they passed their limit."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from remit.org.models import Person, Unit

from ..enums import Breach, Severity


class Alert(models.Model):
    """Watches the one metric of ``question``, or the number of a journey, in ``unit``, as its owner sees it.

    ``question`` is saved without a scope: the owner's scope at the time of looking is used, always.
    ``limit``: a figure for above and below; a fraction (0.1 is 10 %) for rises and falls.
    """

    title = models.CharField(_("title"), max_length=120)
    question: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()
    breach = models.CharField(_("condition"), max_length=10, choices=Breach)
    limit = models.DecimalField(_("limit"), max_digits=20, decimal_places=6)
    severity = models.CharField(_("severity"), max_length=10, choices=Severity, default=Severity.WARNING)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    owner = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    looked_at = models.DateTimeField(null=True)
    problem = models.TextField(blank=True)  # why it could not be looked at the last time
    retired_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["unit"], name="alert_watching", condition=Q(retired_at=None)),
            models.Index(fields=["owner"], name="alert_by_owner"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def metric(self) -> str:
        """The name of the metric that is watched; of a journey its kind."""
        return str(self.question["journey"] if self.is_journey else self.question["metrics"][0])

    @property
    def is_journey(self) -> bool:
        """Whether it watches a journey's number, which is a share."""
        return "journey" in self.question


class AlertFiring(models.Model):
    """One breach: from the look that found it to the look that found it gone.

    ``part`` tells which rows of the question it is about (``department=PRODUCE``), empty for a total.
    """

    alert = models.ForeignKey(Alert, models.PROTECT, related_name="firings")
    part = models.CharField(max_length=200, blank=True)
    value = models.DecimalField(max_digits=30, decimal_places=6)
    limit = models.DecimalField(max_digits=20, decimal_places=6)
    first = models.DateField(null=True)
    last = models.DateField(null=True)
    fired_at = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_open_firing_per_alert_and_part",
                fields=["alert", "part"],
                condition=Q(cleared_at=None),
            ),
        ]
        indexes = [models.Index(fields=["alert", "fired_at"], name="firing_by_alert")]
