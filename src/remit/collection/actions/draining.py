"""From the inbox into the lake: each event once, also when whoever does it is killed at any point.

A drain writes its number on the batches that it claims, and in the same transaction which of their events
have not been seen; so what it appends is fixed from then on, whoever does it. The append is exactly once by
that number; then the batches are deleted. Whoever finds a drain under way takes part in it before claiming
anything: two that do the same append once. Numbers grow beyond what the lake has seen, so that a database
that was restored from a copy does not take new batches for old ones.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from remit.lake.queries import the_lake
from remit.lake.store import NewerAttempt

from ..filling import Row, as_table
from ..models import Batch, Drain, Seen

SOURCE, KEY = "collection", "inbox"
BATCHES_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Drained:
    """What was brought to the lake: ``events`` in ``batches``; ``repeated`` events had come before."""

    batches: int = 0
    events: int = 0
    repeated: int = 0


def drain_inbox(*, at: datetime, by: None = None, batches_at_once: int = BATCHES_AT_ONCE) -> Drained:
    """End the drain under way, or else do a new one; return what it brought, nothing where nothing waits.

    May run again and at the same time. No event of the record: its own row tells of each drain.
    """
    drain = Drain.objects.filter(under_way=True).first() or _claim(at, batches_at_once)
    if drain is None:
        return Drained()
    batches = list(Batch.objects.filter(drain=drain).select_related("unit", "key").order_by("pk"))
    rows = list(_fresh(drain, batches))
    if rows:
        _append(drain, rows, at)
    repeated = sum(batch.count for batch in batches) - len(rows)
    _end(drain, batches, len(rows), repeated, at)
    return Drained(len(batches), len(rows), repeated)


def _claim(at: datetime, most: int) -> Drain | None:
    """The batches that came first, with a number on them; none where none wait or another was faster."""
    if not Batch.objects.filter(drain=None).exists():
        return None
    lake_number = the_lake().attempt_of("events", SOURCE, KEY) or 0
    try:
        with transaction.atomic():
            last = Drain.objects.order_by("-number").values_list("number", flat=True).first() or 0
            drain = Drain.objects.create(number=max(last, lake_number) + 1, claimed_at=at, batches=0)
            waiting = Batch.objects.filter(drain=None).order_by("pk")[:most]
            batches = list(waiting)
            Batch.objects.filter(pk__in=[batch.pk for batch in batches]).update(drain=drain)
            drain.batches = len(batches)
            drain.save(update_fields=["batches"])
            digests = {digest for batch in batches for digest, _event in _events_of(batch)}
            seen = [Seen(digest=digest, drain=drain) for digest in sorted(digests)]
            Seen.objects.bulk_create(seen, ignore_conflicts=True, batch_size=5_000)
    except IntegrityError:
        return None
    return drain


def _events_of(batch: Batch) -> Iterable[tuple[bytes, dict[str, Any]]]:
    for event in json.loads(batch.events):
        whole = f"{batch.unit_id} {event['id']}"
        yield hashlib.blake2b(whole.encode(), digest_size=16).digest(), event


def _fresh(drain: Drain, batches: Iterable[Batch]) -> Iterable[Row]:
    """The events that this drain saw first, each once: where an id comes twice, the first."""
    mine = set(map(bytes, Seen.objects.filter(drain=drain).values_list("digest", flat=True)))
    for batch in batches:
        for digest, event in _events_of(batch):
            if digest in mine:
                mine.remove(digest)
                yield Row(batch, event)


def _append(drain: Drain, rows: list[Row], at: datetime) -> None:
    table = as_table(rows, number=drain.number, at=at)
    try:
        the_lake().append("events", table, source=SOURCE, key=KEY, attempt=drain.number)
    except NewerAttempt:
        return  # whoever took part was faster, and has gone on since


@transaction.atomic
def _end(drain: Drain, batches: list[Batch], events: int, repeated: int, at: datetime) -> None:
    """Again, or by two at once: whoever comes second finds no batches and changes nothing."""
    Batch.objects.filter(drain=drain).delete()
    open_one = Drain.objects.filter(pk=drain.pk, under_way=True)
    open_one.update(under_way=False, ended_at=at, events=events, repeated=repeated)
