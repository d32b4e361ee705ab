"""The system saw evidence happen: it is offered to whoever owes the duty, never closed silently."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from remit.audit.models import Event
from remit.core.ref import Ref
from remit.org.models import Person
from remit.org.queries.organisation import organisation_on
from remit.org.queries.today import company_day

from ..enums import State
from ..models import Occurrence, Sighting
from ..queries.stakes import stakes_of


@transaction.atomic
def see_event(*, event: Event, at: datetime) -> list[Sighting]:
    """A reaction to an event by somebody: whether it is what an occurrence of theirs waits for."""
    person = Person.objects.filter(pk=event.by or 0, is_active=True).first()
    if person is None or not event.subject:
        return []
    return see(person=person, thing=Ref.parse(event.subject), event=event.name, at=at)


@transaction.atomic
def see(*, person: Person, thing: Ref, event: str, at: datetime) -> list[Sighting]:
    """Offer ``thing`` to the person's open occurrences that wait for such an event; each thing once.

    Not in the record: an offer changes nothing until the person takes it.
    """
    waiting = Occurrence.objects.filter(
        state=State.OPEN, opens_at__lte=at, version__evidence_seen_by=event, version__evidence_of=thing.kind
    )
    if not waiting.exists():
        return []
    on = company_day(at)
    owed = stakes_of(person, on, organisation_on(on)).owed
    theirs = waiting.filter(charge__in=owed).exclude(sightings__thing=str(thing), sightings__event=event)
    return _offer(theirs, person, thing, event, at)


def _offer(
    occurrences: Iterable[Occurrence], person: Person, thing: Ref, event: str, at: datetime
) -> list[Sighting]:
    return Sighting.objects.bulk_create(
        (
            Sighting(occurrence=one, thing=str(thing), event=event, person=person, at=at)
            for one in occurrences
        ),
        ignore_conflicts=True,
    )
