"""Since when findings are there."""

from collections.abc import Collection
from datetime import datetime

from ..models import Gap


def since_of(units: Collection[int]) -> dict[str, datetime]:
    """When each open gap of the units was first seen, by its key."""
    rows = Gap.objects.filter(gone_at=None, unit__in=list(units))
    return dict(rows.values_list("key", "first_seen_at"))
