"""What was said beforehand, held against what came of it."""

from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import F, Q

from remit.org.models import Person

from ..enums import ScoredPart
from .estimate import Estimate

FIGURE: dict[str, Any] = {"max_digits": 20, "decimal_places": 6}


class Score(models.Model):
    """One term of an estimate and its measured result, both in the same unit (shares as fractions).

    ``low`` and ``high``: the range that was given, none where there was none. ``approvers``: who signed the
    campaign with this estimate before them. Scored again when the result is measured anew.
    """

    estimate = models.ForeignKey(Estimate, models.CASCADE, related_name="scores")
    part = models.CharField(max_length=10, choices=ScoredPart)
    said = models.DecimalField(**FIGURE)
    low = models.DecimalField(null=True, **FIGURE)
    high = models.DecimalField(null=True, **FIGURE)
    measured = models.DecimalField(**FIGURE)
    source = models.CharField(max_length=200)
    approvers = models.ManyToManyField(Person, related_name="+")
    scored_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_score_per_part", fields=["estimate", "part"]),
            models.CheckConstraint(
                name="score_range_is_in_order",
                condition=Q(low__isnull=True, high__isnull=True) | Q(low__lte=F("said"), said__lte=F("high")),
            ),
        ]

    @property
    def error(self) -> Decimal | None:
        """(said − measured) ÷ measured; for ROI said − measured. None where nought was measured."""
        if self.part == ScoredPart.ROI:
            return self.said - self.measured
        return (self.said - self.measured) / abs(self.measured) if self.measured else None

    @property
    def is_inside(self) -> bool | None:
        """Whether the result lay in the range that was given; none without one."""
        if self.low is None or self.high is None:
            return None
        return self.low <= self.measured <= self.high
