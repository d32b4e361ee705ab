"""Set goals: draft, change, put in force, end, drop, remove."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from remit.audit.actions import record
from remit.audit.chain import plain
from remit.core.text import in_a_row
from remit.metrics.catalog.dimensions import DIMENSIONS
from remit.metrics.engine.errors import UnreadableCondition
from remit.metrics.engine.question import Condition
from remit.metrics.queries.definitions import catalogue
from remit.org.models import Person, Unit
from remit.org.queries.today import company_day

from .. import events
from ..enums import GoalState, MeasuredIn
from ..models import MANUAL, Goal
from ..queries.goals import books_currency, measured, missing_words

CHANGEABLE = (
    "title", "strategy", "parent", "metric", "where", "measured_in", "grows", "currency", "baseline",
    "baseline_first", "baseline_last", "growth", "target", "starts_on", "ends_on", "owner", "money",
    "resources", "lever",
)  # fmt: skip
BINDING = (
    "metric", "where", "measured_in", "grows", "currency", "baseline", "growth", "target", "starts_on",
    "ends_on",
)  # fmt: skip
DEPTH_MOST = 8


class GoalUnclear(ValueError):
    """The goal contradicts itself; the message says where."""


class GoalIncomplete(ValueError):
    """A goal stays a draft while something is missing; the message lists it (H2.1.3)."""


class GoalBinds(ValueError):
    """What a goal in force, or a split, stands on does not change under it."""


@transaction.atomic
def add_goal(*, unit: Unit, by: Person, at: datetime, partners: Iterable[Person] = (), **values: Any) -> Goal:
    """Draft a goal of a unit; ``values``: any of CHANGEABLE. What is not known yet may be missing."""
    goal = Goal(unit=unit, made_by=by, made_at=at, changed_at=at)
    _take(goal, values)
    _require_clear(goal)
    _save_in_tree(goal)
    goal.partners.set(_others(goal, partners))
    record(events.GOAL_ADDED, goal, by=by, at=at, fields={"title": goal.title, "unit": unit.code})
    return goal


@transaction.atomic
def change_goal(
    *, goal: Goal, by: Person, at: datetime, partners: Iterable[Person] | None = None, **changes: Any
) -> Goal:
    """Edit a goal. In force, or split, or a part of a split, what it measures and how much stays as it is."""
    goal = held_goal(goal)
    if goal.state in (GoalState.ENDED, GoalState.DROPPED):
        raise GoalBinds(_("This has ended and stays as it is."))
    before = _values(goal)
    _take(goal, changes)
    _require_clear(goal)
    after = _values(goal)
    changed = sorted(name for name in after if after[name] != before[name])
    _require_unbound(goal, set(changed))
    goal.changed_at = at
    goal.path = goal.path_below(goal.parent)
    goal.save()
    standing = set(goal.partners.all())
    wanted = _others(goal, standing if partners is None else partners)
    if wanted != standing:
        goal.partners.set(wanted)
        changed.append("partners")
    if changed:
        record(events.GOAL_CHANGED, goal, by=by, at=at, fields={"title": goal.title, "changes": changed})
    return goal


def _others(goal: Goal, partners: Iterable[Person]) -> set[Person]:
    """Who shares it: the owner is not their own partner."""
    return {person for person in partners if person.pk != goal.owner_id}


@transaction.atomic
def activate_goal(*, goal: Goal, by: Person, at: datetime) -> Goal:
    """Put it in force with its parts; raise GoalIncomplete with all that is missing."""
    goal = held_goal(goal)
    if goal.state != GoalState.DRAFT:
        raise GoalBinds(_("Only a draft is put in force."))
    if goal.is_part and goal.parent is not None and goal.parent.state != GoalState.ACTIVE:
        raise GoalBinds(_("A part is put in force with the whole: “%s”.") % goal.parent.title)
    for each in (goal, *parts_below(goal, GoalState.DRAFT)):
        if missing := missing_words(each):
            said = _("“%(title)s” stays a draft (H2.1.3). Still missing: %(missing)s.")
            raise GoalIncomplete(said % {"title": each.title, "missing": in_a_row(missing, get_language())})
        each.state, each.activated_by, each.activated_at, each.changed_at = GoalState.ACTIVE, by, at, at
        each.save(update_fields=["state", "activated_by", "activated_at", "changed_at"])
    goal.refresh_from_db()
    to = {"baseline": plain(goal.baseline), "target": plain(goal.target), "until": plain(goal.ends_on)}
    record(events.GOAL_ACTIVATED, goal, by=by, at=at, fields={"title": goal.title, **to})
    return goal


@transaction.atomic
def end_goal(*, goal: Goal, by: Person, at: datetime) -> Goal:
    """Its last day is past: it and its parts are over."""
    goal = held_goal(goal)
    if goal.state != GoalState.ACTIVE or goal.ends_on is None or company_day(at) <= goal.ends_on:
        raise GoalBinds(_("Only a goal in force whose last day is past ends."))
    _close(goal, GoalState.ENDED, "", at)
    record(events.GOAL_ENDED, goal, by=by, at=at, fields={"title": goal.title})
    return goal


@transaction.atomic
def drop_goal(*, goal: Goal, reason: str, by: Person, at: datetime) -> Goal:
    """Give it up with its parts, for a reason that is kept."""
    goal = held_goal(goal)
    if goal.state != GoalState.ACTIVE or goal.is_part:
        raise GoalBinds(_("Only a whole goal in force is dropped."))
    if not (reason := reason.strip()[:300]):
        raise GoalUnclear(_("Say why it is dropped."))
    _close(goal, GoalState.DROPPED, reason, at)
    record(events.GOAL_DROPPED, goal, by=by, at=at, fields={"title": goal.title, "reason": reason})
    return goal


@transaction.atomic
def remove_goal(*, goal: Goal, by: Person, at: datetime) -> None:
    """Take a draft away, with the parts it was split into; what hangs on it is said."""
    goal = held_goal(goal)
    if goal.state != GoalState.DRAFT or goal.is_part:
        raise GoalBinds(_("Only a whole draft is removed; what was in force is dropped and kept."))
    if goal.children.filter(is_part=False).exists():
        raise GoalBinds(_("Goals hang on this one: give them another parent first."))
    title = goal.title
    record(events.GOAL_REMOVED, goal, by=by, at=at, fields={"title": title})
    for each in Goal.objects.filter(path__startswith=goal.path).order_by("-path"):
        each.delete()


def held_goal(goal: Goal) -> Goal:
    """The goal, locked."""
    rows = Goal.objects.select_for_update(of=("self",)).select_related("unit", "parent", "owner", "strategy")
    return rows.get(pk=goal.pk)


def _close(goal: Goal, state: GoalState, reason: str, at: datetime) -> None:
    ids = [part.pk for part in parts_below(goal, GoalState.ACTIVE)]
    Goal.objects.filter(pk__in=ids).update(state=state, ended_at=at, end_reason=reason, changed_at=at)
    goal.state, goal.ended_at, goal.end_reason, goal.changed_at = state, at, reason, at
    goal.save(update_fields=["state", "ended_at", "end_reason", "changed_at"])


def parts_below(goal: Goal, state: GoalState) -> list[Goal]:
    """Its parts of a state, their parts, and so on; goals that only hang below are left alone."""
    found: list[Goal] = []
    layer = [goal.pk]
    while layer:
        parts = list(Goal.objects.filter(parent__in=layer, is_part=True, state=state).order_by("path"))
        found += parts
        layer = [part.pk for part in parts]
    return found


def _save_in_tree(goal: Goal) -> None:
    goal.save()
    goal.path = goal.path_below(goal.parent)
    goal.save(update_fields=["path"])


def _values(goal: Goal) -> dict[str, Any]:
    """What an edit is judged by; numbers without the zeros that a database adds."""
    found = {}
    for name in CHANGEABLE:
        value = getattr(goal, f"{name}_id" if name in ("strategy", "parent", "owner") else name)
        found[name] = value.normalize() if isinstance(value, Decimal) else plain(value)
    return found


def _take(goal: Goal, values: Mapping[str, Any]) -> None:
    if unknown := sorted(set(values) - set(CHANGEABLE)):
        raise TypeError(f"A goal has no changeable field {', '.join(unknown)}.")
    for name, value in values.items():
        setattr(goal, name, value)
    known = catalogue()
    if goal.metric and not goal.is_manual and goal.metric not in known:
        raise GoalUnclear(_("There is no metric “%s”.") % goal.metric)
    if not goal.is_manual:
        goal.measured_in = ""
    elif not goal.measured_in:
        goal.measured_in = MeasuredIn.COUNT
    figure = measured(goal, known)
    goal.currency = (goal.currency or _currency(goal.unit)) if goal.metric and figure.unit == "money" else ""
    if goal.growth is not None:
        goal.target = None if goal.baseline is None else goal.baseline * (1 + goal.growth)
    places = Decimal(1).scaleb(-measured(goal, known).places)
    for name in ("baseline", "target"):
        if (value := getattr(goal, name)) is not None and goal.metric:
            setattr(goal, name, Decimal(value).quantize(places, ROUND_HALF_UP))


def _currency(unit: Unit) -> str:
    if not (currency := books_currency(unit)):
        raise GoalUnclear(_("%s keeps no books of its own: say in which currency the goal is.") % unit)
    return currency


def _require_clear(goal: Goal) -> None:
    if not goal.title.strip():
        raise GoalUnclear(_("Give the goal a title."))
    _require_days(goal.starts_on, goal.ends_on, _("The goal ends before it starts."))
    _require_days(
        goal.baseline_first, goal.baseline_last, _("The days of the baseline end before they begin.")
    )
    if goal.growth is not None and goal.growth <= -1:
        raise GoalUnclear(_("A target less 100 % or more would be nothing."))
    _require_place(goal)
    _require_conditions(goal)


def _require_days(first: date | None, last: date | None, said: str) -> None:
    if first is not None and last is not None and last < first:
        raise GoalUnclear(said)


def _require_place(goal: Goal) -> None:
    """Where it hangs in the tree: never below itself, and within the days of its parent."""
    parent = goal.parent
    if parent is None:
        return
    if goal.pk and parent.path.startswith(goal.path):
        raise GoalUnclear(_("A goal cannot hang below itself."))
    if goal.pk and goal.children.exists() and goal.path != goal.path_below(parent):
        raise GoalUnclear(_("Goals hang on this one: it stays where it is."))
    if parent.depth >= DEPTH_MOST:
        raise GoalUnclear(_("The tree of goals is %s deep at most.") % DEPTH_MOST)


def _require_conditions(goal: Goal) -> None:
    metric = None if goal.is_manual else catalogue().get(goal.metric)
    if goal.where and metric is None:
        raise GoalUnclear(_("Filters need a metric of the catalogue."))
    for text in goal.where:
        try:
            condition = Condition.parse(text)
        except UnreadableCondition:
            raise GoalUnclear(
                _("“%s” is no filter. Write dimension=value, such as department=PRODUCE.") % text
            ) from None
        dimension = DIMENSIONS.get(condition.dimension)
        if metric and (dimension is None or not dimension.fits(metric.table)):
            raise GoalUnclear(_("The metric cannot be filtered by “%s”.") % condition.dimension)


def _require_unbound(goal: Goal, changed: set[str]) -> None:
    touched = changed & set(BINDING)
    if not touched:
        return
    if goal.state == GoalState.ACTIVE:
        raise GoalBinds(
            _("In force, a goal's metric, baseline, target and dates stay. Drop it and set a new one.")
        )
    if goal.is_part:
        raise GoalBinds(_("A part's size and days follow from the split of the whole: split that anew."))
    if goal.cut:
        raise GoalBinds(_("The goal is split: undo the split before you change what its parts add up to."))


__all__ = [
    "MANUAL", "GoalBinds", "GoalIncomplete", "GoalUnclear", "activate_goal", "add_goal", "change_goal",
    "drop_goal", "end_goal", "held_goal", "parts_below", "remove_goal",
]  # fmt: skip
