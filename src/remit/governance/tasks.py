"""What the clock starts."""

from dataclasses import asdict

from django.tasks import task
from django.utils import timezone

from .actions.clock import tick
from .actions.series import lay_meetings


@task()
def tick_requests() -> dict[str, int]:
    """Remind signers, take up what waits too long, say which papers are overdue."""
    return asdict(tick(at=timezone.now()))


@task()
def lay_meetings_ahead() -> int:
    """Lay the meetings of every series for the next weeks."""
    return lay_meetings(at=timezone.now())
