"""Bring in what ships with the product and is missing: skills, positions, ladders, the first thirty days."""

from datetime import datetime
from typing import Any

from django.db import transaction

from remit.audit.actions import record

from .. import events
from ..enums import CriterionKind
from ..models import Criterion, Ladder, Person, Position, Rung, Skill, TemplateStep
from ..shipped import read, said
from .position import add_shipped_positions


@transaction.atomic
def ship(*, by: Person | None, at: datetime) -> int:
    """Add what is missing, and say of shipped positions what nobody said yet; return how many things.

    What an installation changed stays changed; a template with any step of its own is left alone.
    """
    brought = {
        "skills": _skills(),
        "positions": add_shipped_positions(by=by, at=at),
        "ladders": _ladders(),
        "steps": _template_steps(),
    }
    if count := sum(brought.values()):
        record(events.SHIPPED, None, by=by, at=at, fields=brought)
    return count


def _skills() -> int:
    known = set(Skill.objects.values_list("code", flat=True))
    missing = [row for row in read("skills") if row["code"] not in known]
    Skill.objects.bulk_create(
        Skill(
            code=row["code"],
            kind=row["kind"],
            name=row["name"]["zh"],
            name_en=row["name"]["en"],
            meaning=row["meaning"]["zh"],
            meaning_en=row["meaning"]["en"],
            remedy=row["remedy"]["zh"],
            remedy_en=row["remedy"]["en"],
        )
        for row in missing
    )
    return len(missing)


def _ladders() -> int:
    known = set(Ladder.objects.values_list("code", flat=True))
    missing = [row for row in read("ladders") if row["code"] not in known]
    positions = {position.code: position for position in Position.objects.all()} if missing else {}
    skills = {skill.code: skill for skill in Skill.objects.all()} if missing else {}
    criteria: list[Criterion] = []
    for row in missing:
        name = said(row["name"])
        ladder = Ladder.objects.create(code=row["code"], name=name.zh_hant, name_en=name.en)
        for order, step in enumerate(row["rungs"], start=1):
            rung = Rung.objects.create(ladder=ladder, position=positions[step["position"]], order=order)
            criteria += _criteria(rung, step, skills)
    Criterion.objects.bulk_create(criteria)
    return len(missing)


def _criteria(rung: Rung, step: dict[str, Any], skills: dict[str, Skill]) -> list[Criterion]:
    found = []
    if months := step.get("months"):
        found.append(Criterion(rung=rung, kind=CriterionKind.TENURE, months=months))
    for code, level in step.get("skills", {}).items():
        found.append(Criterion(rung=rung, kind=CriterionKind.SKILL, skill=skills[code], level=level))
    for text in map(said, step.get("statements", ())):
        kind = CriterionKind.STATEMENT
        found.append(Criterion(rung=rung, kind=kind, statement=text.zh_hant, statement_en=text.en))
    return found


def _template_steps() -> int:
    if TemplateStep.objects.exists():
        return 0
    rows = read("first_days")
    TemplateStep.objects.bulk_create(
        TemplateStep(day=row["day"], name=row["zh"], name_en=row["en"]) for row in rows
    )
    return len(rows)
