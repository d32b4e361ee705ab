"""Set up the demonstration's units, positions and people: what is there already stays as it is."""

from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction

from remit.governance.actions.policy import ship_policies
from remit.org.actions import add_person, add_unit, assign, set_zone, ship
from remit.org.actions.working_calendar import keep_holidays
from remit.org.models import Person, Position, Unit
from remit.org.queries.today import company_day

from .. import cast


@transaction.atomic
def set_up_organisation(*, at: datetime) -> int:
    """Add the units, positions and people of the cast that are missing; return how many were added.

    Somebody who renamed a unit or changed a person's password keeps that: nothing is changed that exists.
    """
    return _units(at) + ship(by=None, at=at) + _people(at) + len(ship_policies(at=at).added)


def _units(at: datetime) -> int:
    known = {unit.code: unit for unit in Unit.objects.all()}
    added = 0
    for unit in cast.UNITS:
        if unit.code in known:
            continue
        known[unit.code] = add_unit(
            parent=known[unit.parent] if unit.parent else None,
            code=unit.code,
            name=unit.name,
            name_en=unit.name_en,
            region=unit.region,
            structure=unit.structure,
            is_company=bool(unit.currency),
            currency=unit.currency,
            is_demonstration=True,
            by=None,
            at=at,
        )
        if unit.zone:
            set_zone(unit=known[unit.code], zone=unit.zone, starts_on=cast.SINCE, by=None, at=at)
        if unit.holidays:
            keep_holidays(unit=known[unit.code], country=unit.holidays, starts_on=cast.SINCE, by=None, at=at)
        added += 1
    return added


def _people(at: datetime) -> int:
    known = {email.lower() for email in Person.objects.values_list("email", flat=True)}
    missing = [person for person in cast.PEOPLE if person.email not in known]
    # Everybody knows this one password: a hash of each person's own would cost ten seconds and guard nothing.
    hashed = make_password(cast.PASSWORD) if missing else ""
    for member in missing:
        starts_on = company_day(at) - timedelta(days=member.days) if member.days else cast.SINCE
        person = add_person(
            email=member.email,
            name=member.name,
            name_en=member.name_en,
            hashed=hashed,
            joined_on=starts_on if member.days else None,
            is_demonstration=True,
            by=None,
            at=at,
        )
        assign(
            person=person,
            position=Position.objects.get(code=member.position),
            unit=Unit.objects.get(code=member.unit),
            starts_on=starts_on,
            by=None,
            at=at,
        )
    return len(missing)
