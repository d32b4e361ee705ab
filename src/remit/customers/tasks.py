"""Who is who, in the background."""

from django.tasks import task
from django.utils import timezone

from .actions import follow_events


@task()
def follow() -> int:
    """Follow what new events say about who is who; return how many links changed."""
    return follow_events(at=timezone.now())
