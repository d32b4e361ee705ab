"""What follows in the background when plans and money move, and what the clock looks at."""

from dataclasses import asdict
from datetime import datetime

from django.tasks import task
from django.utils import timezone

from remit.audit.models import Event

from .actions import publish_campaigns
from .actions.first_week import look_at_first_weeks
from .actions.spend import publish_spend


def publish_soon(*, event: Event, at: datetime) -> None:
    """A reaction: the lake learns of a campaign that was approved or moved, so that facts can name it."""
    publish_campaigns(at=at)


def publish_spend_soon(*, event: Event, at: datetime) -> None:
    """A reaction: money moved, so the lake's spend follows the ledger."""
    publish_spend(at=at)


@task()
def look_at_launches() -> dict[str, int]:
    """Hold each launch whose first week is over against its plan."""
    return asdict(look_at_first_weeks(at=timezone.now()))
