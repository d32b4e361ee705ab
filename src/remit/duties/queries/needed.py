"""Positions that the duties of units need."""

from collections.abc import Collection
from datetime import date

from ..enums import Role
from ..models import RaciRow
from .stakes import charges_in_force


def positions_needed(units: Collection[int], on: date) -> set[tuple[int, int]]:
    """(unit, position) that is accountable or responsible for what the unit owes on a day; one query."""
    rows = RaciRow.objects.filter(
        charge__in=charges_in_force(on),
        charge__unit__in=units,
        role__in=[Role.ACCOUNTABLE, Role.RESPONSIBLE],
    )
    return set(rows.values_list("charge__unit", "position").distinct())
