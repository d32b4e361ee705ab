"""Which outlets hang on which units: what ``org`` asks this room."""

from collections.abc import Set as AbstractSet

from ..models import Outlet


def outlet_ids_of(unit_ids: AbstractSet[int]) -> set[int]:
    """Ids of the outlets that these units run today, not those of units below them."""
    return set(Outlet.objects.filter(unit__in=unit_ids).values_list("pk", flat=True))
