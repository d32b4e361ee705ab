"""Who is who, in the background."""

from datetime import datetime

from django.tasks import task
from django.utils import timezone

from remit.audit.models import Event

from .actions import follow_events, publish_links


def publish_links_soon(*, event: Event, at: datetime) -> None:
    """A reaction: somebody became known, or was taken apart, so journeys count people anew."""
    publish_links(at=at)


@task()
def follow() -> int:
    """Follow what new events say about who is who; return how many links changed.

    Links are published even so, for a lake that was lost or is older than they are.
    """
    changed = follow_events(at=timezone.now())
    publish_links(at=timezone.now())
    return changed
