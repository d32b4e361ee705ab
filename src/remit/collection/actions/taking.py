"""Take a batch: into the inbox before the sender is answered."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from pydantic_core import to_json

from ..models import Batch, Use, WriteKey
from ..queries.keys import minute_of
from ..queries.names import digest_of_name
from ..reading.event import NotTaken, Sent, agreed, read_one


@dataclass(frozen=True, slots=True)
class TooMany(Exception):
    """The key's limit for this minute is reached; nothing of the batch was taken."""

    seconds: int


@dataclass(frozen=True, slots=True)
class Sender:
    """Of whom a request came: its truncated network, whether it is a robot, whether it wants no tracking."""

    network: str = ""
    robot: bool = False
    no_tracking: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """``taken`` are in the inbox and committed; ``declined`` by consent; ``refused``: (index, reason)."""

    taken: int
    declined: int
    refused: tuple[tuple[int, str], ...]


def take_batch(*, key: WriteKey, sent: Sent, sender: Sender, by: None, at: datetime) -> Taken:
    """Keep the good events of a batch as one row; when this returns, the row is committed.

    Nothing is kept of events whose person has said no, or not said yes where the key needs it, or whose
    browser asks not to be tracked. Raise TooMany. No event of the record: there are thousands a minute.
    """
    good: list[dict[str, Any]] = []
    refused: list[tuple[int, str]] = []
    declined = 0
    received_ms = int(at.timestamp() * 1000)
    for index, raw in enumerate(sent.events):
        if _declines(key, sender, agreed(raw, sent.consent)):
            declined += 1
            continue
        try:
            event = read_one(raw, received_ms=received_ms, sent_ms=sent.sent_at)
        except NotTaken as error:
            refused.append((index, str(error)))
            continue
        if "known_as" in event:
            event["known_as"] = {
                kind: digest_of_name(key.unit_id, kind, name) for kind, name in event["known_as"].items()
            }
        good.append(event)
    if good:
        _keep(key, good, sender, at)
    return Taken(len(good), declined, tuple(refused))


def _declines(key: WriteKey, sender: Sender, consent: bool | None) -> bool:
    return consent is False or (consent is None and key.consent_needed) or sender.no_tracking


@transaction.atomic(durable=True)
def _keep(key: WriteKey, good: list[dict[str, Any]], sender: Sender, at: datetime) -> None:
    if connection.vendor == "postgresql":  # whatever the server's own setting; SQLite's is in the settings
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit TO on")
    _count(key, len(good), at)
    Batch.objects.create(
        key=key, unit_id=key.unit_id, received_at=at, events=to_json(good).decode(), count=len(good),
        robot=sender.robot, network=sender.network,
    )  # fmt: skip


def _count(key: WriteKey, events: int, at: datetime) -> None:
    """Count towards the limit of the minute in one statement, so that no two requests pass it together."""
    table = Use._meta.db_table
    sql = (
        f"INSERT INTO {table} (key_id, minute, events) VALUES (%s, %s, %s)"  # noqa: S608  # our own table's name
        f" ON CONFLICT (key_id, minute) DO UPDATE SET events = {table}.events + excluded.events"
        f" WHERE {table}.events + excluded.events <= %s RETURNING events"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [key.pk, minute_of(at), events, key.events_a_minute])
        if cursor.fetchone() is None:
            raise TooMany(60 - int(at.timestamp()) % 60)
