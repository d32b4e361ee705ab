"""Watching alerts and keeping pre-aggregates fresh, in the background."""

from django.tasks import task
from django.utils import timezone

from .actions import look_at_alerts


@task()
def watch() -> dict[str, int]:
    """Look at every alert."""
    return look_at_alerts(at=timezone.now())
