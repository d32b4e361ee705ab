"""The end of the chain."""

from django.db import models


class Head(models.Model):
    """One row: the newest event's number and digest. Locking it makes concurrent writers one chain."""

    number = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="0" * 64)
