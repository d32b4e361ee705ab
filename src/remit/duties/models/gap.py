"""Since when a finding has been there."""

from django.db import models
from django.db.models import Q

from remit.org.models import Unit


class Gap(models.Model):
    """A finding, by its key, from when it was first seen until it was gone; it may come again."""

    key = models.CharField(max_length=120)
    kind = models.CharField(max_length=20)
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    first_seen_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_open_gap_per_key", fields=["key"], condition=Q(gone_at=None)),
        ]
