"""Kinds of jobs, and what their holders may do."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from remit.audit.actions import record

from .. import events
from ..enums import Ability, Board
from ..models import Person, Position, PositionSkill, Skill
from ..positions import SHIPPED_POSITIONS, ShippedPosition

CHANGEABLE = (
    "name", "name_en", "abilities", "board", "leads", "is_key", "purpose", "purpose_en", "deliverables",
)  # fmt: skip


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
    **more: Any,
) -> Position:
    """Add a position; raise ValueError for an ability or a board that does not exist.

    ``more``: any of CHANGEABLE.
    """
    if Position.objects.filter(code=code).exists():
        raise PositionCodeTaken(_("The code %s belongs to another position. Choose a different one.") % code)
    given = _abilities(abilities)
    position = Position.objects.create(
        code=code, name=name, name_en=name_en, abilities=given, board=Board(board), **_known(more)
    )
    record(events.POSITION_ADDED, position, by=by, at=at, fields={"code": code, "abilities": given})
    return position


@transaction.atomic
def add_shipped_positions(*, by: Person | None, at: datetime) -> int:
    """Add the shipped positions that are missing; return how many. One that was changed stays changed.

    One from before positions said their purpose gets it, with deliverables and skills.
    """
    known = {position.code: position for position in Position.objects.all()}
    asked: list[PositionSkill] = []
    skills = {skill.code: skill for skill in Skill.objects.all()}
    for shipped in SHIPPED_POSITIONS:
        position = known.get(shipped.code)
        if position is None:
            position = add_position(
                code=shipped.code, name=shipped.name, name_en=shipped.name_en, board=shipped.board,
                abilities=shipped.abilities, by=by, at=at, **_described(shipped),
            )  # fmt: skip
        elif position.purpose or PositionSkill.objects.filter(position=position).exists():
            continue
        else:
            change_position(position=position, by=by, at=at, **_described(shipped))
        asked += [
            PositionSkill(position=position, skill=skills[code], level=level)
            for code, level in shipped.skills.items()
            if code in skills
        ]
    PositionSkill.objects.bulk_create(asked)
    return sum(shipped.code not in known for shipped in SHIPPED_POSITIONS)


def _described(shipped: ShippedPosition) -> dict[str, Any]:
    """What is said of a position besides its name and abilities."""
    return {
        "leads": shipped.leads,
        "is_key": shipped.is_key,
        "purpose": shipped.purpose.zh_hant,
        "purpose_en": shipped.purpose.en,
        "deliverables": [{"zh": text.zh_hant, "en": text.en} for text in shipped.deliverables],
    }


@transaction.atomic
def change_position(*, position: Position, by: Person | None, at: datetime, **changes: Any) -> Position:
    """Change any of CHANGEABLE, for every holder at once."""
    _known(changes)
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


def _known(values: dict[str, Any]) -> dict[str, Any]:
    if unknown := sorted(set(values) - set(CHANGEABLE)):
        raise TypeError(f"A position has no changeable field {', '.join(unknown)}.")
    return values


def _abilities(given: Iterable[str]) -> list[str]:
    return sorted({Ability(ability).value for ability in given})
