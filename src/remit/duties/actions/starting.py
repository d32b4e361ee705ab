"""Something happened: the duty that answers it begins (config/reactions.py)."""

from datetime import datetime, timedelta

from django.db import transaction

from remit.audit.actions import record
from remit.audit.models import Event
from remit.core.ref import Ref
from remit.org.events import PERSON_ADDED
from remit.org.models import Assignment, Unit
from remit.org.queries.clocks import clocks
from remit.org.queries.scopes import ancestor_paths
from remit.org.queries.today import company_day

from .. import events
from ..cadence import Slot, due_after
from ..enums import Rhythm, State
from ..models import Charge, Duty, Occurrence
from ..places import unit_of
from ..queries.stakes import charges_in_force
from .generation import moments

NEWCOMER = timedelta(days=30)  # whose first position began earlier was here before they were entered


@transaction.atomic
def start_duties(*, event: Event, at: datetime) -> list[Occurrence]:
    """Begin the duties that start upon this kind of event, once per event and charge.

    While an occurrence for the same cause is unfinished, a further event about it begins no second one.
    """
    if _is_history(event):
        return []
    unit = unit_of(event)
    started = []
    upon = Duty.objects.filter(retired_at=None, current__rhythm=Rhythm.EVENT).select_related("current")
    for duty in upon:
        if duty.current is not None and event.name in duty.current.starts_upon:
            for charge in _answering(duty, unit, at):
                started += _start(charge, event, at)
    return started


def _is_history(event: Event) -> bool:
    """Somebody entered who has worked here for long is no newcomer: a list of staff starts nothing."""
    if event.name != PERSON_ADDED.name:
        return False
    first = Assignment.objects.filter(person=Ref.parse(event.subject).id).order_by("starts_on").first()
    return first is not None and first.starts_on < company_day(event.at) - NEWCOMER


def _answering(duty: Duty, unit: Unit | None, at: datetime) -> list[Charge]:
    """The charge of the unit or the nearest above; of an event without a place, the topmost charges."""
    charges = charges_in_force(company_day(at)).filter(duty=duty).select_related("duty__current", "unit")
    if unit is not None:
        paths = [*ancestor_paths(unit.path), unit.path]
        nearest = charges.filter(unit__path__in=paths).order_by("-unit__depth").first()
        return [nearest] if nearest else []
    found = list(charges.order_by("unit__depth", "unit__path"))
    return [charge for charge in found if charge.unit.depth == found[0].unit.depth]


def _start(charge: Charge, event: Event, at: datetime) -> list[Occurrence]:
    unfinished = Occurrence.objects.filter(charge=charge, state__in=[State.OPEN, State.DELIVERED])
    if event.subject and unfinished.filter(cause=event.subject).exists():
        return []
    times = clocks()
    today = times.day(charge.unit_id, at)
    version = charge.duty.current
    assert version is not None  # a duty without a version is never committed
    due = due_after(today, version.respond_days, times.calendar(charge.unit_id, today))
    slot = Slot(f"event-{event.pk}", today, due)
    opens_at, remind_at, due_at = moments(charge.unit_id, slot, times)
    found, fresh = Occurrence.objects.get_or_create(
        charge=charge,
        key=slot.key,
        defaults={
            "version": version,
            "cause": event.subject,
            "opens_at": opens_at,
            "remind_at": remind_at,
            "due_on": due,
            "due_at": due_at,
        },
    )
    if not fresh:
        return []
    fields = {
        "code": charge.duty.code, "unit": charge.unit.code, "due_on": due, "event": event.name,
        "cause": event.subject,
    }  # fmt: skip
    record(events.STARTED, found, by=None, at=at, fields=fields)
    return [found]
