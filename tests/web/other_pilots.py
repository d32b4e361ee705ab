"""Pilots of others, for the attempts to reach them."""

from datetime import timedelta
from decimal import Decimal

from remit.learning.actions.pilot import add_pilot
from remit.org.models import Person, Unit
from tests.company import AT


def keep_pilots_of_others(unit: Unit, director: Person) -> dict[str, int]:
    """A pilot of a unit that the director leads, in preparation."""
    on = AT.date()
    row = add_pilot(
        unit=unit, title="kept-by-director pilot", change="kept-by-director", owner=director, grain="outlet",
        metric="net_sales", planned_effect=Decimal("0.1"), method="even", before=8, partners=3,
        starts_on=on - timedelta(days=on.weekday()), weeks=4, by=director, at=AT,
    )  # fmt: skip
    wave = row.waves.get()
    return {f"pilots_{name}": row.pk for name in ("pilot", "edit", "wave", "roll_out", "cancel")} | {
        f"pilots_{name}": wave.pk for name in ("outlets", "days", "start", "reading", "decision")
    }
