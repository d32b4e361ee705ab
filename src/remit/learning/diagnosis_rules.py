"""Who sees and may do what with diagnoses. Without an assignment: nothing."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from remit.core.verdict import ALLOWED, Verdict, refused
from remit.org.models import Person
from remit.org.queries.leading import paths_led_by
from remit.org.queries.today import today
from remit.org.rules import units_visible_to

from .enums import DiagnosisStage, WhyVerdict
from .models import Clue, Diagnosis, Remedy, Why

CLAUSE = "H6.2.1"


def diagnoses_visible_to(person: Person, on: date | None = None) -> QuerySet[Diagnosis]:
    """Of the units that the person sees, each with everything below: the figures kept in it are theirs."""
    if not person.is_active:
        return Diagnosis.objects.none()
    return Diagnosis.objects.filter(unit__in=units_visible_to(person, on))


def whys_visible_to(person: Person, on: date | None = None) -> QuerySet[Why]:
    """Of the diagnoses that the person sees."""
    return Why.objects.filter(diagnosis__in=diagnoses_visible_to(person, on))


def clues_visible_to(person: Person, on: date | None = None) -> QuerySet[Clue]:
    """Of the diagnoses that the person sees."""
    return Clue.objects.filter(why__in=whys_visible_to(person, on))


def remedies_visible_to(person: Person, on: date | None = None) -> QuerySet[Remedy]:
    """Of the diagnoses that the person sees."""
    return Remedy.objects.filter(why__in=whys_visible_to(person, on))


def can_diagnose(person: Person, on: date | None = None) -> Verdict:
    """Whether the person may begin one: who holds a position anywhere."""
    if person.is_active and units_visible_to(person, on).exists():
        return ALLOWED
    return refused(_("Only who holds a position begins a diagnosis."), CLAUSE)


def can_look_into(person: Person, diagnosis: Diagnosis) -> Verdict:
    """Whether the person may add whys and evidence: who sees it, while it is open."""
    if diagnosis.stage != DiagnosisStage.OPEN:
        return refused(_("This diagnosis was ended: what was found stands."), CLAUSE)
    if diagnoses_visible_to(person).filter(pk=diagnosis.pk).exists():
        return ALLOWED
    return refused(_("It is of a unit that you do not see."), CLAUSE)


def can_steer(person: Person, diagnosis: Diagnosis) -> Verdict:
    """Whether the person may judge, set out what is done, change and end it: its owner, or who leads."""
    if not (open_ := can_look_into(person, diagnosis)):
        return open_
    return _carries(person, diagnosis)


def can_settle(person: Person, remedy: Remedy) -> Verdict:
    """Whether the person may say that it was done or dropped: its owner, or who may steer the diagnosis."""
    if not remedy.is_open:
        return refused(_("This was done already, or dropped."), CLAUSE)
    if person.is_active and person.pk == remedy.owner_id:
        return ALLOWED
    return _carries(person, remedy.why.diagnosis)


def lacking(whys: Iterable[Why]) -> list[str]:
    """What has to be done before a diagnosis with these whys, each with its remedies, can be concluded."""
    rows = list(whys)
    said = []
    if any(why.verdict == WhyVerdict.OPEN for why in rows):
        said.append(_("Judge every why first: there is one that nobody has judged."))
    roots = [why for why in rows if why.verdict == WhyVerdict.ROOT]
    if not roots:
        said.append(_("There is no root cause yet. Ask why again, or give the diagnosis up."))
    for why in roots:
        if all(one.dropped_for for one in why.remedies.all()):
            said.append(_("Say what is done about “%s”, and by when.") % why.statement)
    return said


def _carries(person: Person, diagnosis: Diagnosis) -> Verdict:
    leads = any(diagnosis.unit.path.startswith(path) for path in paths_led_by(person, today()))
    if person.is_active and (person.pk == diagnosis.owner_id or leads):
        return ALLOWED
    return refused(_("Its owner does this, or who leads the unit."), CLAUSE)
