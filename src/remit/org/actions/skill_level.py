"""What is said of somebody's skills."""

import re
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from remit.audit.actions import record
from remit.core.ref import Ref

from .. import events
from ..enums import SkillSource
from ..models import Person, Skill, SkillLevel
from .skill import require_level

EVIDENCE_MAX = 300


class EvidenceNeedsPlace(ValueError):
    """Evidence says where it is: a reference or a web address."""


@transaction.atomic
def assess(
    *,
    person: Person,
    skill: Skill,
    source: str,
    level: int,
    by: Person | None,
    at: datetime,
    note: str = "",
    evidence: str = "",
) -> SkillLevel:
    """Say how well somebody can do something, from 1 to 5. What was said before stays in the history.

    ``evidence``: ``file:7`` or a web address; needed where the source is evidence, kept where it is not.
    Raise NoSuchLevel, EvidenceNeedsPlace.
    """
    require_level(level)
    source, evidence = SkillSource(source), evidence.strip()
    if evidence or source == SkillSource.EVIDENCE:
        _require_place(evidence)
    said = SkillLevel.objects.create(
        person=person,
        skill=skill,
        source=source,
        level=level,
        note=note.strip(),
        evidence=evidence,
        said_by=by,
        said_at=at,
    )
    fields = {"skill": skill.code, "source": source.value}
    record(events.SKILL_ASSESSED, person, by=by, at=at, fields=fields)
    return said


def _require_place(evidence: str) -> None:
    if len(evidence) <= EVIDENCE_MAX:
        if re.fullmatch(r"https?://[^\s/]+\S*", evidence):
            return
        try:
            Ref.parse(evidence)
        except ValueError:
            pass
        else:
            return
    raise EvidenceNeedsPlace(
        _("Say where the evidence is: a web address (https://…) or a reference such as file:7.")
    )
