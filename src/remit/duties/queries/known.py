"""What a duty may name, as it stands."""

from collections.abc import Iterable

from remit.audit.events import known_types
from remit.metrics.queries import catalogue
from remit.org.models import Position

from ..models import Duty
from ..naming import Known
from .events import seeing, starting


def known_names(coming: Iterable[str] = ()) -> Known:
    """All positions, duties in force, metrics and declared events; ``coming``: codes that come too."""
    return Known(
        codes={*Duty.objects.filter(retired_at=None).values_list("code", flat=True), *coming},
        positions=set(Position.objects.values_list("code", flat=True)),
        metrics=set(catalogue()),
        events=set(known_types()),
        starting=starting(),
        seeing=seeing(),
    )
