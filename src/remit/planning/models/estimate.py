"""What a plan is expected to bring, said beforehand and frozen."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from remit.core.money import MONEY
from remit.org.models import Person

from .plan import Plan


class Estimate(models.Model):
    """Reach × conversion × value, low, likely and high. Never edited: a newer one is another row.

    ``conversion``: share of those reached who buy, 0–1. ``value``: gross profit a buyer brings, in the
    plan's currency. ``cost``: the plan's money when it was estimated.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="estimates")
    reach = models.PositiveIntegerField(_("people reached"))
    conversion_low = models.DecimalField(_("conversion, low"), max_digits=7, decimal_places=6)
    conversion = models.DecimalField(_("conversion, likely"), max_digits=7, decimal_places=6)
    conversion_high = models.DecimalField(_("conversion, high"), max_digits=7, decimal_places=6)
    value = models.DecimalField(_("gross profit per buyer"), **MONEY)
    cost = models.DecimalField(_("cost"), **MONEY)
    basis = models.TextField(_("what this rests on"), max_length=600)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="estimate_is_in_order",
                condition=Q(conversion_low__gte=0, conversion_low__lte=F("conversion"))
                & Q(conversion__lte=F("conversion_high"), conversion_high__lte=1),
            ),
            models.CheckConstraint(name="estimate_is_not_negative", condition=Q(value__gte=0, cost__gte=0)),
            models.CheckConstraint(name="estimate_says_on_what_it_rests", condition=~Q(basis="")),
        ]
        indexes = [models.Index(fields=["plan", "-at"], name="estimate_of_plan")]

    def brings(self, conversion: Decimal) -> Decimal:
        """Gross profit at a conversion, in the plan's currency."""
        return (self.reach * conversion * self.value).quantize(Decimal("0.01"))

    def roi(self, conversion: Decimal) -> Decimal | None:
        """(gross profit − cost) ÷ cost as a fraction; none where nothing is spent."""
        return (self.brings(conversion) - self.cost) / self.cost if self.cost else None
