"""One journey of batches from the inbox to the lake."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Drain(models.Model):
    """``number`` only grows, also beyond what the lake has seen; at most one is under way at a time.

    ``events`` went into the lake, ``repeated`` were there already.
    """

    number = models.BigIntegerField(primary_key=True)
    claimed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    under_way = models.BooleanField(default=True)
    batches = models.PositiveIntegerField(_("batches"))
    events = models.PositiveIntegerField(_("events"), default=0)
    repeated = models.PositiveIntegerField(_("repeated"), default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_drain_at_a_time", fields=["under_way"], condition=models.Q(under_way=True)
            ),
            models.CheckConstraint(
                name="a_drain_has_ended_or_is_under_way",
                condition=models.Q(under_way=True, ended_at=None)
                | models.Q(under_way=False, ended_at__isnull=False),
            ),
        ]
