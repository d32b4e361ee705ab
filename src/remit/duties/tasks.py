"""What the clock starts."""

from dataclasses import asdict
from datetime import datetime, timedelta

from django.tasks import task
from django.utils import timezone

from remit.audit.models import Event
from remit.core.period import Period
from remit.jobs.actions.task import enqueue_once
from remit.org.queries.today import company_day, today

from .actions.clock import tick
from .actions.gap import watch_gaps
from .actions.generation import AHEAD, generate, regenerate
from .actions.publication import publish_duties
from .actions.reading import read_measures
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
    enqueue_once(regenerate_occurrences)


@task()
def generate_occurrences() -> int:
    """Keep two years of occurrences ahead."""
    at = timezone.now()
    return generate(until=company_day(at + AHEAD), at=at)


@task()
def look_for_gaps() -> dict[str, int]:
    """Remember what is wrong with the division of duties, and tell who should mend what is new."""
    return asdict(watch_gaps(at=timezone.now()))


def look_for_gaps_soon(*, event: Event, at: datetime) -> None:
    """A reaction: somebody came, went or is away, so the gaps follow in the background."""
    enqueue_once(look_for_gaps)


@task()
def read_last_month() -> int:
    """Read the measures of duties over the month that ended."""
    last = today().replace(day=1) - timedelta(days=1)
    return read_measures(month=Period(last.replace(day=1), last), at=timezone.now())


@task()
def publish_duty_figures() -> dict[str, bool]:
    """Bring the lake's duties up to the database."""
    return asdict(publish_duties(at=timezone.now()))
