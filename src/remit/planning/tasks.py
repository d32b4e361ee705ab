"""What follows in the background when plans and money move."""

from datetime import datetime

from remit.audit.models import Event

from .actions import publish_campaigns
from .actions.spend import publish_spend


def publish_soon(*, event: Event, at: datetime) -> None:
    """A reaction: the lake learns of a campaign that was approved or moved, so that facts can name it."""
    publish_campaigns(at=at)


def publish_spend_soon(*, event: Event, at: datetime) -> None:
    """A reaction: money moved, so the lake's spend follows the ledger."""
    publish_spend(at=at)
