"""Metrics that users define."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from remit.org.models import Person


class CustomMetric(models.Model):
    """One version of a user's own metric. A change is a new version; the newest one not retired counts.

    ``spec`` is the same specification as the shipped catalogue's, as plain data; never SQL.
    """

    code = models.SlugField(_("name"), max_length=60)
    version = models.PositiveIntegerField()
    title = models.CharField(_("title"), max_length=120)
    title_en = models.CharField(_("English title"), max_length=120, blank=True)
    meaning = models.TextField(_("meaning"))
    meaning_en = models.TextField(_("English meaning"), blank=True)
    family = models.CharField(_("family"), max_length=20)
    unit = models.CharField(_("unit"), max_length=20)
    better = models.CharField(_("better"), max_length=10)
    table = models.CharField(_("table"), max_length=40)
    nothing = models.CharField(_("nothing"), max_length=10)
    digits = models.PositiveSmallIntegerField(_("decimals"), default=2)
    owner = models.CharField(_("owner"), max_length=40)  # code of a position
    spec: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_metric_per_code_and_version", fields=["code", "version"]),
        ]

    def __str__(self) -> str:
        return self.title
