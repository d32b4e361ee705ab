"""How somebody wants to be told."""

from datetime import date
from zoneinfo import ZoneInfo

from django.conf import settings

from remit.org.models import Person
from remit.org.queries.assignments import assignments_of
from remit.org.queries.zones import zone_on

from ..deciding import Wishes
from ..enums import Way
from ..models import Preference, TeamRobot


def preference_of(person: Person) -> Preference:
    """The person's row, or an unsaved one with the defaults."""
    return Preference.objects.filter(person=person).first() or Preference(person=person)


def zone_of(person: Person, on: date) -> ZoneInfo:
    """The zone that the person chose, else that of their oldest assignment's unit, else the system's."""
    if person.zone:
        return ZoneInfo(person.zone)
    first = assignments_of(person, on).select_related("unit").order_by("starts_on", "id").first()
    return zone_on(first.unit, on) if first else ZoneInfo(settings.TIME_ZONE)


def wishes_of(person: Person, on: date) -> dict[str, Wishes]:
    """Pace, hours and zone of each way of a person; a way that they did not choose is missing."""
    row, zone = preference_of(person), zone_of(person, on)
    paces = {Way.MAIL.value: row.mail} | ({Way.ROBOT.value: row.robot_pace} if row.robot else {})
    hours = row.digest_at, row.quiet_from, row.quiet_until
    return {way: Wishes(pace, *hours, zone) for way, pace in paces.items()}


def wishes_of_team(team: TeamRobot, on: date) -> Wishes:
    """The same for a team robot; the zone is its unit's."""
    zone = zone_on(team.unit, on)
    return Wishes(team.pace, team.digest_at, team.quiet_from, team.quiet_until, zone)
