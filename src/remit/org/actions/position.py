"""Kinds of jobs, and what their holders may do."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from remit.audit.actions import record

from .. import events
from ..enums import Ability, Board
from ..models import Person, Position
from ..positions import SHIPPED_POSITIONS

CHANGEABLE = ("name", "name_en", "abilities", "board")


class PositionCodeTaken(ValueError):
    """Another position has this code."""


@transaction.atomic
def add_position(
    *,
    code: str,
    name: str,
    name_en: str = "",
    abilities: Iterable[str] = (),
    board: str = Board.ANALYST,
    by: Person | None,
    at: datetime,
) -> Position:
    """Add a position; raise ValueError for an ability or a board that does not exist."""
    if Position.objects.filter(code=code).exists():
        raise PositionCodeTaken(_("The code %s belongs to another position. Choose a different one.") % code)
    given = _abilities(abilities)
    position = Position.objects.create(
        code=code, name=name, name_en=name_en, abilities=given, board=Board(board)
    )
    record(events.POSITION_ADDED, position, by=by, at=at, fields={"code": code, "abilities": given})
    return position


@transaction.atomic
def add_shipped_positions(*, by: Person | None, at: datetime) -> int:
    """Add the shipped positions that are missing; return how many. One that was changed stays changed."""
    known = set(Position.objects.values_list("code", flat=True))
    missing = [position for position in SHIPPED_POSITIONS if position.code not in known]
    for position in missing:
        add_position(
            code=position.code,
            name=position.name,
            name_en=position.name_en,
            board=position.board,
            abilities=position.abilities,
            by=by,
            at=at,
        )
    return len(missing)


@transaction.atomic
def change_position(*, position: Position, by: Person | None, at: datetime, **changes: Any) -> Position:
    """Change any of CHANGEABLE, for every holder at once."""
    if unknown := sorted(set(changes) - set(CHANGEABLE)):
        raise TypeError(f"A position has no changeable field {', '.join(unknown)}.")
    position = Position.objects.select_for_update().get(pk=position.pk)
    if "abilities" in changes:
        changes["abilities"] = _abilities(changes["abilities"])
    changed = {name: value for name, value in changes.items() if getattr(position, name) != value}
    if changed:
        for name, value in changed.items():
            setattr(position, name, value)
        position.save(update_fields=list(changed))
        fields = {"code": position.code, "changes": changed}
        record(events.POSITION_CHANGED, position, by=by, at=at, fields=fields)
    return position


def _abilities(given: Iterable[str]) -> list[str]:
    return sorted({Ability(ability).value for ability in given})
