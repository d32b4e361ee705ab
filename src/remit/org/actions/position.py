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
    "name", "name_en", "abilities", "board", "reports_to", "leads", "is_key", "purpose", "purpose_en",
    "deliverables",
)  # fmt: skip


class PositionCodeTaken(ValueError):
    """Another position has this code."""


class ReportsToItself(ValueError):
    """A position would stand, over others or not, above itself."""


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

    One from before positions said their purpose gets it, with deliverables and skills; one that reports to
    none gets the shipped position above it.
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
    _place_shipped(by, at)
    return sum(shipped.code not in known for shipped in SHIPPED_POSITIONS)


def _place_shipped(by: Person | None, at: datetime) -> None:
    """Shipped positions that report to none report to the shipped one above, unless that makes a circle."""
    known = {position.code: position for position in Position.objects.all()}
    for shipped in SHIPPED_POSITIONS:
        position, above = known[shipped.code], known.get(shipped.reports_to)
        if above is not None and position.reports_to_id is None and not _is_under(above, position):
            change_position(position=position, reports_to=above, by=by, at=at)


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
    if (above := changes.get("reports_to")) and _is_under(above, position):
        raise ReportsToItself(
            _("%(above)s reports to %(position)s, over others or directly. Choose a position above it.")
            % {"above": above, "position": position}
        )
    changed = {name: value for name, value in changes.items() if getattr(position, name) != value}
    if changed:
        for name, value in changed.items():
            setattr(position, name, value)
        position.save(update_fields=list(changed))
        said = {name: value.code if isinstance(value, Position) else value for name, value in changed.items()}
        fields = {"code": position.code, "changes": said}
        record(events.POSITION_CHANGED, position, by=by, at=at, fields=fields)
    return position


def _is_under(position: Position, above: Position) -> bool:
    """Whether a position is another or reports to it over any number of steps."""
    ranks = dict(Position.objects.values_list("pk", "reports_to"))
    seen: set[int] = set()
    place: int | None = position.pk
    while place is not None and place not in seen:
        if place == above.pk:
            return True
        seen.add(place)
        place = ranks.get(place)
    return False


def _known(values: dict[str, Any]) -> dict[str, Any]:
    if unknown := sorted(set(values) - set(CHANGEABLE)):
        raise TypeError(f"A position has no changeable field {', '.join(unknown)}.")
    return values


def _abilities(given: Iterable[str]) -> list[str]:
    return sorted({Ability(ability).value for ability in given})
