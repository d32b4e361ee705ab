"""The drain in the background."""

from time import monotonic

from django.tasks import task
from django.utils import timezone

from .actions import drain_inbox, forget_seen

AT_MOST_S = 45.0


@task(priority=5)
def drain() -> int:
    """Bring what waits in the inbox to the lake; return how many events. Safe to run again at any time."""
    events, began = 0, monotonic()
    while (done := drain_inbox(at=timezone.now())).batches and monotonic() - began < AT_MOST_S:
        events += done.events
    return events


@task()
def forget() -> int:
    """Forget ids of events that are too old to come again."""
    return forget_seen(at=timezone.now())
