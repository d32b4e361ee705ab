"""What has arrived, newest first: of the inbox and the lake, so that it is seen as soon as it is taken."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from remit.lake.duck import scratch
from remit.lake.queries import the_lake
from remit.lake.store import Lake

from ..models import Batch

RECENT = timedelta(days=2)
BATCHES_LOOKED_AT = 400
THINGS = ("customer", "product", "outlet", "campaign")


@dataclass(frozen=True, slots=True)
class Arrival:
    """An event. ``things``: (kind, id or None, code): of the inbox the code is known, of the lake the id."""

    unit_id: int
    code: str
    person: str
    event: str
    at: datetime
    channel: str = ""
    source: str = ""
    click: str = ""
    page: str = ""
    value: Decimal | None = None
    currency: str = ""
    robot: bool = False
    things: tuple[tuple[str, int | None, str], ...] = ()
    properties: dict[str, Any] = field(default_factory=dict)


def arrivals(
    units: Collection[int], *, at: datetime, persons: Collection[str] = (), limit: int = 50
) -> list[Arrival]:
    """The newest events of companies, of the last two days; of some persons: of all time.

    One that is on its way into the lake stands in both for a moment, and is given once.
    """
    if not units:
        return []
    wanted = frozenset(persons)
    since = None if wanted else (at - RECENT).date().isoformat()
    waiting = list(_of_the_inbox(units, wanted, limit))
    lake = the_lake()
    version = lake.snapshot("events").version
    stored = _of_the_lake(lake.url, version, frozenset(units), wanted, since, limit)
    found = {(one.unit_id, one.code): one for one in (*stored, *waiting)}
    return sorted(found.values(), key=lambda one: (one.at, one.code), reverse=True)[:limit]


def _of_the_inbox(units: Collection[int], persons: frozenset[str], limit: int) -> Iterable[Arrival]:
    """Of the newest batches; a minute's worth waits at most, unless the worker stands still."""
    given = 0
    newest = Batch.objects.filter(unit__in=list(units)).select_related("unit").order_by("-pk")
    for batch in newest[:BATCHES_LOOKED_AT]:
        for event in reversed(json.loads(batch.events)):
            if persons and event["person"] not in persons:
                continue
            yield _waiting(batch, event)
            given += 1
        if given >= limit:
            return


def _waiting(batch: Batch, event: dict[str, Any]) -> Arrival:
    value = event.get("value")
    return Arrival(
        unit_id=batch.unit_id,
        code=event["id"],
        person=event["person"],
        event=event["event"],
        at=datetime.fromtimestamp(event["at"] / 1000, UTC),
        **{name: event.get(name, "") for name in ("channel", "source", "click", "page")},
        value=None if value is None else Decimal(value),
        currency="" if value is None else event.get("currency", batch.unit.currency),
        robot=batch.robot,
        things=tuple((name, None, event[name]) for name in THINGS if event.get(name)),
        properties=event.get("properties", {}),
    )


@lru_cache(maxsize=64)
def _of_the_lake(
    url: str, version: int, units: frozenset[int], persons: frozenset[str], since: str | None, limit: int
) -> tuple[Arrival, ...]:
    """Of one version, which never changes: a page that asks every two seconds reads it once."""
    if version < 0:
        return ()
    ids = ", ".join(f"{name}_id" for name in THINGS)
    sql = (
        f"SELECT unit_id, event_code, person_code, event, epoch_ms(happened_at), channel, source, click_code,"  # noqa: S608  # names of the contract; values are parameters
        f" page, value, currency, robot, properties, {ids}"
        f" FROM ({Lake(url).snapshot('events', version).sql()})"
        " WHERE unit_id IN (SELECT unnest($units))"
        " AND ($since IS NULL OR happened_on >= CAST($since AS DATE))"
        " AND (len($persons) = 0 OR person_code IN (SELECT unnest($persons)))"
        " ORDER BY happened_at DESC, event_code DESC LIMIT $most"
    )
    given = {"units": sorted(units), "since": since, "persons": sorted(persons), "most": limit}
    with scratch() as con:
        return tuple(_stored(row) for row in con.execute(sql, given).fetchall())


def _stored(row: tuple[Any, ...]) -> Arrival:
    unit, code, person, event, ms, channel, source, click, page, value, currency, robot, properties, *ids = (
        row
    )
    return Arrival(
        unit_id=unit, code=code, person=person, event=event, at=datetime.fromtimestamp(ms / 1000, UTC),
        channel=channel or "", source=source or "", click=click or "", page=page or "", value=value,
        currency=currency or "", robot=bool(robot),
        things=tuple((name, id_, "") for name, id_ in zip(THINGS, ids, strict=True) if id_ is not None),
        properties=json.loads(properties) if properties else {},
    )  # fmt: skip
