"""What a duty's measure showed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from remit.org.models import Person

from ..enums import ReadingSource
from .charge import Charge


class Reading(models.Model):
    """The figure of a charge's measure for a period, with the target that held; one per period."""

    charge = models.ForeignKey(Charge, models.CASCADE, related_name="readings")
    first = models.DateField(_("from"))
    last = models.DateField(_("to"))
    value = models.DecimalField(_("value"), max_digits=24, decimal_places=6)
    target = models.DecimalField(_("target"), max_digits=24, decimal_places=6, null=True, blank=True)
    source = models.CharField(max_length=8, choices=ReadingSource)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_reading_per_period", fields=["charge", "first", "last"]),
        ]
