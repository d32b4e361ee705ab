"""What was watched on a day, frozen."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from remit.files.models import StoredFile
from remit.org.models import Unit

from ..enums import ReportKind


class Report(models.Model):
    """One of a kind for a unit and a day, week or month (``key``). Never edited.

    ``content``: what was read at that moment, as plain values with names in both languages. ``document``: as
    a PDF, in ``language``.
    """

    kind = models.CharField(_("kind"), max_length=10, choices=ReportKind)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    key = models.CharField(max_length=10)
    made_on = models.DateField()
    made_at = models.DateTimeField()
    content: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()
    document = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    language = models.CharField(max_length=10, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_report_per_unit_and_key", fields=["kind", "unit", "key"]),
        ]
        indexes = [models.Index(fields=["unit", "-made_at"], name="report_of_unit")]
