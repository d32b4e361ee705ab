"""Who sees and may do what with experiments. Without an assignment: nothing."""

from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from remit.core.verdict import ALLOWED, Verdict, refused
from remit.execution.enums import ClashKind, ConflictState
from remit.execution.models import Conflict
from remit.org.models import Person, Unit
from remit.org.queries.leading import paths_led_by
from remit.org.queries.scopes import ancestor_paths
from remit.org.queries.today import today
from remit.org.rules import units_visible_to
from remit.planning.models import Campaign
from remit.planning.rules import carries_plan

from .enums import ExperimentStage
from .models import Experiment, Layer

CLAUSE, DISPUTE_CLAUSE = "H6.2.3", "H5.1.2"
DISPUTES = (ClashKind.GOALS, ClashKind.OTHER)


def companies_to_try_in(person: Person, on: date | None = None) -> QuerySet[Unit]:
    """The companies that the person sees whole: an experiment reads all outlets of one."""
    return units_visible_to(person, on).filter(is_company=True)


def experiments_visible_to(person: Person, on: date | None = None) -> QuerySet[Experiment]:
    """Of the companies that the person sees whole."""
    if not person.is_active:
        return Experiment.objects.none()
    return Experiment.objects.filter(unit__in=units_visible_to(person, on))


def layers_visible_to(person: Person, on: date | None = None) -> QuerySet[Layer]:
    """Of the companies that the person sees whole."""
    return Layer.objects.filter(unit__in=units_visible_to(person, on))


def can_try(person: Person, on: date | None = None) -> Verdict:
    """Whether the person may prepare experiments: who works for the whole of a company."""
    if person.is_active and companies_to_try_in(person, on).exists():
        return ALLOWED
    return _of_a_part(CLAUSE)


def company_of(unit: Unit) -> Unit | None:
    """The company that a unit belongs to, itself or the nearest above; none above all companies."""
    if unit.is_company:
        return unit
    above = Unit.objects.filter(path__in=ancestor_paths(unit.path), is_company=True)
    return above.order_by("-depth").first()


def can_try_instead(person: Person, conflict: Conflict) -> Verdict:
    """Whether the person may turn a dispute into an experiment: who works for the whole of its company.

    A dispute is about what is better; too little money, stock or time is not settled by trying.
    """
    if conflict.kind not in DISPUTES or conflict.state != ConflictState.OPEN:
        return refused(_("Only an open dispute about what is better is settled by trying."), DISPUTE_CLAUSE)
    company = company_of(conflict.unit)
    if company and person.is_active and companies_to_try_in(person).filter(pk=company.pk).exists():
        return ALLOWED
    return _of_a_part(DISPUTE_CLAUSE)


def can_hold_out(person: Person, campaign: Campaign) -> Verdict:
    """Whether the person may hold a part of a campaign's audience out: who carries its plan or leads, and
    sees the company whole."""
    if not companies_to_try_in(person).filter(pk=campaign.unit_id).exists() or not person.is_active:
        return _of_a_part(CLAUSE)
    plan = getattr(campaign, "plan", None)
    if (plan is not None and carries_plan(person, plan)) or _heads(person, campaign.unit):
        return ALLOWED
    return refused(_("Who carries the campaign's plan does this, or who leads the company."), CLAUSE)


def can_change(person: Person, experiment: Experiment) -> Verdict:
    """Whether the person may change it: its owner or who leads, and only before the start."""
    if experiment.stage != ExperimentStage.DRAFT:
        return refused(_("It was started: its rule and its people stand as they were written."), CLAUSE)
    return _carries(person, experiment)


def can_start(person: Person, experiment: Experiment) -> Verdict:
    """Whether the person may start it."""
    if experiment.stage != ExperimentStage.DRAFT:
        return refused(_("It was started already, or cancelled."), CLAUSE)
    return _carries(person, experiment)


def can_enrol(person: Person, experiment: Experiment) -> Verdict:
    """Whether the person may say who is in it: its owner or who leads, until it is decided."""
    if not experiment.is_open:
        return refused(_("People are enrolled while it runs."), CLAUSE)
    return _carries(person, experiment)


def can_read(person: Person, experiment: Experiment) -> Verdict:
    """Whether the person may have it read now instead of in the morning."""
    return can_enrol(person, experiment)


def can_decide(person: Person, experiment: Experiment) -> Verdict:
    """Whether the person may decide as the rule says: its owner or who leads."""
    if not experiment.is_open:
        return refused(_("It is not running, or is decided."), CLAUSE)
    return _carries(person, experiment)


def can_overrule(person: Person, experiment: Experiment) -> Verdict:
    """Whether the person may decide otherwise than the rule: who leads the company (data first)."""
    if _leads(person, experiment):
        return ALLOWED
    return refused(
        _("The rule was written beforehand, and data come first; who leads may decide otherwise."),
        DISPUTE_CLAUSE,
    )


def can_roll_out(person: Person, experiment: Experiment) -> Verdict:
    """Whether the person may record where the winner is used."""
    if experiment.stage != ExperimentStage.DECIDED:
        return refused(_("Only what was decided is rolled out, once."), CLAUSE)
    return _carries(person, experiment)


def _of_a_part(clause: str) -> Verdict:
    return refused(
        _("An experiment is read over all outlets of a company; whoever works for all of it prepares one."),
        clause,
    )


def _leads(person: Person, experiment: Experiment) -> bool:
    return _heads(person, experiment.unit)


def _heads(person: Person, unit: Unit) -> bool:
    return person.is_active and any(unit.path.startswith(path) for path in paths_led_by(person, today()))


def _carries(person: Person, experiment: Experiment) -> Verdict:
    if person.is_active and (person.pk == experiment.owner_id or _leads(person, experiment)):
        return ALLOWED
    return refused(_("Its owner does this, or who leads the company."), CLAUSE)
