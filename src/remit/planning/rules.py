"""Who sees and may do what with campaigns and their plans. Without an assignment: nothing."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from remit.core.ref import Ref
from remit.core.text import in_a_row
from remit.core.verdict import ALLOWED, Verdict, refused
from remit.customers.rules import can_name_customers
from remit.governance.queries.rounds import approved_now
from remit.org.models import Person, ProjectMember, Unit
from remit.org.queries.companies import companies_of
from remit.org.queries.leading import paths_led_by
from remit.org.queries.today import today
from remit.org.rules import units_visible_to

from .enums import DeviationState, MeasureKind, Stage
from .followers import hindrance_to_close
from .models import Campaign, Deviation, Estimate, Measure, Plan
from .queries.creators import hindrances
from .queries.plans import open_deviation, signers_of_approval

PLAN_CLAUSE, DEVIATION_CLAUSE = "H4.1.2", "H4.3.3"
PROCEDURE_CLAUSE, EVALUATION_CLAUSE, RETROSPECTIVE_CLAUSE = "H5.1.1", "H4.4.1", "H4.5.1"
REGISTER_CLAUSE = "H2.1.3"


def campaigns_visible_to(person: Person, on: date | None = None) -> QuerySet[Campaign]:
    """The campaigns of the companies that the person works for, also in a part of one."""
    return Campaign.objects.filter(unit__in=companies_of(person, on or today()))


def plans_visible_to(person: Person, on: date | None = None) -> QuerySet[Plan]:
    """One's own, those of the units that one sees, and those of the joint teams one works in."""
    if not person.is_active:
        return Plan.objects.none()
    member = ProjectMember.objects.filter(project=OuterRef("project"), person=person)
    own = Q(owner=person) | Q(made_by=person) | Q(project__lead=person) | Q(Exists(member))
    return Plan.objects.filter(own | Q(unit__in=units_visible_to(person, on)))


def deviations_visible_to(person: Person, on: date | None = None) -> QuerySet[Deviation]:
    """Of the plans that the person sees."""
    return Deviation.objects.filter(plan__in=plans_visible_to(person, on))


def estimates_visible_to(person: Person, on: date | None = None) -> QuerySet[Estimate]:
    """Of the plans that the person sees."""
    return Estimate.objects.filter(plan__in=plans_visible_to(person, on))


def measures_visible_to(person: Person, on: date | None = None) -> QuerySet[Measure]:
    """Of the plans that the person sees."""
    return Measure.objects.filter(plan__in=plans_visible_to(person, on))


def units_to_plan_for(person: Person, on: date | None = None) -> QuerySet[Unit]:
    """Where the person may propose campaigns: wherever they work, and below."""
    return units_visible_to(person, on)


def can_plan_in(person: Person, unit: Unit, on: date | None = None) -> Verdict:
    """Whether the person may propose a campaign of this unit."""
    if person.is_active and units_to_plan_for(person, on).filter(pk=unit.pk).exists():
        return ALLOWED
    return refused(_("You propose campaigns of the units that you work in."), PLAN_CLAUSE)


def can_change_plan(person: Person, plan: Plan) -> Verdict:
    """Whether the person may edit the plan: who carries it, before its approval."""
    if not (carries := carries_plan(person, plan)):
        return carries
    if plan.stage == Stage.DRAFT:
        return ALLOWED
    if plan.stage in (Stage.APPROVED, Stage.RUNNING):
        return refused(
            _("This was approved. Its money, dates, aim and audience change by a deviation, signed again."),
            DEVIATION_CLAUSE,
        )
    return refused(_("This has ended and stays as it is."), PLAN_CLAUSE)


def can_name_audience(person: Person, plan: Plan) -> Verdict:
    """Whether the person may name the plan's customers: who may change it, and may know customers by name."""
    return can_change_plan(person, plan) and can_name_customers(person)


def can_ask_deviation(person: Person, plan: Plan) -> Verdict:
    """Whether the person may ask for a change of what was approved."""
    if not (carries := carries_plan(person, plan)):
        return carries
    if plan.stage not in (Stage.APPROVED, Stage.RUNNING):
        return refused(_("Only what was approved and has not ended deviates."), DEVIATION_CLAUSE)
    if open_deviation(plan):
        return refused(
            _("A deviation is being asked for already: let it be decided, or drop it."), DEVIATION_CLAUSE
        )
    return ALLOWED


def can_estimate(person: Person, plan: Plan) -> Verdict:
    """Whether the person may say what it brings: who carries it, before it is launched."""
    if not (carries := carries_plan(person, plan)):
        return carries
    if plan.stage not in (Stage.DRAFT, Stage.APPROVED):
        return refused(_("An estimate is made before the launch."), PROCEDURE_CLAUSE)
    return ALLOWED


