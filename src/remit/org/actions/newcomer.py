"""Somebody new starts."""

from datetime import date, datetime

from django.db import transaction

from ..models import Assignment, Person, Position, Unit
from .assignment import assign
from .person import add_person


@transaction.atomic
def bring_in(
    *,
    email: str,
    name: str,
    position: Position,
    unit: Unit,
    starts_on: date,
    by: Person | None,
    at: datetime,
    name_en: str = "",
    joined_on: date | None = None,
    ends_on: date | None = None,
) -> Assignment:
    """Add a person together with their first position, or neither; they set a password by the reset mail."""
    person = add_person(email=email, name=name, name_en=name_en, joined_on=joined_on, by=by, at=at)
    return assign(
        person=person, position=position, unit=unit, starts_on=starts_on, ends_on=ends_on, by=by, at=at
    )
