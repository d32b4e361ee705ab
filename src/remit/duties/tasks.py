"""What the clock starts."""

from dataclasses import asdict

from django.tasks import task
from django.utils import timezone

from .actions.clock import tick
from .actions.generation import AHEAD, generate


@task()
def tick_duties() -> dict[str, int]:
    """Remind, say what is overdue, take it up."""
    return asdict(tick(at=timezone.now()))


@task()
def generate_occurrences() -> int:
    """Keep two years of occurrences ahead."""
    at = timezone.now()
    return generate(until=(at + AHEAD).date(), at=at)