def can_drop_deviation(person: Person, deviation: Deviation) -> Verdict:
    """Whether the person may no longer ask for it: who asked, while it is not decided."""
    if deviation.by_id != person.pk or not person.is_active:
        return refused(_("Who asked for a deviation drops it."), DEVIATION_CLAUSE)
    if deviation.state != DeviationState.ASKED:
        return refused(_("This deviation was decided already."), DEVIATION_CLAUSE)
    return ALLOWED


def can_launch(person: Person, plan: Plan, on: date | None = None) -> Verdict:
    """Whether the person may launch it now: its owner, once exactly this has all its signatures. Where the
    owner no longer works here, whoever carries it and signed nothing of it.
    """
    if not _launches(person, plan):
        return refused(_("Its owner launches a campaign; whoever signs does not."), PROCEDURE_CLAUSE)
    if plan.stage in (Stage.RUNNING, Stage.CLOSED, Stage.CANCELLED):
        return refused(_("This was launched already, or has ended."), PROCEDURE_CLAUSE)
    if not (approved := approved_now("campaign", Ref("plan", plan.pk))):
        return approved
    if plan.stage != Stage.APPROVED:
        return refused(_("This is in preparation."), PROCEDURE_CLAUSE)
    if (on or today()) > plan.ends_on:
        return refused(
            _("Its last day is past. Ask for a deviation with new dates, or cancel it."), DEVIATION_CLAUSE
        )
    if missing := hindrances(plan):
        return refused(" ".join(missing), REGISTER_CLAUSE)
    return ALLOWED


def _launches(person: Person, plan: Plan) -> bool:
    if plan.owner.is_active or not person.is_active:
        return person.pk == plan.owner_id and person.is_active
    return bool(carries_plan(person, plan)) and person.pk not in signers_of_approval(plan)


def can_close(person: Person, plan: Plan) -> Verdict:
    """Whether the person may close it: with results of both kinds and a retrospective (H4.4.1, H4.5.1)."""
    if not (carries := carries_plan(person, plan)):
        return carries
    if plan.stage != Stage.RUNNING:
        return refused(_("Only what runs is closed."), EVALUATION_CLAUSE)
    if plan.ends_on >= today():
        return refused(
            _("It runs to its last day. To end it earlier, ask for a deviation with other days."),
            DEVIATION_CLAUSE,
        )
    measured = set(plan.measures.exclude(actual=None).values_list("kind", flat=True))
    if missing := [kind for kind in MeasureKind if kind not in measured]:
        kinds = in_a_row((str(kind.label) for kind in missing), get_language())
        return refused(
            _("An evaluation has results and process figures. Still missing: %s.") % kinds, EVALUATION_CLAUSE
        )
    if plan.measures.filter(actual=None).exists():
        return refused(_("Every measure of the plan needs its result."), EVALUATION_CLAUSE)
    if not hasattr(plan, "retrospective"):
        return refused(
            _("Without a retrospective nothing is closed: goal, result, causes, lessons."),
            RETROSPECTIVE_CLAUSE,
        )
    if hindrance := hindrance_to_close(plan):
        return refused(hindrance, RETROSPECTIVE_CLAUSE)
    return ALLOWED


def can_evaluate(person: Person, plan: Plan, on: date | None = None) -> Verdict:
    """Whether the person may enter results and the retrospective: who carries it, from its first day on."""
    if not (carries := carries_plan(person, plan)):
        return carries
    if plan.stage != Stage.RUNNING:
        return refused(_("Results belong to a campaign that runs."), EVALUATION_CLAUSE)
    if (on or today()) < plan.starts_on:  # a launch may come before the first day, its result cannot
        return refused(_("Its first day has not come: there is no result yet."), EVALUATION_CLAUSE)
    return ALLOWED


def can_cancel(person: Person, plan: Plan) -> Verdict:
    """Whether the person may cancel it: who carries it, before it has ended."""
    if not (carries := carries_plan(person, plan)):
        return carries
    if plan.stage in (Stage.CLOSED, Stage.CANCELLED):
        return refused(_("This has ended and stays as it is."), PLAN_CLAUSE)
    return ALLOWED


def plans_carried_by(person: Person) -> QuerySet[Plan]:
    """The plans that have not ended and that the person carries, as ``carries_plan`` says; newest first."""
    own = Q(owner=person) | Q(made_by=person)
    for path in paths_led_by(person, today()):
        own |= Q(unit__path__startswith=path)
    alive = plans_visible_to(person).exclude(stage__in=[Stage.CLOSED, Stage.CANCELLED])
    return alive.filter(own).order_by("-starts_on", "-pk")


def carries_plan(person: Person, plan: Plan) -> Verdict:
    """Whether the person is its owner, proposed it, or leads its unit or one above."""
    led = paths_led_by(person, today()) if person.is_active else []
    own = person.pk in (plan.owner_id, plan.made_by_id) and person.is_active
    if own or any(plan.unit.path.startswith(path) for path in led):
        return ALLOWED
    return refused(_("Its owner does this, or who leads the unit."), PLAN_CLAUSE)
