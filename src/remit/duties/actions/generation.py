"""Occurrences from cadences: for years ahead, in pieces or at once, never twice."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Q

from remit.org.queries.clocks import Clocks, clocks

from ..cadence import Slot, slots
from ..enums import Rhythm, State
from ..models import Charge, Occurrence
from ..queries.stakes import in_force

AHEAD = timedelta(days=730)
DUE_TIME, REMINDER_TIME, FIRST_TIME = time(18), time(9), time(0)
BATCH = 2000


@transaction.atomic
def generate(*, until: date, at: datetime, charges: Iterable[Charge] | None = None) -> int:
    """Write the occurrences of charges (all by default) that are missing up to a day; return how many.

    Each charge remembers up to where it was generated, and its constraint refuses a second occurrence of one
    period, so that this may run twice, at once in two places, or in pieces. Not in the record: an occurrence
    follows from its charge, which is.
    """
    chosen = Charge.objects.filter(Q(generated_until=None) | Q(generated_until__lt=until))
    if charges is not None:
        chosen = chosen.filter(pk__in=[charge.pk for charge in charges])
    owing = list(
        chosen.filter(duty__retired_at=None).select_related("duty__current").select_for_update(of=("self",))
    )
    before = Occurrence.objects.count()
    rows = _rows(owing, until, clocks())
    Occurrence.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    Charge.objects.filter(pk__in=[charge.pk for charge in owing]).update(generated_until=until)
    return Occurrence.objects.count() - before


@transaction.atomic
def regenerate(*, charges: Iterable[Charge], at: datetime) -> int:
    """After a change of rhythm, dates, calendar or zone: what has not opened yet is written anew.

    What has opened, or has evidence already, stays as it was promised.
    """
    affected = [charge.pk for charge in charges]
    unopened = Occurrence.objects.filter(
        charge__in=affected, opens_at__gt=at, state=State.OPEN, cause="", evidence=None, submissions=None
    )
    unopened.delete()
    Charge.objects.filter(pk__in=affected).update(generated_until=None)
    kept = Charge.objects.filter(pk__in=affected).filter(in_force(at.date()) | Q(starts_on__gt=at.date()))
    return generate(until=(at + AHEAD).date(), at=at, charges=kept)


def _rows(charges: list[Charge], until: date, times: Clocks) -> Iterator[Occurrence]:
    for charge in charges:
        version = charge.duty.current
        if version is None or version.rhythm == Rhythm.EVENT:
            continue
        first = charge.generated_until or charge.starts_on
        calendar = times.calendar(charge.unit_id, first)
        for slot in slots(
            version.rhythm, version.day, charge.starts_on, charge.ends_on, calendar, first, until
        ):
            yield occurrence_of(charge, slot, times)


def occurrence_of(charge: Charge, slot: Slot, times: Clocks, cause: str = "") -> Occurrence:
    """The row of a slot, not saved: with its times in the unit's zone."""
    unit = charge.unit_id
    calendar = times.calendar(unit, slot.due_on)
    remind_on = slot.due_on if slot.opens_on == slot.due_on else calendar.shifted(slot.due_on, -1)
    version_id = charge.duty.current_id
    assert version_id is not None  # a duty without a version is never committed
    return Occurrence(
        charge_id=charge.pk,  # ids, not things: of many rows, half the time to make them
        version_id=version_id,
        key=slot.key,
        cause=cause,
        opens_at=times.moment(unit, slot.opens_on, FIRST_TIME),
        remind_at=times.moment(unit, remind_on, REMINDER_TIME),
        due_on=slot.due_on,
        due_at=times.moment(unit, slot.due_on, DUE_TIME),
    )
