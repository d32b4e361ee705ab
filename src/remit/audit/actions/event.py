"""Append to the chain."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from django.db import models, transaction

from remit.core.ref import Ref

from ..chain import digest_of_event, digest_of_value, plain
from ..events import EventType
from ..models import Delivery, Event, Head, PersonalValue
from ..reactions import reactions_to


class HasId(Protocol):
    """A person, as far as this room knows one."""

    id: int


class UndeclaredField(ValueError):
    """An event carries a field that its kind does not declare."""


@transaction.atomic
def record(  # house: actions: what and of whom read as a sentence without names
    kind: EventType,
    subject: Ref | models.Model | None,
    *,
    by: HasId | int | None,
    at: datetime,
    fields: Mapping[str, object] | None = None,
    personal: Mapping[str, object] | None = None,
    about: Ref | models.Model | None = None,
) -> Event:
    """Append one event, and one delivery per reaction to it, in the caller's transaction.

    ``subject``: what it happened to (a model instance gives ``modelname:id``); none for the system itself.
    ``at``: aware. ``personal``: values kept apart and erasable, of the person ``about`` (else the subject).
    Raise UndeclaredField for a name that the kind does not declare, NotRecordable for a value that is
    neither text, number, date nor a collection of them.
    """
    personal = personal or {}
    values = {name: (secrets.token_hex(16), str(plain(value))) for name, value in personal.items()}
    digests = {name: digest_of_value(*value) for name, value in values.items()}
    (event,) = _append(kind, [(subject, fields or {})], by=by, at=at, personal=digests)
    whose = ref_text(about) or event.subject
    PersonalValue.objects.bulk_create(
        PersonalValue(event=event, field=name, about=whose, salt=salt, value=value)
        for name, (salt, value) in values.items()
    )
    return event


@transaction.atomic
def record_all(  # house: actions: as ``record``
    kind: EventType,
    happened: Sequence[tuple[Ref | models.Model | None, Mapping[str, object]]],
    *,
    by: HasId | int | None,
    at: datetime,
) -> list[Event]:
    """Append an event of one kind for each (subject, fields), as ``record`` does, in a few statements."""
    return _append(kind, happened, by=by, at=at, personal={}) if happened else []


def _append(
    kind: EventType,
    happened: Sequence[tuple[Ref | models.Model | None, Mapping[str, object]]],
    *,
    by: HasId | int | None,
    at: datetime,
    personal: Mapping[str, str],
) -> list[Event]:
    """Chain the events one to the next while the end of the chain is held."""
    for _subject, fields in happened:
        _require_declared(kind, fields, personal)
    head = _locked_head()
    number, digest, events = head.number, head.digest, []
    for subject, fields in happened:
        row = {
            "name": kind.name,
            "subject": ref_text(subject),
            "by": by if by is None or isinstance(by, int) else by.id,
            "at": at,
            "fields": plain(fields),
            "personal": dict(personal),
            "previous": digest,
        }
        number += 1
        digest = digest_of_event(number=number, **row)
        events.append(Event(id=number, digest=digest, **row))
    Event.objects.bulk_create(events)
    Head.objects.filter(pk=head.pk).update(number=number, digest=digest)
    paths = list(reactions_to(kind.name))
    Delivery.objects.bulk_create(
        Delivery(event=event, reaction=path, due_at=at) for event in events for path in paths
    )
    return events


def ref_text(thing: Ref | models.Model | None) -> str:
    """``kind:id`` of a thing; the kind of a model instance is its lower-case model name."""
    if thing is None:
        return ""
    if isinstance(thing, Ref):
        return str(thing)
    return str(Ref(thing._meta.model_name or "", thing.pk))


def _require_declared(kind: EventType, fields: Mapping[str, object], personal: Mapping[str, object]) -> None:
    wrong = sorted({*fields} - {*kind.fields} | {*personal} - {*kind.personal})
    if wrong:
        raise UndeclaredField(f"The event {kind.name} does not declare: {', '.join(wrong)}.")


def _locked_head() -> Head:
    """The end of the chain, held until the transaction ends (SQLite holds its one write lock instead)."""
    held = Head.objects.select_for_update().filter(pk=1)
    if head := held.first():
        return head
    Head.objects.get_or_create(pk=1)
    return held.get()
