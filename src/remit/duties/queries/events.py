"""Events that begin duties and show evidence, and those for which duties wait though nothing records them."""

from collections.abc import Iterable

from remit.audit.reactions import reactions_to, registered

from ..enums import Rhythm
from ..models import Duty
from ..naming import LOOKED_AT, TO_COME

STARTS = "remit.duties.actions.starting.start_duties"
SEES = "remit.duties.actions.sighting.see_event"


def starting() -> list[str]:
    """Events that begin the duties which wait for them."""
    return sorted(event for event, actions in registered().items() if STARTS in actions)


def seeing() -> list[str]:
    """Events by which the system sees evidence happen."""
    return sorted([LOOKED_AT, *(event for event, actions in registered().items() if SEES in actions)])


def to_come() -> list[str]:
    """Events for which a duty may wait already; until they are recorded it is begun by hand."""
    return list(TO_COME)


def silent_among(events: Iterable[str]) -> list[str]:
    """Those that start nothing as things stand, in their order."""
    return [event for event in events if STARTS not in reactions_to(event)]


def duties_that_wait() -> dict[str, list[str]]:
    """Codes of the duties in force that wait for events without a source, each with those events."""
    rows = Duty.objects.filter(retired_at=None, current__rhythm=Rhythm.EVENT).select_related("current")
    found = {
        duty.code: silent_among(duty.current.starts_upon) for duty in rows.order_by("code") if duty.current
    }
    return {code: events for code, events in found.items() if events}
