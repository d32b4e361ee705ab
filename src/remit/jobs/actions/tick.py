"""The clockwork: one enqueued task per schedule and due time, however many schedulers race."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.utils.module_loading import import_string

from remit.audit.models import Delivery

from ..models import Tick
from ..queries import waiting_tasks
from ..schedules import Schedule

DELIVER = "remit.jobs.tasks.deliver"


def tick(*, schedules: Iterable[Schedule], at: datetime, zone: ZoneInfo) -> list[str]:
    """Enqueue what has become due; return the names.

    A time missed while nothing ran is made up for once, however long the pause. A schedule seen for the
    first time begins with its next due time, so that a fresh installation does not run every nightly task.
    """
    fired = []
    for schedule in schedules:
        due_at = schedule.last_due(at, zone)
        ticks = Tick.objects.filter(schedule=schedule.name)
        if ticks.filter(due_at__gte=due_at).exists():
            continue
        known = ticks.exists()
        if _claim(schedule, due_at, at, enqueue=known) and known:
            fired.append(schedule.name)
    return fired


def _claim(schedule: Schedule, due_at: datetime, at: datetime, *, enqueue: bool) -> bool:
    """Insert the tick and the task in one transaction; false when another scheduler was first."""
    try:
        with transaction.atomic():
            Tick.objects.create(schedule=schedule.name, due_at=due_at, enqueued_at=at)
            if enqueue:
                import_string(schedule.task).enqueue()
    except IntegrityError:
        return False
    return True


def call_deliverer(*, at: datetime) -> bool:
    """Enqueue the task that delivers, when something is due and no such task waits already."""
    if not Delivery.objects.filter(done_at=None, due_at__lte=at).exists():
        return False
    if waiting_tasks(DELIVER).exists():
        return False
    import_string(DELIVER).enqueue()
    return True
