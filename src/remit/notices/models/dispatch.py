"""A notice on one of its ways out of the product."""

from django.db import models
from django.db.models import Q

from remit.org.models import Unit

from ..enums import Way
from .letter import Letter
from .notice import Notice


class Dispatch(models.Model):
    """Waits until ``due_at`` to be put into a letter. ``unit``: whose team robot says it; none otherwise."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="dispatches")
    way = models.CharField(max_length=12, choices=Way)
    unit = models.ForeignKey(Unit, models.CASCADE, null=True, related_name="+")
    due_at = models.DateTimeField()
    letter = models.ForeignKey(Letter, models.PROTECT, null=True, related_name="dispatches")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_dispatch_per_notice_and_way", fields=["notice", "way"], condition=Q(unit=None)
            ),
            models.UniqueConstraint(
                name="one_dispatch_per_notice_and_team",
                fields=["notice", "unit"],
                condition=Q(unit__isnull=False),
            ),
            models.CheckConstraint(
                name="dispatch_of_a_team_has_its_unit",
                condition=Q(way=Way.TEAM, unit__isnull=False) | Q(~Q(way=Way.TEAM), unit=None),
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="dispatch_waiting", condition=Q(letter=None)),
        ]
