"""Thirty outlets of a company with their weekly sales, and a pilot among them: always the same ones."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import numpy as np

from remit.channels.models import Outlet
from remit.learning.actions.pilot import add_pilot, choose_units, start_wave
from remit.learning.models import Pilot, Wave
from remit.org.models import Unit

from .shop import append, line

FIRST = date(2025, 9, 1)  # a Monday
STARTS = date(2026, 1, 5)  # eighteen weeks later
WEEKS = 22
LAST = FIRST + timedelta(weeks=WEEKS, days=-1)  # a Sunday, four weeks into the wave
BEFORE_AT = datetime(2025, 12, 30, 4, 0, tzinfo=UTC)
AT = datetime(2026, 2, 3, 4, 0, tzinfo=UTC)
COUNT = 30
CHOSEN = ("S03", "S11")
WORDS = {
    "title": "門口試吃", "change": "週末在門口設試吃檯。", "grain": "outlet", "metric": "net_sales",
    "planned_effect": Decimal("0.1"), "method": "even", "before": 12, "partners": 6,
}  # fmt: skip


def code(number: int) -> str:
    return f"S{number:02}"


def figures(lift: float = 0.0, seed: int = 4) -> Any:
    """Whole amounts by outlet and week; ``lift``: what the chosen ones gain from the start on."""
    random = np.random.default_rng(seed)
    sizes, season = random.uniform(400, 900, (COUNT, 1)), 1 + 0.1 * np.sin(np.arange(WEEKS) / 3)
    found = sizes * season * np.exp(random.normal(0, 0.04, (COUNT, WEEKS)))
    found[[int(one[1:]) for one in CHOSEN], 18:] *= 1 + lift
    return found.round()


def fill(unit: Unit, amounts: Any, *, weeks: slice = slice(0, WEEKS), key: str = "1") -> None:
    """Two receipts an outlet and week, on Tuesday and Sunday; none of nothing."""
    rows = []
    for number in range(COUNT):
        for week in range(WEEKS)[weeks]:
            monday = FIRST + timedelta(weeks=week)
            if not amounts[number, week]:
                continue
            for day, share in ((1, Decimal("0.4")), (6, Decimal("0.6"))):
                rows.append({
                    **line(unit), "customer_id": 1, "outlet_id": number + 1,
                    "sold_on": monday + timedelta(days=day), "order_code": f"{number}-{week}-{day}",
                    "net_sales": Decimal(int(amounts[number, week])) * share,
                })  # fmt: skip
    append("order_lines", rows, key)


def open_outlets(unit: Unit) -> None:
    """The outlets themselves, as rows and in the lake."""
    Outlet.objects.bulk_create(
        Outlet(pk=number + 1, company=unit, unit=unit, code=code(number), name=f"店{number}", changed_at=AT)
        for number in range(COUNT)
    )
    append("outlets", [
        {"id": number + 1, "code": code(number), "name": f"店{number}", "unit_id": unit.pk, "kind": "store",
         "region": "East" if number < 15 else "West", "valid_from": date(1, 1, 1),
         "valid_to": date(9999, 12, 31)}
        for number in range(COUNT)
    ])  # fmt: skip


def prepared(chain: dict[str, Any], **more: Any) -> Wave:
    """The first wave of a pilot in preparation."""
    values = {**WORDS, "starts_on": STARTS, "weeks": 4, "seed": 1, **more}
    pilot: Pilot = add_pilot(
        unit=chain["unit"], owner=chain["owner"], by=chain["owner"], at=BEFORE_AT, **values
    )
    return pilot.waves.get()


def started(chain: dict[str, Any], **more: Any) -> Wave:
    """One that runs in the chosen outlets."""
    wave, own = prepared(chain, **more), {"by": chain["owner"], "at": BEFORE_AT}
    choose_units(wave=wave, codes=CHOSEN, **own)
    return start_wave(wave=wave, **own)
