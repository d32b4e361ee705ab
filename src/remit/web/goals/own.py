"""The goals that a person answers for, as they stand."""

from datetime import date

from remit.goals.queries.goal_figures import Sight, standings_of
from remit.goals.queries.goals import answered_for_by
from remit.org.models import Person

from .row import GoalRow, row_of

MOST_GOALS = 4


def own_goals(person: Person, on: date) -> list[GoalRow]:
    """The goals in force that the person owns or shares in, each with its figure."""
    goals = list(answered_for_by(person)[:MOST_GOALS])
    if not goals:
        return []
    sight = Sight(person, on)
    stands = standings_of(goals, sight)
    return [row_of(goal, stands.get(goal.pk), sight) for goal in goals]
