"""What follows in the background when campaigns run, and what the clock looks at."""

from dataclasses import asdict
from datetime import datetime

from django.tasks import task
from django.utils import timezone

from remit.audit.models import Event

from .actions.conflict import find_conflicts
from .actions.first_week import look_at_first_weeks
from .actions.promise import tell_of_late_promises
from .actions.watching import fire_by_event, watch


@task()
def watch_risks() -> dict[str, int]:
    """Fire risks whose day has come or whose figure is past its limit; remind of reviews that are due."""
    return watch(at=timezone.now())


def see_risks(*, event: Event, at: datetime) -> None:
    """A reaction: something was recorded that fires a risk."""
    fire_by_event(event=event, at=at)


@task()
def look_at_launches() -> dict[str, int]:
    """Hold each launch whose first week is over against its plan."""
    return asdict(look_at_first_weeks(at=timezone.now()))


@task()
def look_for_conflicts() -> dict[str, int]:
    """Find what is asked for twice, and let lapse what is no longer there."""
    return find_conflicts(at=timezone.now())


@task()
def look_at_promises() -> int:
    """Tell of what departments promised one another and is late; return how many people were told."""
    return tell_of_late_promises(at=timezone.now())
