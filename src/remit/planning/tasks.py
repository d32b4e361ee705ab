"""What follows in the background when plans and money move."""

from datetime import datetime

from django.tasks import task
from django.utils import timezone

from remit.audit.models import Event

from .actions import publish_campaigns
from .actions.spend import publish_spend
from .actions.watching import fire_by_event, watch


def publish_soon(*, event: Event, at: datetime) -> None:
    """A reaction: the lake learns of a campaign that was approved or moved, so that facts can name it."""
    publish_campaigns(at=at)


def publish_spend_soon(*, event: Event, at: datetime) -> None:
    """A reaction: money moved, so the lake's spend follows the ledger."""
    publish_spend(at=at)


@task()
def watch_risks() -> dict[str, int]:
    """Fire risks whose day has come or whose figure is past its limit; remind of reviews that are due."""
    return watch(at=timezone.now())


def see_risks(*, event: Event, at: datetime) -> None:
    """A reaction: something was recorded that fires a risk."""
    fire_by_event(event=event, at=at)
