"""Set the demonstration's pilots up: one read on real sales and stopped by its rule, one in preparation."""

from datetime import datetime
from typing import Any

from remit.lake.queries import the_lake
from remit.learning.actions.pilot import add_pilot, choose_units, offered, start_wave
from remit.learning.actions.wave import decide_wave, read_wave_now
from remit.learning.enums import WaveAdvice
from remit.learning.models import Pilot, Wave
from remit.learning.queries.piloting import by_lot
from remit.org.models import Person, Unit

from .. import cast
from .. import pilots as wanted


def set_up_pilots(*, at: datetime) -> int:
    """Return how many were added; none where somebody keeps pilots already, or without sales.

    Each piece is a transaction of its own: figures are read outside of them.
    """
    last = the_lake().snapshot("order_lines").last_day
    if Pilot.objects.exists() or last is None or last < wanted.SAME["starts_on"]:
        return 0
    channels = Person.objects.get(email=f"channels@{cast.DOMAIN}")
    same = _drawn(wanted.SAME, wanted.SAME_OUTLETS, channels, at)
    start_wave(wave=same, by=channels, at=at)
    read_wave_now(wave=same, by=channels, at=at)
    newest = same.readings.latest("through_on")
    if newest.advice == WaveAdvice.STOP:
        decide_wave(wave=same, choice=WaveAdvice.STOP, by=channels, at=at)
    _drawn(wanted.NEXT, wanted.NEXT_OUTLETS, channels, at)
    return 2


def _drawn(values: dict[str, Any], count: int, by: Person, at: datetime) -> Wave:
    """A pilot in preparation in so many outlets, drawn by lot."""
    unit = Unit.objects.get(code=wanted.UNIT)
    pilot = add_pilot(unit=unit, owner=by, by=by, at=at, **values)
    wave = pilot.waves.get()
    return choose_units(wave=wave, codes=by_lot(wave, offered(wave, by, at), count), by=by, at=at)
