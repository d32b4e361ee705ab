"""Rules that propose a release of a line's reserve on live figures (H4.2.2)."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from remit.core.money import MONEY
from remit.org.models import Person

from ..enums import RuleState
from ..release_terms import Terms
from .budget import BudgetLine, Release


class ReleaseRule(models.Model):
    """Terms never change: another rule is tried and takes the place of this one.

    ``trial``: what it would have done in the past; without it the rule cannot be live. ``looked_until``: the
    last day of data that it was judged on. It proposes in the name of ``made_by``, who signs nothing.
    """

    line = models.ForeignKey(BudgetLine, models.PROTECT, related_name="rules")
    metric = models.SlugField(_("figure"), max_length=60)
    planned = models.DecimalField(_("planned value of the figure"), max_digits=16, decimal_places=4)
    factor = models.DecimalField(_("times"), max_digits=6, decimal_places=3)
    falls = models.BooleanField(default=False)
    days = models.PositiveSmallIntegerField(_("over days"))
    counted = models.SlugField(_("cases counted by"), max_length=60)
    count_min = models.PositiveIntegerField(_("at least so many cases"))
    amount = models.DecimalField(_("amount"), **MONEY)
    cooldown_days = models.PositiveSmallIntegerField(_("rests for days"))
    state = models.CharField(
        pgettext_lazy("release rule", "state"), max_length=5, choices=RuleState, default=RuleState.DRAFT
    )
    trial: models.JSONField[dict[str, Any] | None, dict[str, Any] | None] = models.JSONField(null=True)
    tried_at = models.DateTimeField(null=True)
    looked_until = models.DateField(null=True)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_live_rule_was_tried", condition=~Q(state=RuleState.LIVE) | Q(tried_at__isnull=False)
            ),
            models.CheckConstraint(
                name="a_release_rule_is_sound",
                condition=Q(amount__gt=0, factor__gt=0, days__gte=1, cooldown_days__gte=1),
            ),
            models.UniqueConstraint(
                name="one_live_rule_per_line", fields=["line"], condition=Q(state=RuleState.LIVE)
            ),
        ]

    def __str__(self) -> str:
        return self.line.title

    @property
    def terms(self) -> Terms:
        """As ``release_terms`` judges them."""
        return Terms(
            self.days, self.planned, self.factor, self.count_min, self.amount, self.cooldown_days, self.falls
        )


class RuleFiring(models.Model):
    """A rule fired on the data up to ``on``. ``release``: none where the policy refused it."""

    rule = models.ForeignKey(ReleaseRule, models.PROTECT, related_name="firings")
    on = models.DateField()
    value = models.DecimalField(max_digits=16, decimal_places=4)
    count = models.DecimalField(max_digits=16, decimal_places=2)
    amount = models.DecimalField(**MONEY)
    release = models.OneToOneField(Release, models.PROTECT, null=True, related_name="firing")
    refusal = models.TextField(max_length=1000, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_rule_fires_once_a_day", fields=["rule", "on"]),
            models.CheckConstraint(
                name="a_firing_asks_or_says_why_not",
                condition=Q(release__isnull=False, refusal="") | Q(release__isnull=True) & ~Q(refusal=""),
            ),
        ]
