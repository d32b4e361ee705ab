"""The events of the figures' house: known people of two companies, who look, put into the cart, and pay.

grocer: people p1 to p6 at E1 by mail (p1 to p4 put into the cart, p1 and p2 pay), p7 at W1 by search, looking
only; market: s1 and s2, by a channel that nobody else has. All on a Monday, p1 comes back the week after.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

import pyarrow as pa
import pytest

from remit.lake.queries import the_lake
from remit.lake.tables import TABLES
from tests.web.figures_house import E1, W1, House

MONDAY = datetime(2017, 3, 6, 9, tzinfo=UTC)
CARTS, PAYERS = ("p1", "p2", "p3", "p4"), ("p1", "p2")


def told(house: House) -> list[tuple[str, str, str, int | None, str, int]]:
    """(company, person, event, outlet, channel, minutes after Monday morning)."""
    found: list[tuple[str, str, str, int | None, str, int]] = []
    for number in range(1, 8):
        outlet, channel = (W1, "search") if number == 7 else (E1, "mail")
        found.append(("grocer", f"p{number}", "view", outlet, channel, number))
    found += [("grocer", person, "cart", E1, "mail", 30) for person in CARTS]
    found += [("grocer", person, "pay", E1, "mail", 60) for person in PAYERS]
    found.append(("grocer", "p1", "pay", E1, "mail", 8 * 24 * 60))
    for person in ("s1", "s2"):
        found += [("market", person, "secret_view", None, "secret_channel", 5),
                  ("market", person, "secret_pay", None, "secret_channel", 9)]  # fmt: skip
    return found


@pytest.fixture
def walk(house: House, settings: Any, tmp_path: Any) -> House:
    """The house with its events in the lake; the index of events in a folder of its own."""
    settings.HOME = tmp_path / "home"
    schema = TABLES["events"].schema
    rows = [
        {"import_id": 1, "unit_id": house.units[company].pk, "event_code": str(n), "person_code": person,
         "event": event, "channel": channel, "outlet_id": outlet, "value": None,
         "happened_at": MONDAY + timedelta(minutes=after),
         "happened_on": (MONDAY + timedelta(minutes=after)).date()}
        for n, (company, person, event, outlet, channel, after) in enumerate(told(house))
    ]  # fmt: skip
    table = pa.Table.from_pylist([dict.fromkeys(schema.names) | row for row in rows], schema=schema)
    the_lake().append("events", table, source="test", key="events")
    return house
