"""Events that were taken and are not yet in the lake."""

from django.db import models

from remit.org.models import Unit

from .drain import Drain
from .write_key import WriteKey


class Batch(models.Model):
    """The events of one request, as one row; ``drain`` is who brings them to the lake, none before.

    ``events``: a JSON list in the shape of ``reading.event.Taken``. ``network``: of whom sent them,
    truncated.
    """

    key = models.ForeignKey(WriteKey, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    events = models.TextField()
    count = models.PositiveIntegerField()
    robot = models.BooleanField(default=False)
    network = models.CharField(max_length=45, blank=True)
    drain = models.ForeignKey(Drain, models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [models.CheckConstraint(name="batch_has_events", condition=models.Q(count__gte=1))]
