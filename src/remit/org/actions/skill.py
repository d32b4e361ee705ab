"""Skills, and the levels that positions ask for."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from remit.audit.actions import record

from .. import events
from ..enums import SkillKind
from ..growing import LEVELS
from ..models import Person, Position, PositionSkill, Skill

CHANGEABLE = ("name", "name_en", "kind", "meaning", "meaning_en", "remedy", "remedy_en")


class SkillCodeTaken(ValueError):
    """Another skill has this code."""


class NoSuchLevel(ValueError):
    """Levels go from 1 to 5."""


@transaction.atomic
def add_skill(*, code: str, name: str, kind: str, by: Person | None, at: datetime, **more: Any) -> Skill:
    """Add a skill. ``more``: any of CHANGEABLE besides name and kind."""
    if Skill.objects.filter(code=code).exists():
        raise SkillCodeTaken(_("The code %s belongs to another skill. Choose a different one.") % code)
    skill = Skill.objects.create(code=code, name=name, kind=SkillKind(kind), **_known(more))
    record(events.SKILL_ADDED, skill, by=by, at=at, fields={"code": code})
    return skill


@transaction.atomic
def change_skill(*, skill: Skill, by: Person | None, at: datetime, **changes: Any) -> Skill:
    """Change any of CHANGEABLE; what was said of people stays said of it."""
    skill = Skill.objects.select_for_update().get(pk=skill.pk)
    changed = {name: value for name, value in _known(changes).items() if getattr(skill, name) != value}
    if changed:
        for name, value in changed.items():
            setattr(skill, name, value)
        skill.save(update_fields=list(changed))
        record(events.SKILL_CHANGED, skill, by=by, at=at, fields={"code": skill.code, "changes": changed})
    return skill


@transaction.atomic
def ask_skill(
    *, position: Position, skill: Skill, level: int | None, by: Person | None, at: datetime
) -> PositionSkill | None:
    """Set the level of a skill that a position asks for; without a level it is asked for no longer."""
    if level is not None:
        require_level(level)
    asked = PositionSkill.objects.filter(position=position, skill=skill).first()
    if (asked.level if asked else None) == level:
        return asked
    if level is None:
        PositionSkill.objects.filter(position=position, skill=skill).delete()
        asked = None
    else:
        asked, _made = PositionSkill.objects.update_or_create(
            position=position, skill=skill, defaults={"level": level}
        )
    fields = {"code": position.code, "skill": skill.code, "level": level}
    record(events.POSITION_ASKS, position, by=by, at=at, fields=fields)
    return asked


def require_level(level: int) -> None:
    """Raise NoSuchLevel for a level outside 1 to 5."""
    if level not in LEVELS:
        raise NoSuchLevel(_("Choose a level from 1 to 5."))


def _known(values: dict[str, Any]) -> dict[str, Any]:
    if unknown := sorted(set(values) - set(CHANGEABLE)):
        raise TypeError(f"A skill has no changeable field {', '.join(unknown)}.")
    return values
