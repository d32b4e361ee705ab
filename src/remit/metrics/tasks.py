"""Watching alerts and keeping pre-aggregates fresh, in the background."""

from datetime import datetime

from django.tasks import task
from django.utils import timezone

from remit.audit.models import Event
from remit.jobs.actions.task import enqueue_once
from remit.lake.queries import the_lake

from .actions import look_at_alerts
from .engine.rollup_build import refresh_all


@task()
def watch() -> dict[str, int]:
    """Look at every alert."""
    return look_at_alerts(at=timezone.now())


@task()
def refresh() -> dict[str, str]:
    """Bring the pre-aggregates up to the newest facts; nothing to do when they are."""
    return {found.rollup: found.done for found in refresh_all(the_lake())}


def refresh_soon(*, event: Event, at: datetime) -> None:
    """A reaction: facts came or went, so the pre-aggregates follow in the background."""
    enqueue_once(refresh)
