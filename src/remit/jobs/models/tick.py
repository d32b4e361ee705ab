"""One firing of a schedule."""

from django.db import models


class Tick(models.Model):
    """A schedule was due at a time; the unique pair makes racing schedulers enqueue once."""

    schedule = models.CharField(max_length=80)
    due_at = models.DateTimeField()
    enqueued_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="one_tick_per_due_time", fields=["schedule", "due_at"])]
