"""What a campaign did, as far as data tell."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from remit.core.money import MONEY

from ..enums import EffectVerdict
from .campaign import Campaign

WEEKLY: dict[str, Any] = {"max_digits": 16, "decimal_places": 4, "null": True}


class EffectEstimate(models.Model):
    """The measured result of one campaign, anew whenever the data change. Money is in ``currency``.

    Counted: reach, redemptions, redeemers, discount, sales. Estimated: ``effect`` (of all that could be
    matched, in the days of the campaign) and ``weekly``, ``after`` (per household and week), each with the
    95 % interval.

    ``doubts``: codes of ``enums.Doubt``. ``balance``: a list of {trait, reached, unreached, matched_reached,
    matched_unreached, before, after}. ``trend``: {matched, pretend}, each {value, error, low, high} or null.
    ``weeks``: a list of {week, reached, unreached} from the first day of the campaign on. ``levels``:
    {before, during, after}, each {reached, unreached} per household and week, or null.
    """

    campaign = models.OneToOneField(Campaign, models.CASCADE, related_name="effect")
    method = models.CharField(max_length=20)
    verdict = models.CharField(_("verdict"), max_length=10, choices=EffectVerdict)
    doubts = models.JSONField(default=list)
    currency = models.CharField(max_length=3)
    before_on = models.DateField(null=True)
    later_on = models.DateField(null=True)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    after_on = models.DateField(null=True)

    reach = models.PositiveIntegerField(_("reach"))
    redemptions = models.PositiveIntegerField(_("redemptions"))
    redeemers = models.PositiveIntegerField(_("redeeming households"))
    discount = models.DecimalField(null=True, **MONEY)
    coupon_value = models.DecimalField(null=True, **MONEY)
    sales_before = models.DecimalField(null=True, **MONEY)
    sales_during = models.DecimalField(null=True, **MONEY)
    sales_after = models.DecimalField(null=True, **MONEY)

    matched = models.PositiveIntegerField(default=0)
    partners = models.PositiveIntegerField(default=0)
    left_out = models.PositiveIntegerField(default=0)  # unreached, but reached by another of its kind
    effect = models.DecimalField(null=True, **MONEY)
    effect_low = models.DecimalField(null=True, **MONEY)
    effect_high = models.DecimalField(null=True, **MONEY)
    weekly = models.DecimalField(**WEEKLY)
    weekly_low = models.DecimalField(**WEEKLY)
    weekly_high = models.DecimalField(**WEEKLY)
    after = models.DecimalField(**WEEKLY)
    after_low = models.DecimalField(**WEEKLY)
    after_high = models.DecimalField(**WEEKLY)
    balance = models.JSONField(default=list)
    trend = models.JSONField(default=dict)
    weeks = models.JSONField(default=list)
    levels = models.JSONField(default=dict)

    fingerprint = models.CharField(max_length=64)
    computed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="effect_has_a_value_or_is_impossible",
                condition=Q(verdict=EffectVerdict.IMPOSSIBLE, effect__isnull=True, weekly__isnull=True)
                | ~Q(verdict=EffectVerdict.IMPOSSIBLE) & Q(effect__isnull=False, weekly__isnull=False),
            ),
            models.CheckConstraint(
                name="effect_lies_in_its_interval",
                condition=Q(effect__isnull=True)
                | Q(effect_low__lte=F("effect"), effect__lte=F("effect_high"))
                & Q(weekly_low__lte=F("weekly"), weekly__lte=F("weekly_high")),
            ),
            models.CheckConstraint(
                name="effect_matches_no_more_than_it_reached", condition=Q(matched__lte=F("reach"))
            ),
        ]

    @property
    def unmatched(self) -> int:
        """Reached households that nobody unreached is like."""
        return self.reach - self.matched

    @property
    def is_above_zero(self) -> bool:
        return bool(self.weekly_low and self.weekly_low > 0)

    @property
    def is_below_zero(self) -> bool:
        return bool(self.weekly_high and self.weekly_high < 0)
