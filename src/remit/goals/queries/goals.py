"""Goals and strategies as they are read and judged."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet
from django.utils.translation import pgettext

from remit.core.money import WHOLE_CURRENCIES
from remit.metrics.catalog.adding import adds_over_time, adds_over_units
from remit.metrics.catalog.spec import Better, Metric
from remit.org.models import Person, Unit
from remit.org.queries.companies import books_of_units

from ..enums import GoalState, MeasuredIn
from ..models import Goal, Strategy
from ..pacing import Stretch

ALIVE = (GoalState.DRAFT, GoalState.ACTIVE, GoalState.ENDED)


def answered_for_by(person: Person) -> QuerySet[Goal]:
    """Goals in force that the person owns or shares in, the last to end first; without their parts."""
    shared = Goal.partners.through.objects.filter(person_id=person.pk).values("goal_id")
    mine = Goal.objects.filter(Q(owner=person) | Q(pk__in=shared), state=GoalState.ACTIVE, is_part=False)
    return mine.select_related("unit").order_by("-ends_on", "pk")


def missing_words(goal: Goal) -> list[str]:
    """What a goal still lacks before it can bind anybody (H2.1.3), in words."""
    has_resources = goal.money is not None or bool(goal.resources.strip())
    lacks = (
        (not goal.metric, pgettext("goal lacks", "metric")),
        (goal.baseline is None, pgettext("goal lacks", "baseline")),
        (goal.target is None, pgettext("goal lacks", "target")),
        (goal.starts_on is None or goal.ends_on is None, pgettext("goal lacks", "dates")),
        (goal.owner_id is None, pgettext("goal lacks", "owner")),
        (not has_resources, pgettext("goal lacks", "resources")),
    )
    return [word for is_missing, word in lacks if is_missing]


@dataclass(frozen=True, slots=True)
class Measured:
    """How the figure of a goal behaves.

    ``unit``: money, count, percent, ratio, days or hours. ``adds``: the months of a year sum to it;
    ``adds_up``: the units of a company do. ``falls``: less is better. ``places``: decimals it is kept to.
    """

    unit: str
    adds: bool
    adds_up: bool
    falls: bool
    places: int


def measured(goal: Goal, metrics: Mapping[str, Metric]) -> Measured:
    """How the goal's figure behaves, by the catalogue or by what was said of a manual one."""
    if goal.is_manual:
        return Measured(
            goal.measured_in or MeasuredIn.COUNT, goal.grows, goal.grows, False,
            places_of(goal.measured_in, goal.currency),
        )  # fmt: skip
    metric = metrics.get(goal.metric)
    if metric is None:
        return Measured("count", False, False, False, 2)
    return Measured(
        str(metric.unit), adds_over_time(metric, metrics), adds_over_units(metric, metrics),
        metric.better == Better.DOWN, places_of(str(metric.unit), goal.currency),
    )  # fmt: skip


def places_of(unit: str, currency: str) -> int:
    """To how many decimals figures of a unit are kept."""
    if unit == "money":
        return 0 if currency in WHOLE_CURRENCIES else 2
    return 0 if unit == "count" else 6


def books_currency(unit: Unit) -> str:
    """In which currency the unit keeps books; empty where it keeps none."""
    return str(Unit.objects.values_list("currency", flat=True).get(pk=books_of_units()[unit.pk]))


def parts_of(goal: Goal) -> QuerySet[Goal]:
    """Its living parts, in order."""
    return goal.children.filter(is_part=True).exclude(state=GoalState.DROPPED).order_by("path")


def families_of(goals: Iterable[Goal]) -> dict[int, Stretch]:
    """Each goal with all its parts below it, by id: what its pace is held against. One query."""
    wanted = [goal for goal in goals if goal.path]
    condition = Q(pk__in=())
    for path in _topmost({goal.path for goal in wanted}):
        condition |= Q(path__startswith=path)
    found = Goal.objects.filter(condition, is_part=True).exclude(state=GoalState.DROPPED).order_by("path")
    by_parent: dict[int, list[Goal]] = {}
    for part in found:
        by_parent.setdefault(part.parent_id or 0, []).append(part)
    return {goal.pk: stretch for goal in wanted if (stretch := _stretch(goal, by_parent)) is not None}


def _topmost(paths: Iterable[str]) -> list[str]:
    kept: list[str] = []
    for path in sorted(paths):
        if not (kept and path.startswith(kept[-1])):
            kept.append(path)
    return kept


def _stretch(goal: Goal, by_parent: Mapping[int, list[Goal]]) -> Stretch | None:
    """Parts by unit share the whole's days: they say nothing about the pace and are left out."""
    if goal.starts_on is None or goal.ends_on is None or goal.target is None:
        return None
    timed = [] if goal.cut == "unit" else by_parent.get(goal.pk, [])
    parts = tuple(part for each in timed if (part := _stretch(each, by_parent)) is not None)
    return Stretch(goal.starts_on, goal.ends_on, Decimal(goal.target), parts)


def stale_sources(strategy: Strategy, on: date) -> list[str]:
    """Titles of what a strategy rests on that is too old."""
    return [source.title for source in strategy.sources.all() if source.is_stale(on)]


def stale_strategies(strategies: Iterable[int | None], on: date) -> set[int]:
    """Ids of those that rest on something stale, or on nothing at all. One query."""
    wanted = {pk for pk in strategies if pk}
    if not wanted:
        return set()
    rows = Strategy.objects.filter(pk__in=wanted).prefetch_related("sources")
    return {row.pk for row in rows if not row.sources.all() or stale_sources(row, on)}


def titles_of(ids: Iterable[int]) -> dict[int, str]:
    """Titles by id."""
    return dict(Goal.objects.filter(pk__in=list(ids)).values_list("pk", "title"))
