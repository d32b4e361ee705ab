"""Pre-aggregates follow the facts: soon after an import, and by the clock."""

from datetime import datetime

from remit.audit.models import Event


def refresh_soon(*, event: Event, at: datetime) -> None:
    """A reaction: facts came or went, so the pre-aggregates are brought up to date in the background."""
    from ..tasks import refresh  # tasks import actions; a reaction enqueues the task, which is one way round

    refresh.enqueue()
