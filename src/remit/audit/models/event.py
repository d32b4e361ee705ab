"""One thing that happened."""

from django.db import models


class Event(models.Model):
    """A row of the append-only record. ``digest`` covers the row and the digest before it."""

    name = models.CharField(max_length=80)
    subject = models.CharField(max_length=80)  # a Ref, or empty for the system itself
    by = models.BigIntegerField(null=True)  # id of a person; none for the system
    at = models.DateTimeField()
    fields = models.JSONField(default=dict)
    personal = models.JSONField(default=dict)  # salted digests; the values lie in PersonalValue
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject", "id"], name="event_by_subject"),
            models.Index(fields=["by", "id"], name="event_by_person"),
            models.Index(fields=["name", "id"], name="event_by_name"),
        ]
