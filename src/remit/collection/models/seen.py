"""Which events have come, so that one that comes again is not taken twice."""

from django.db import models

from .drain import Drain


class Seen(models.Model):
    """``digest`` of the company and the event's id; forgotten once the event would be too old to be taken."""

    digest = models.BinaryField(max_length=16, primary_key=True)
    drain = models.ForeignKey(Drain, models.DO_NOTHING, related_name="+")
