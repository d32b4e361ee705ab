"""Events that duties wait for and nothing records, or nothing answers, yet."""

from collections.abc import Iterable

from remit.audit.reactions import reactions_to

from ..enums import Rhythm
from ..models import Duty

STARTS = "remit.duties.actions.starting.start_duties"


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
