"""Somebody new starts."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from ..models import Assignment, Person, Position, Unit
from .assignment import assign
from .person import FULL_TIME, add_person


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
    hours_per_week: Decimal = FULL_TIME,
    ends_on: date | None = None,
    share: int = 100,
) -> Assignment:
    """Add a person together with their first position, or neither; they set a password by the reset mail."""
    person = add_person(
        email=email, name=name, name_en=name_en, joined_on=joined_on, hours_per_week=hours_per_week, by=by,
        at=at,
    )  # fmt: skip
    return assign(
        person=person, position=position, unit=unit, starts_on=starts_on, ends_on=ends_on, share=share,
        by=by, at=at,
    )  # fmt: skip
