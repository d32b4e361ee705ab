"""A process that does the work."""

from django.db import models


class Worker(models.Model):
    """One worker process; a task whose worker has stopped beating is given to another."""

    name = models.CharField(max_length=64, unique=True)
    host = models.CharField(max_length=255)
    pid = models.PositiveIntegerField()
    queues = models.CharField(max_length=120)
    began_at = models.DateTimeField()
    beat_at = models.DateTimeField()
