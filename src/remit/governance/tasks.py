"""What the clock starts."""

from dataclasses import asdict
from datetime import datetime

from django.tasks import task
from django.utils import timezone

from remit.audit.models import Event

from .actions.clock import tick
from .actions.finding import screen_live
from .actions.series import lay_meetings


@task()
def tick_requests() -> dict[str, int]:
    """Remind signers, take up what waits too long, say which papers are overdue."""
    return asdict(tick(at=timezone.now()))


@task()
def lay_meetings_ahead() -> int:
    """Lay the meetings of every series for the next weeks."""
    return lay_meetings(at=timezone.now())


@task()
def screen_live_content() -> dict[str, int]:
    """Screen live content again that was screened with another list."""
    return screen_live(at=timezone.now())


def screen_live_soon(*, event: Event, at: datetime) -> None:
    """A reaction: the list changed, so live content is screened again in the background."""
    screen_live_content.enqueue()
