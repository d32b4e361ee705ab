"""Begin a diagnosis, change it, end it."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from remit.audit.actions import record
from remit.org.models import Person, Unit
from remit.org.queries.today import company_day
from remit.org.rules import units_visible_to
from remit.planning.models import Plan

from .. import events
from ..diagnosis_rules import lacking
from ..enums import DiagnosisStage
from ..models import Diagnosis, Why


class DiagnosisUnclear(ValueError):
    """What was given says too little; the message says what is missing."""


class DiagnosisStands(ValueError):
    """It was ended, and is changed no more."""


@transaction.atomic
def add_diagnosis(
    *, unit: Unit, title: str, problem: str, noticed_on: date, owner: Person, by: Person, at: datetime,
    plan: Plan | None = None, came_from: str = "",
) -> Diagnosis:  # fmt: skip
    """Begin one about something that goes wrong in a unit. ``came_from``: where the question came up."""
    row = Diagnosis(
        unit=unit, title=title.strip(), problem=problem.strip(), noticed_on=noticed_on, owner=owner,
        plan=plan, came_from=came_from, made_by=by, made_at=at,
    )  # fmt: skip
    _require_clear(row, at)
    same = {"title": row.title, "problem": row.problem, "noticed_on": noticed_on, "owner": owner}
    if twin := Diagnosis.objects.filter(unit=unit, stage=DiagnosisStage.OPEN, made_by=by, **same).first():
        return twin  # a second click
    row.save()
    record(events.DIAGNOSIS_ADDED, row, by=by, at=at, fields={"title": row.title})
    return row


@transaction.atomic
def change_diagnosis(
    *, diagnosis: Diagnosis, title: str, problem: str, noticed_on: date, owner: Person, by: Person,
    at: datetime,
) -> Diagnosis:  # fmt: skip
    """Change what it is about, or who owns it."""
    row = held(diagnosis)
    row.title, row.problem, row.noticed_on, row.owner = title.strip(), problem.strip(), noticed_on, owner
    _require_clear(row, at)
    row.save(update_fields=["title", "problem", "noticed_on", "owner"])
    record(events.DIAGNOSIS_CHANGED, row, by=by, at=at, fields={"title": row.title})
    return row


@transaction.atomic
def conclude_diagnosis(*, diagnosis: Diagnosis, conclusion: str, by: Person, at: datetime) -> Diagnosis:
    """End it with a result: every why is judged, there is a root cause, and something is done about each."""
    row = held(diagnosis)
    for missing in lacking(row.whys.prefetch_related("remedies")):
        raise DiagnosisUnclear(missing)
    return _end(row, DiagnosisStage.CONCLUDED, conclusion, by, at)


@transaction.atomic
def drop_diagnosis(*, diagnosis: Diagnosis, conclusion: str, by: Person, at: datetime) -> Diagnosis:
    """Give it up; the reason stays."""
    return _end(held(diagnosis), DiagnosisStage.DROPPED, conclusion, by, at)


def held(diagnosis: Diagnosis) -> Diagnosis:
    """The diagnosis, locked. Raise DiagnosisStands when it was ended."""
    row = Diagnosis.objects.select_for_update(of=("self",)).select_related("unit").get(pk=diagnosis.pk)
    if row.stage != DiagnosisStage.OPEN:
        raise DiagnosisStands(_("This diagnosis was ended: what was found stands."))
    return row


def held_with(why: Why) -> tuple[Diagnosis, Why]:
    """A why as it is now, and its diagnosis, locked. Raise DiagnosisStands when it was ended."""
    row = held(why.diagnosis)
    return row, Why.objects.get(pk=why.pk)


def require_sees(owner: Person, unit: Unit) -> None:
    """Raise DiagnosisUnclear when somebody is to answer for what they do not see."""
    if not units_visible_to(owner).filter(pk=unit.pk).exists():
        raise DiagnosisUnclear(
            _("%(owner)s does not see all of this unit, so they cannot answer for it.")
            % {"owner": owner.title(get_language() or "zh-hant")}
        )


def _end(row: Diagnosis, stage: DiagnosisStage, conclusion: str, by: Person, at: datetime) -> Diagnosis:
    if not conclusion.strip():
        raise DiagnosisUnclear(_("Say in a sentence what was found."))
    row.stage, row.conclusion, row.ended_by, row.ended_at = stage, conclusion.strip()[:1000], by, at
    row.save(update_fields=["stage", "conclusion", "ended_by", "ended_at"])
    what = events.DIAGNOSIS_CONCLUDED if stage == DiagnosisStage.CONCLUDED else events.DIAGNOSIS_DROPPED
    record(what, row, by=by, at=at, fields={"title": row.title, "conclusion": row.conclusion})
    return row


def _require_clear(row: Diagnosis, at: datetime) -> None:
    if not row.title or not row.problem:
        raise DiagnosisUnclear(_("A diagnosis has a title, and says what goes wrong and where it shows."))
    require_sees(row.owner, row.unit)
    if row.noticed_on > company_day(at):
        raise DiagnosisUnclear(_("What goes wrong was noticed today or earlier."))
