"""What the measure of a duty showed."""

from ..models import Charge, Reading


def readings_of(charge: Charge, count: int = 24) -> list[Reading]:
    """The newest readings of a charge."""
    return list(charge.readings.select_related("by").order_by("-last", "-pk")[:count])
