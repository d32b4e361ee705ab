"""Begin a diagnosis, change it, end it."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from remit.audit.actions import record
from remit.org.models import Person, Unit
from remit.org.queries.today import company_day
from remit.planning.models import Plan

from .. import events
from ..enums import DiagnosisStage, WhyVerdict
from ..models import Diagnosis, Why


class DiagnosisUnclear(ValueError):
    """What was given says too little; the message says what is missing."""


class DiagnosisStands(ValueError):
    """It was ended, and is changed no more."""


@transaction.atomic
def add_diagnosis(
    *, unit: Unit, title: str, problem: str, noticed_on: date, owner: Person, by: Person, at: datetime,
    plan: Plan | None = None,
) -> Diagnosis:  # fmt: skip
    """Begin one about something that goes wrong in a unit."""
    row = Diagnosis(
        unit=unit, title=title.strip(), problem=problem.strip(), noticed_on=noticed_on, owner=owner,
        plan=plan, made_by=by, made_at=at,
    )  # fmt: skip
    _require_clear(row, at)
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
    whys = list(row.whys.prefetch_related("remedies"))
    if any(why.verdict == WhyVerdict.OPEN for why in whys):
        raise DiagnosisUnclear(_("Judge every why first: there is one that nobody has judged."))
    roots = [why for why in whys if why.verdict == WhyVerdict.ROOT]
    if not roots:
        raise DiagnosisUnclear(_("There is no root cause yet. Ask why again, or give the diagnosis up."))
    for why in roots:
        if not [one for one in why.remedies.all() if not one.dropped_for]:
            raise DiagnosisUnclear(_("Say what is done about “%s”, and by when.") % why.statement)
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


def _end(row: Diagnosis, stage: DiagnosisStage, conclusion: str, by: Person, at: datetime) -> Diagnosis:
    if not conclusion.strip():
        raise DiagnosisUnclear(_("Say in a sentence what was found."))
    row.stage, row.conclusion, row.ended_by, row.ended_at = stage, conclusion.strip()[:1000], by, at
    row.save(update_fields=["stage", "conclusion", "ended_by", "ended_at"])
    fields = {"title": row.title, "stage": stage, "conclusion": row.conclusion}
    record(events.DIAGNOSIS_ENDED, row, by=by, at=at, fields=fields)
    return row


def _require_clear(row: Diagnosis, at: datetime) -> None:
    if not row.title or not row.problem:
        raise DiagnosisUnclear(_("A diagnosis has a title, and says what goes wrong and where it shows."))
    if row.noticed_on > company_day(at):
        raise DiagnosisUnclear(_("What goes wrong was noticed today or earlier."))
