"""From what was taken to rows of the lake's table of events: ids for codes, days for instants."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa

from remit.lake.dimensions import PublishedDimensions, zones_of
from remit.lake.duck import scratch
from remit.lake.tables import TABLES
from remit.org.models import Unit

from .models import Batch

REFERRED = {"customer": "customers", "campaign": "campaigns", "outlet": "outlets", "product": "products"}
OWNERS = {"outlets": "company_id"}
AS_SENT = {"event_code": "id", "person_code": "person", "event": "event", "channel": "channel",
           "source": "source", "page": "page", "click_code": "click"}  # fmt: skip

type Codes = dict[tuple[int, str, str], int]


@dataclass(frozen=True, slots=True)
class Row:
    """An event, and the batch that it came with."""

    batch: Batch
    event: dict[str, Any]


def as_table(rows: Sequence[Row], *, number: int, at: datetime) -> pa.Table:
    """The rows in the contract's columns. The drain's ``number``, negative, stands where imports have theirs.

    A customer whom a server names and nobody knows gets a row; what a web page says may be anybody's
    invention, and makes none. Codes that stay unknown give no id; as properties they are kept.
    """
    codes = _ids(rows, at)
    clocks = {row.batch.unit_id: zones_of(row.batch.unit) for row in _one_per_unit(rows)}
    table = TABLES["events"]
    lines = [_line(row, codes, clocks[row.batch.unit_id], number) for row in rows]
    return pa.Table.from_pylist(lines, schema=pa.schema([(c.name, c.type) for c in table.columns]))


def _line(row: Row, codes: Codes, zones: Sequence[tuple[date, str]], number: int) -> dict[str, Any]:
    event, batch = row.event, row.batch
    happened_at = datetime.fromtimestamp(event["at"] / 1000, UTC)
    ids = {f"{name}_id": codes.get((batch.unit_id, name, event.get(name, ""))) for name in REFERRED}
    unknown = {name: event[name] for name in REFERRED if name in event and ids[f"{name}_id"] is None}
    names = {"known_as": event["known_as"]} if "known_as" in event else {}
    properties = unknown | event.get("properties", {}) | names
    value = event.get("value")
    return {
        "import_id": -number,
        "unit_id": batch.unit_id,
        **{column: event.get(name) for column, name in AS_SENT.items()},
        **ids,
        "happened_at": happened_at,
        "happened_on": _day(happened_at, zones),
        "value": None if value is None else Decimal(value).quantize(Decimal("0.0001")),
        "currency": None if value is None else event.get("currency", batch.unit.currency),
        "robot": batch.robot,
        "network": batch.network or None,
        "properties": json.dumps(properties, ensure_ascii=False, sort_keys=True) if properties else None,
    }


def _day(instant: datetime, zones: Sequence[tuple[date, str]]) -> date:
    """The business day by the zone that holds then; the first zone holds before its day too."""
    day = instant.date()
    held = [name for starts_on, name in zones if starts_on <= day]
    return instant.astimezone(ZoneInfo(held[-1] if held else zones[0][1])).date()


def _one_per_unit(rows: Iterable[Row]) -> Iterable[Row]:
    return {row.batch.unit_id: row for row in rows}.values()


def _ids(rows: Sequence[Row], at: datetime) -> Codes:
    """By company, field and code: the id."""
    named: defaultdict[tuple[Unit, str], set[str]] = defaultdict(set)
    made: defaultdict[Unit, set[str]] = defaultdict(set)
    for row in rows:
        for name in REFERRED:
            if code := row.event.get(name):
                named[row.batch.unit, name].add(code)
        if not row.batch.key.is_of_browsers and (code := row.event.get("customer")):
            made[row.batch.unit].add(code)
    for unit, fresh in made.items():
        where = PublishedDimensions(unit, None, at)
        unknown = fresh - set(_known(where, "customers", fresh))
        if unknown:
            where.ensure("customers", sorted(unknown))
    found: Codes = {}
    for (unit, name), codes in named.items():
        known = _known(PublishedDimensions(unit, None, at), REFERRED[name], codes)
        found |= {(unit.pk, name, code): id_ for code, id_ in known.items()}
    return found


def _known(where: PublishedDimensions, dimension: str, codes: Iterable[str]) -> dict[str, int]:
    """Ids of these codes of a company, as published now."""
    snapshot = where.snapshot(dimension)
    owner = OWNERS.get(dimension, "unit_id")
    sql = (
        f"SELECT code, id FROM ({snapshot.sql()}) WHERE valid_to = DATE '9999-12-31'"  # noqa: S608  # names of the contract; values are parameters
        f" AND {owner} = $unit AND code IN (SELECT unnest($codes))"
    )
    with scratch() as con:
        return dict(con.execute(sql, {"unit": where.unit.pk, "codes": sorted(codes)}).fetchall())
