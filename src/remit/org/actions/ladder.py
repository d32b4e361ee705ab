"""Career ladders: rungs, and what each asks for."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from remit.audit.actions import record

from .. import events
from ..enums import CriterionKind
from ..models import Criterion, Ladder, Person, Position, Rung, Skill
from .skill import require_level


class LadderCodeTaken(ValueError):
    """Another ladder has this code."""


class PositionStandsThere(ValueError):
    """A position stands on a ladder once."""


class CriterionIncomplete(ValueError):
    """A criterion says what its kind asks for."""


class SkillAskedAlready(ValueError):
    """A rung asks for a skill once."""


@transaction.atomic
def add_ladder(*, code: str, name: str, name_en: str = "", by: Person | None, at: datetime) -> Ladder:
    """Add a ladder without rungs."""
    if Ladder.objects.filter(code=code).exists():
        raise LadderCodeTaken(_("The code %s belongs to another ladder. Choose a different one.") % code)
    ladder = Ladder.objects.create(code=code, name=name, name_en=name_en)
    record(events.LADDER_ADDED, ladder, by=by, at=at, fields={"code": code})
    return ladder


@transaction.atomic
def add_rung(*, ladder: Ladder, position: Position, by: Person | None, at: datetime) -> Rung:
    """Put a position on top of the ladder."""
    Ladder.objects.select_for_update().get(pk=ladder.pk)
    rungs = Rung.objects.filter(ladder=ladder)
    if rungs.filter(position=position).exists():
        raise PositionStandsThere(_("%s stands on this ladder already.") % position)
    highest = rungs.aggregate(highest=Max("order"))["highest"] or 0
    rung = Rung.objects.create(ladder=ladder, position=position, order=highest + 1)
    _changed(ladder, {"rung": position.code}, by, at)
    return rung


@transaction.atomic
def remove_rung(*, rung: Rung, by: Person | None, at: datetime) -> None:
    """Take a rung with its criteria, and what was confirmed of them, from its ladder."""
    _changed(rung.ladder, {"rung removed": rung.position.code}, by, at)
    rung.delete()


@transaction.atomic
def add_criterion(
    *,
    rung: Rung,
    kind: str,
    by: Person | None,
    at: datetime,
    skill: Skill | None = None,
    level: int | None = None,
    months: int | None = None,
    statement: str = "",
    statement_en: str = "",
) -> Criterion:
    """Ask for a skill at a level, for months in the position below, or for a statement to be confirmed.

    What belongs to another kind is left aside. Raise CriterionIncomplete, NoSuchLevel, SkillAskedAlready.
    """
    criterion = Criterion(rung=rung, kind=CriterionKind(kind))
    if kind == CriterionKind.SKILL:
        if skill is None or level is None:
            raise CriterionIncomplete(_("Choose the skill and its level."))
        require_level(level)
        if Criterion.objects.filter(rung=rung, skill=skill).exists():
            raise SkillAskedAlready(_("This step asks for the skill already."))
        criterion.skill, criterion.level = skill, level
    elif kind == CriterionKind.TENURE:
        if not months or months < 1:
            raise CriterionIncomplete(_("Say how many months: at least one."))
        criterion.months = months
    else:
        if not statement.strip():
            raise CriterionIncomplete(_("Write the statement that a manager confirms."))
        criterion.statement, criterion.statement_en = statement.strip(), statement_en.strip()
    criterion.save()
    _changed(rung.ladder, {"asked for": kind, "rung": rung.position.code}, by, at)
    return criterion


@transaction.atomic
def remove_criterion(*, criterion: Criterion, by: Person | None, at: datetime) -> None:
    """Ask for it no longer."""
    rung = criterion.rung
    _changed(rung.ladder, {"no longer asked for": criterion.kind, "rung": rung.position.code}, by, at)
    criterion.delete()


def _changed(ladder: Ladder, changes: dict[str, str], by: Person | None, at: datetime) -> None:
    record(events.LADDER_CHANGED, ladder, by=by, at=at, fields={"code": ladder.code, "changes": changes})
