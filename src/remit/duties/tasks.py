"""What the clock starts."""

from dataclasses import asdict
from datetime import datetime

from django.tasks import task
from django.utils import timezone

from remit.audit.models import Event

from .actions.clock import tick
from .actions.generation import AHEAD, generate, regenerate
from .actions.publication import publish_duties
from .models import Charge


@task()
def tick_duties() -> dict[str, int]:
    """Remind, say what is overdue, take it up."""
    return asdict(tick(at=timezone.now()))


@task()
def regenerate_occurrences() -> int:
    """Write anew what has not opened, unit by unit, after a change of calendar or zone."""
    at = timezone.now()
    units = Charge.objects.values_list("unit", flat=True).distinct()
    return sum(regenerate(charges=Charge.objects.filter(unit=unit), at=at) for unit in list(units))


def regenerate_soon(*, event: Event, at: datetime) -> None:
    """A reaction: a calendar or a zone changed, so the due days follow in the background."""
    regenerate_occurrences.enqueue()


@task()
def generate_occurrences() -> int:
    """Keep two years of occurrences ahead."""
    at = timezone.now()
    return generate(until=(at + AHEAD).date(), at=at)


@task()
def publish_duty_figures() -> dict[str, bool]:
    """Bring the lake's duties up to the database."""
    return asdict(publish_duties(at=timezone.now()))
