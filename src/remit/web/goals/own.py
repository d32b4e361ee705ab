"""The goals that a person answers for, as they stand."""

from datetime import date

from django.db.models import Q

from remit.goals.enums import GoalState
from remit.goals.models import Goal
from remit.goals.queries.goal_figures import Sight, standings_of
from remit.org.models import Person

from .row import GoalRow, row_of

MOST_GOALS = 4


def own_goals(person: Person, on: date) -> list[GoalRow]:
    """Those in force that the person owns or shares in, the last to end first; without their parts."""
    shared = Goal.partners.through.objects.filter(person_id=person.pk).values("goal_id")
    answered_for = Goal.objects.filter(
        Q(owner=person) | Q(pk__in=shared), state=GoalState.ACTIVE, is_part=False
    ).select_related("unit")
    goals = list(answered_for.order_by("-ends_on", "pk")[:MOST_GOALS])
    if not goals:
        return []
    sight = Sight(person, on)
    stands = standings_of(goals, sight)
    return [row_of(goal, stands.get(goal.pk), sight) for goal in goals]
