"""A version of a table that must stay readable."""

from django.db import models


class Pinned(models.Model):
    """Vacuum keeps ``version`` of ``table`` until ``until``; ``holder`` says who needs it."""

    table = models.CharField(max_length=40)
    version = models.BigIntegerField()
    holder = models.CharField(max_length=80)
    until = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_pin_per_holder", fields=["table", "version", "holder"]),
        ]
