"""Reading the record."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from remit.core.ref import Ref

from ..events import type_of
from ..models import Event

PAGE_ROWS = 50


@dataclass(frozen=True, slots=True)
class Page:
    """Events, newest first; ``older``: what to give as ``before`` for the next page, none at the end."""

    events: tuple[Event, ...]
    older: int | None


def found(
    *,
    by: int | None = None,
    name: str = "",
    subject: Ref | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> QuerySet[Event]:
    """Events by person (id), name (``org.`` means the whole room), subject, and time (until is excluded)."""
    events = Event.objects.all()
    if by is not None:
        events = events.filter(by=by)
    if name:
        events = events.filter(name__startswith=name) if name.endswith(".") else events.filter(name=name)
    if subject is not None:
        events = events.filter(subject=str(subject))
    if since is not None:
        events = events.filter(at__gte=since)
    if until is not None:
        events = events.filter(at__lt=until)
    return events


def page(events: QuerySet[Event], *, before: int | None = None, rows: int = PAGE_ROWS) -> Page:
    """One page, newest first, with personal values; two queries however many rows."""
    if before is not None:
        events = events.filter(pk__lt=before)
    some = list(events.order_by("-pk").prefetch_related("personal_values")[: rows + 1])
    return Page(tuple(some[:rows]), some[rows - 1].pk if len(some) > rows else None)


def sentence_of(event: Event, names: Mapping[str, str]) -> str:
    """What happened, as a sentence. ``names``: what ``subject`` and ``by`` are called for the reader."""
    kind = type_of(event.name)
    if kind is None:
        return event.name
    personal = {value.field: value.value for value in event.personal_values.all()}
    return kind.say({**event.fields, **personal, **names})
