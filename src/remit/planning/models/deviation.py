"""Changes of what was approved (H4.3.3)."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from remit.org.models import Person

from ..enums import DeviationState
from .plan import Plan


class Deviation(models.Model):
    """A change of a plan's money, dates, aim or audience that somebody asks for, with a reason.

    ``changes``: [from, to] by field, as plain values. Nothing changes before the last signature.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="deviations")
    changes: models.JSONField[dict[str, list[Any]], dict[str, list[Any]]] = models.JSONField()
    reason = models.TextField(_("reason"), max_length=600)
    state = models.CharField(_("state"), max_length=10, choices=DeviationState, default=DeviationState.ASKED)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_open_deviation_per_plan", fields=["plan"], condition=Q(state=DeviationState.ASKED)
            ),
            models.CheckConstraint(name="deviation_says_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="applied_deviation_has_a_time",
                condition=~Q(state=DeviationState.APPLIED) | Q(applied_at__isnull=False),
            ),
        ]
