"""How somebody wants to be told."""

from datetime import date
from zoneinfo import ZoneInfo

from django.conf import settings

from remit.org.models import Person
from remit.org.queries.assignments import assignments_of
from remit.org.queries.zones import zone_on

from ..deciding import Wishes
from ..models import Preference


def preference_of(person: Person) -> Preference:
    """The person's row, or an unsaved one with the defaults."""
    return Preference.objects.filter(person=person).first() or Preference(person=person)


def zone_of(person: Person, on: date) -> ZoneInfo:
    """The zone that the person chose, else that of their oldest assignment's unit, else the system's."""
    if person.zone:
        return ZoneInfo(person.zone)
    first = assignments_of(person, on).select_related("unit").order_by("starts_on", "id").first()
    return zone_on(first.unit, on) if first else ZoneInfo(settings.TIME_ZONE)


def wishes_of(person: Person, on: date) -> Wishes:
    """Preference and zone together, as decisions need them."""
    row = preference_of(person)
    return Wishes(row.mail, row.digest_at, row.quiet_from, row.quiet_until, zone_of(person, on))
