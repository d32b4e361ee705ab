"""A change of a duty that somebody, or an event, proposes (H1.3b)."""

from typing import Any

from django.db import models
from django.db.models import Q

from remit.org.models import Person

from ..enums import ProposalState
from .duty import Duty


class Proposal(models.Model):
    """``changes``: fields of a version with their new values. Accepted, it becomes the next version."""

    duty = models.ForeignKey(Duty, models.CASCADE, related_name="proposals")
    changes: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()
    reason = models.CharField(max_length=300)
    cause = models.CharField(max_length=80, blank=True)  # a Ref: what gave rise to it
    state = models.CharField(max_length=10, choices=ProposalState, default=ProposalState.OPEN)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="decided_proposal_has_a_time",
                condition=Q(state=ProposalState.OPEN, decided_at__isnull=True)
                | ~Q(state=ProposalState.OPEN) & Q(decided_at__isnull=False),
            ),
        ]
