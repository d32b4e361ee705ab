"""How far a unit decides alone (H3.1.2)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .unit import Unit


class AutonomyLimit(models.Model):
    """From a day on, a unit decides alone up to ``amount`` of ``currency``.

    ``brands``: for which brands, separated by commas; empty for all. Without a row a unit decides nothing
    alone.
    """

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="limits")
    amount = models.DecimalField(_("amount"), max_digits=18, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3)
    brands = models.CharField(_("brands"), max_length=300, blank=True)
    starts_on = models.DateField(_("from"))

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_limit_per_unit_and_day", fields=["unit", "starts_on"]),
            models.CheckConstraint(name="limit_is_not_negative", condition=Q(amount__gte=0)),
        ]
