"""Something happened: the duty that answers it begins (config/reactions.py)."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from remit.audit.actions import record
from remit.audit.models import Event
from remit.core.ref import Ref
from remit.org.events import PERSON_ADDED
from remit.org.models import Assignment, Person, Unit
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

SAID_MAX = 300
NEWCOMER = timedelta(days=30)  # whose first position began earlier was here before they were entered


class NotUponAnEvent(ValueError):
    """The duty has a rhythm."""


class NotOwed(ValueError):
    """The charge is not in force."""


class SaysNothing(ValueError):
    """Nothing was said of what happened."""


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


@transaction.atomic
def start_by_hand(*, charge: Charge, what: str, by: Person, at: datetime) -> Occurrence:
    """Begin a duty upon an event because somebody says what happened: nothing in the system records it.

    Each time begins one. Raise NotUponAnEvent, NotOwed, or SaysNothing.
    """
    charge = Charge.objects.select_for_update(of=("self",)).select_related("duty__current", "unit").get(
        pk=charge.pk
    )  # fmt: skip
    version = charge.duty.current
    if version is None or version.rhythm != Rhythm.EVENT:
        raise NotUponAnEvent(_("%s has a rhythm of its own: it begins by itself.") % charge.duty.code)
    if not charges_in_force(company_day(at)).filter(pk=charge.pk).exists():
        raise NotOwed(_("%s is not owed here today. Give it to the unit in the matrix.") % charge.duty.code)
    said = " ".join(what.replace("\x00", "").split())[:SAID_MAX]
    if not said:
        raise SaysNothing(_("Say what happened, so that whoever answers knows."))
    number = charge.occurrences.filter(key__startswith="hand-").count() + 1
    found = _begin(charge, f"hand-{number}", at, said=said)
    assert found is not None  # the charge is held: no other takes the number
    fields = {"code": charge.duty.code, "unit": charge.unit.code, "due_on": found.due_on, "what": said}
    record(events.STARTED_BY_HAND, found, by=by, at=at, fields=fields)
    return found


def _start(charge: Charge, event: Event, at: datetime) -> list[Occurrence]:
    unfinished = Occurrence.objects.filter(charge=charge, state__in=[State.OPEN, State.DELIVERED])
    if event.subject and unfinished.filter(cause=event.subject).exists():
        return []
    found = _begin(charge, f"event-{event.pk}", at, cause=event.subject)
    if found is None:
        return []
    fields = {
        "code": charge.duty.code, "unit": charge.unit.code, "due_on": found.due_on, "event": event.name,
        "cause": event.subject,
    }  # fmt: skip
    record(events.STARTED, found, by=None, at=at, fields=fields)
    return [found]


def _begin(charge: Charge, key: str, at: datetime, *, cause: str = "", said: str = "") -> Occurrence | None:
    """The occurrence under this key, due so many working days from today; none if it was there already."""
    times = clocks()
    today = times.day(charge.unit_id, at)
    version = charge.duty.current
    assert version is not None  # a duty without a version is never committed
    due = due_after(today, version.respond_days, times.calendar(charge.unit_id, today))
    opens_at, remind_at, due_at = moments(charge.unit_id, Slot(key, today, due), times)
    found, fresh = Occurrence.objects.get_or_create(
        charge=charge,
        key=key,
        defaults={
            "version": version,
            "cause": cause,
            "said": said,
            "opens_at": opens_at,
            "remind_at": remind_at,
            "due_on": due,
            "due_at": due_at,
        },
    )
    return found if fresh else None
