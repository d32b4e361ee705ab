"""The outbox: every reaction to every event is called until it succeeds."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from ..models import Delivery
from ..reactions import action_at

LONGEST_WAIT = timedelta(hours=6)
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Delivered:
    """How many reactions succeeded and how many will be tried again."""

    done: int
    failed: int


def deliver_due(*, at: datetime, limit: int = 500) -> Delivered:
    """Call what is due, oldest first: ``action(event=…, at=…)``.

    The reaction and its mark are one transaction. A reaction that raises leaves nothing behind and is
    tried again after 1, 2, 4 … minutes, at most six hours. It may run twice, so it has to be idempotent,
    and short, since SQLite has one writer at a time: longer work is enqueued as a task.
    """
    due = Delivery.objects.filter(done_at=None, due_at__lte=at).order_by("id")
    done = failed = 0
    for pk in due.values_list("pk", flat=True)[:limit]:
        try:
            done += _deliver(pk, at)
        except Exception as error:  # whatever another room's code raises must not stop the rest
            log.exception("A reaction failed and will be tried again.")
            _postpone(pk, at, error)
            failed += 1
    return Delivered(done, failed)


@transaction.atomic
def _deliver(pk: int, at: datetime) -> bool:
    """False when another worker holds it or has done it."""
    held = Delivery.objects.select_for_update(skip_locked=True, of=("self",)).select_related("event")
    delivery = held.filter(pk=pk, done_at=None).first()
    if delivery is None:
        return False
    action_at(delivery.reaction)(event=delivery.event, at=at)
    delivery.done_at, delivery.error = at, ""
    delivery.attempts += 1
    delivery.save(update_fields=["done_at", "error", "attempts"])
    return True


@transaction.atomic
def _postpone(pk: int, at: datetime, error: Exception) -> None:
    delivery = Delivery.objects.select_for_update().get(pk=pk)
    delivery.attempts = min(delivery.attempts + 1, 1000)
    delivery.due_at = at + min(timedelta(minutes=2 ** min(delivery.attempts - 1, 10)), LONGEST_WAIT)
    delivery.error = f"{type(error).__name__}: {error}"[:2000]
    delivery.save(update_fields=["attempts", "due_at", "error"])
