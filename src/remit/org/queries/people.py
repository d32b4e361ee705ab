"""Finding people by what is known of them."""

from collections.abc import Collection
from datetime import date

from django.db.models import QuerySet

from ..models import Assignment, Person, Unit
from .assignments import holding_on
from .scopes import ancestor_paths


def person_with_email(email: str) -> Person | None:
    """Whose address this is, whatever its case; none when nobody's. Somebody who left is found too."""
    return Person.objects.filter(email=email.strip().lower()).first()


def holders_of(position: str, unit: Unit, on: date) -> QuerySet[Person]:
    """Active people who hold a position (its code) on a day in this unit or in one above it."""
    held = Assignment.objects.filter(
        holding_on(on), position__code=position, unit__path__in=[*ancestor_paths(unit.path), unit.path]
    )
    return Person.objects.filter(is_active=True, pk__in=held.values("person"))


def people_by_id(ids: Collection[int]) -> dict[int, Person]:
    """These people, also those who left; one query."""
    return Person.objects.in_bulk(ids)
