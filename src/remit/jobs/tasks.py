"""The room's own housekeeping."""

from dataclasses import asdict

from django.tasks import task
from django.utils import timezone

from remit.audit.actions.delivery import deliver_due

from .actions import forget_old


@task()
def tidy() -> dict[str, int]:
    """Forget what background work left behind long ago."""
    return forget_old(at=timezone.now())


@task(priority=10)
def deliver() -> dict[str, int]:
    """Call the reactions that are due. The scheduler enqueues this as soon as there are any."""
    return asdict(deliver_due(at=timezone.now()))
