"""What still has to react to an event."""

from django.db import models

from .event import Event


class Delivery(models.Model):
    """One reaction to one event, written with the event and drained by the worker."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="deliveries")
    reaction = models.CharField(max_length=120)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_delivery_per_reaction", fields=["event", "reaction"]),
        ]
        indexes = [models.Index(fields=["done_at", "due_at"], name="delivery_due")]
