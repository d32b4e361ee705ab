"""What the department undertakes."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from remit.org.models import Unit

from ..enums import Standing


class Campaign(models.Model):
    """A campaign of one unit, with the days it runs; both ends are included.

    A campaign that facts name before any campaign list does is a stub without dates.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    code = models.CharField(_("code"), max_length=80)
    name = models.CharField(_("name"), max_length=200, blank=True)
    campaign_type = models.CharField(_("campaign type"), max_length=80, blank=True)
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    described = models.BooleanField(_("described"), default=False)
    published = models.BooleanField(default=False)
    import_id = models.BigIntegerField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_campaign_per_code", fields=["unit", "code"]),
            models.CheckConstraint(
                name="campaign_ends_after_it_starts",
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
            ),
        ]
        indexes = [models.Index(fields=["unit", "starts_on"], name="campaign_by_start")]

    def standing(self, on: date) -> Standing:
        """Where it stands on a day."""
        if self.starts_on is None or self.ends_on is None:
            return Standing.UNKNOWN
        if on < self.starts_on:
            return Standing.COMING
        return Standing.RUNNING if on <= self.ends_on else Standing.CLOSED

    def __str__(self) -> str:
        return self.name or self.code
