"""Which goals a campaign serves, and how much of it each: shares that add up to 100 %."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext as _

from remit.goals.enums import GoalState
from remit.goals.models import Goal
from remit.goals.rules import goals_visible_to
from remit.goals.splitting import HUNDRED
from remit.org.models import Person

from ..models import Plan, PlanObjective
from ..queries.plans import objectives_of

CENT = Decimal("0.01")


class ObjectivesUnclear(ValueError):
    """The goals that a campaign serves contradict each other; the message says where."""


@dataclass(frozen=True, slots=True)
class Serves:
    """``share`` in percent."""

    goal: Goal
    share: Decimal


def as_values(objectives: Iterable[Serves]) -> list[list[Any]]:
    """As they are signed and compared: goals by number, shares as text."""
    rows = [[each.goal.pk, f"{each.share.quantize(CENT, ROUND_HALF_UP):f}"] for each in objectives]
    return sorted(rows)


def lay_objectives(plan: Plan, objectives: Sequence[Serves], by: Person) -> None:
    """Replace what the plan serves, in the caller's transaction; newly served goals are in force and seen."""
    was = {goal for goal, _share in objectives_of(plan)}
    _require_clear(objectives, was, by)
    keep(plan, as_values(objectives))


def keep(plan: Plan, values: Sequence[Sequence[Any]]) -> None:
    """The same from plain values, as a deviation that was signed holds them."""
    plan.objectives.all().delete()
    PlanObjective.objects.bulk_create(
        PlanObjective(plan=plan, goal_id=goal, share=Decimal(share)) for goal, share in values
    )


def require_whole(objectives: Sequence[Serves], plan: Plan, by: Person) -> None:
    """For a change of what was approved: nothing served, or shares of exactly 100 %."""
    _require_clear(objectives, {goal for goal, _share in objectives_of(plan)}, by)
    whole = sum((each.share for each in objectives), Decimal(0))
    if objectives and whole != HUNDRED:
        raise ObjectivesUnclear(_("The shares of the goals add up to %s %%, not to 100 %%.") % f"{whole:f}")


def _require_clear(objectives: Sequence[Serves], was: set[int], by: Person) -> None:
    seen: set[int] = set()
    for each in objectives:
        if each.goal.pk in seen:
            raise ObjectivesUnclear(_("The goal “%s” is there twice.") % each.goal.title)
        seen.add(each.goal.pk)
        if not 0 < each.share <= HUNDRED:
            raise ObjectivesUnclear(_("A share is above 0 and at most 100 %."))
        if each.goal.pk not in was and each.goal.state != GoalState.ACTIVE:
            raise ObjectivesUnclear(
                _("“%s” is not in force: a campaign serves goals that bind.") % each.goal.title
            )
    if not goals_visible_to(by).filter(pk__in=seen - was).count() == len(seen - was):
        raise ObjectivesUnclear(_("A campaign serves goals that its author sees."))
