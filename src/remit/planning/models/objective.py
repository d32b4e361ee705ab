"""Which goals a campaign serves."""

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from remit.goals.models import Goal

from .plan import Plan


class PlanObjective(models.Model):
    """How much of a campaign serves a goal; the shares of a campaign add up to 100 %."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="objectives")
    goal = models.ForeignKey(Goal, models.PROTECT, related_name="+")
    share = models.DecimalField(_("share"), max_digits=5, decimal_places=2, default=Decimal(100))

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_goal_stands_once_in_a_plan", fields=["plan", "goal"]),
            models.CheckConstraint(
                name="a_share_is_above_nothing_and_at_most_all", condition=Q(share__gt=0, share__lte=100)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.share} %"
