"""Who could take a key position over."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from remit.audit.actions import record

from .. import events
from ..enums import Readiness
from ..models import Assignment, Person, Position, Successor, Unit
from ..queries.assignments import holding_on
from ..queries.today import company_day


class HolderIsNoSuccessor(ValueError):
    """Who holds a position cannot follow themselves."""


class PositionIsNotKey(ValueError):
    """Successors are named for key positions."""


@transaction.atomic
def name_successor(
    *,
    position: Position,
    unit: Unit,
    person: Person,
    readiness: str,
    by: Person | None,
    at: datetime,
    order: int = 1,
) -> Successor:
    """Name somebody as a successor, or say anew how ready they are and in which order they come."""
    if not position.is_key:
        raise PositionIsNotKey(_("Mark the position as a key position first."))
    held = Assignment.objects.filter(holding_on(company_day(at)), position=position, unit=unit, person=person)
    if held.exists():
        raise HolderIsNoSuccessor(_("%s holds this position. Choose somebody else.") % person)
    said: dict[str, Any] = {"readiness": Readiness(readiness), "order": order}
    place: dict[str, Any] = {"position": position, "unit": unit, "person": person}
    known = Successor.objects.filter(**place, **said).first()
    if known is not None:
        return known
    named, _made = Successor.objects.update_or_create(**place, defaults=said)
    fields = {"position": position.code, "readiness": readiness, "order": order}
    record(
        events.SUCCESSOR_NAMED,
        unit,
        by=by,
        at=at,
        fields=fields,
        personal={"person": person.name},
        about=person,
    )
    return named


@transaction.atomic
def remove_successor(*, successor: Successor, by: Person | None, at: datetime) -> None:
    """They are no candidate any more."""
    person = successor.person
    fields = {"position": successor.position.code}
    record(
        events.SUCCESSOR_REMOVED,
        successor.unit,
        by=by,
        at=at,
        fields=fields,
        personal={"person": person.name},
        about=person,
    )
    successor.delete()
