"""How much came by a key."""

from django.db import models

from .write_key import WriteKey


class Use(models.Model):
    """Events taken by a key within one minute; ``minute`` counts from 1970."""

    key = models.ForeignKey(WriteKey, models.CASCADE, related_name="+")
    minute = models.BigIntegerField()
    events = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(name="one_count_per_minute", fields=["key", "minute"])]
