"""Who sees and may do what with strategies and goals. Without an assignment: nothing."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from remit.core.text import in_a_row
from remit.core.verdict import ALLOWED, Verdict, refused
from remit.org.models import Person, Unit
from remit.org.queries.leading import paths_led_by
from remit.org.queries.today import today
from remit.org.rules import units_visible_to

from .enums import GoalState
from .models import Goal, Source, Strategy
from .queries.goals import missing_words

STRATEGY_CLAUSE, SPLIT_CLAUSE = "H2.1.3", "H4.1.1"


def strategies_visible_to(person: Person, on: date | None = None) -> QuerySet[Strategy]:
    """One's own, and those of the units that one sees."""
    if not person.is_active:
        return Strategy.objects.none()
    own = Q(owner=person) | Q(made_by=person)
    return Strategy.objects.filter(own | Q(unit__in=units_visible_to(person, on)))


def sources_visible_to(person: Person, on: date | None = None) -> QuerySet[Source]:
    """Of the strategies that the person sees."""
    return Source.objects.filter(strategy__in=strategies_visible_to(person, on))


def goals_visible_to(person: Person, on: date | None = None) -> QuerySet[Goal]:
    """One's own, those that one shares in, and those of the units that one sees."""
    if not person.is_active:
        return Goal.objects.none()
    shared = Goal.partners.through.objects.filter(person_id=person.pk).values("goal_id")
    own = Q(owner=person) | Q(made_by=person) | Q(pk__in=shared)
    return Goal.objects.filter(own | Q(unit__in=units_visible_to(person, on)))


def units_to_set_goals_for(person: Person, on: date | None = None) -> QuerySet[Unit]:
    """Where the person may draft goals and strategies: wherever they work, and below."""
    return units_visible_to(person, on)


def can_set_goals_in(person: Person, unit: Unit, on: date | None = None) -> Verdict:
    """Whether the person may draft a goal or a strategy of this unit."""
    if person.is_active and units_to_set_goals_for(person, on).filter(pk=unit.pk).exists():
        return ALLOWED
    return refused(_("You draft goals and strategies of the units that you work in."), STRATEGY_CLAUSE)


def can_change_strategy(person: Person, strategy: Strategy) -> Verdict:
    """Whether the person may edit the strategy and what it rests on."""
    return _carries(person, strategy)


def can_change_goal(person: Person, goal: Goal) -> Verdict:
    """Whether the person may edit the goal, while it is a draft or in force."""
    if not (carries := _carries(person, goal)):
        return carries
    if goal.state in (GoalState.ENDED, GoalState.DROPPED):
        return refused(_("This has ended and stays as it is."), STRATEGY_CLAUSE)
    return ALLOWED


def can_activate(person: Person, goal: Goal) -> Verdict:
    """Whether the person may put it in force: who leads its unit, once nothing is missing."""
    if goal.state != GoalState.DRAFT:
        return refused(_("Only a draft is put in force."), STRATEGY_CLAUSE)
    if not _leads(person, goal.unit):
        return refused(_("Who leads the unit, or a unit above, puts its goals in force."), STRATEGY_CLAUSE)
    if missing := missing_words(goal):
        said = _("This goal stays a draft. Still missing: %s.") % in_a_row(missing, get_language())
        return refused(said, STRATEGY_CLAUSE)
    return ALLOWED


def can_split(person: Person, goal: Goal) -> Verdict:
    """Whether the person may cut it into parts."""
    if not (may := can_change_goal(person, goal)):
        return may
    if goal.target is None or goal.starts_on is None or goal.ends_on is None or not goal.metric:
        return refused(_("Only a goal with metric, target and dates is split."), SPLIT_CLAUSE)
    return ALLOWED


def can_end(person: Person, goal: Goal, on: date | None = None) -> Verdict:
    """Whether the person may end it: who carries it, once its last day is past."""
    if not (carries := _carries(person, goal)):
        return carries
    if goal.state != GoalState.ACTIVE or goal.ends_on is None:
        return refused(_("Only a goal in force ends."), STRATEGY_CLAUSE)
    if (on or today()) <= goal.ends_on:
        return refused(_("Its last day is not past. Drop it with a reason instead."), STRATEGY_CLAUSE)
    return ALLOWED


def can_drop(person: Person, goal: Goal) -> Verdict:
    """Whether the person may give it up: who leads its unit."""
    if goal.state != GoalState.ACTIVE:
        return refused(_("Only a goal in force is dropped; a draft is removed."), STRATEGY_CLAUSE)
    if goal.is_part:
        return refused(_("A part of a goal is given up with the whole, or with the split."), SPLIT_CLAUSE)
    if not _leads(person, goal.unit):
        return refused(_("Who leads the unit, or a unit above, drops its goals."), STRATEGY_CLAUSE)
    return ALLOWED


def can_remove(person: Person, goal: Goal) -> Verdict:
    """Whether the person may take a draft away."""
    if not (carries := _carries(person, goal)):
        return carries
    if goal.state != GoalState.DRAFT:
        return refused(_("Only a draft is removed; what was in force is dropped and kept."), STRATEGY_CLAUSE)
    if goal.is_part:
        return refused(_("A part of a goal is given up with the whole, or with the split."), SPLIT_CLAUSE)
    return ALLOWED


def can_enter_reading(person: Person, goal: Goal) -> Verdict:
    """Whether the person may enter what a goal has come to: only where no metric measures it."""
    if not goal.is_manual:
        return refused(_("The progress of this goal is read from data and never typed."), STRATEGY_CLAUSE)
    if goal.state != GoalState.ACTIVE:
        return refused(_("Readings belong to a goal in force."), STRATEGY_CLAUSE)
    return _carries(person, goal)


def sees_figures_of(person: Person, goal: Goal, on: date | None = None) -> bool:
    """Whether the figures that the person may read are all of this goal's, not a part of them."""
    return units_visible_to(person, on).filter(pk=goal.unit_id).exists()


def _leads(person: Person, unit: Unit) -> bool:
    led = paths_led_by(person, today()) if person.is_active else []
    return any(unit.path.startswith(path) for path in led)


def _carries(person: Person, thing: Goal | Strategy) -> Verdict:
    own = person.is_active and person.pk in (thing.owner_id, thing.made_by_id)
    if own or _leads(person, thing.unit):
        return ALLOWED
    return refused(_("Its owner does this, or who leads the unit."), STRATEGY_CLAUSE)
