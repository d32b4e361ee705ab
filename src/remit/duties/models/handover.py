"""Who gives what to whom by when."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from remit.org.models import Person

from ..enums import HandoverState
from .charge import Charge
from .occurrence import Occurrence


class Handover(models.Model):
    """From an occurrence to the charge whose duty it feeds. ``what``: named in the giver's version."""

    occurrence = models.ForeignKey(Occurrence, models.CASCADE, related_name="handovers")
    to = models.ForeignKey(Charge, models.PROTECT, related_name="incoming")
    what = models.CharField(max_length=200)
    what_en = models.CharField(max_length=200, blank=True)
    due_at = models.DateTimeField()
    state = models.CharField(_("state"), max_length=10, choices=HandoverState, default=HandoverState.EXPECTED)
    closed_at = models.DateTimeField(null=True)  # accepted, or no longer owed

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_handover_per_receiver", fields=["occurrence", "to", "what"]),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="handover_unfinished", condition=Q(closed_at=None)),
        ]


class HandoverStep(models.Model):
    """It was offered, accepted, returned with a reason, or is no longer owed. Append-only."""

    handover = models.ForeignKey(Handover, models.CASCADE, related_name="steps")
    state = models.CharField(max_length=10, choices=HandoverState)
    note = models.CharField(_("note"), max_length=300, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="handover_returned_with_a_reason",
                condition=~Q(state=HandoverState.RETURNED) | ~Q(note=""),
            ),
        ]
