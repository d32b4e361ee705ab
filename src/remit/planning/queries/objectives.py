"""Which campaigns serve which goals."""

from collections.abc import Collection

from django.db.models import QuerySet

from remit.goals.models import Goal

from ..models import Plan, PlanObjective


def goals_served(goals: Collection[int]) -> set[int]:
    """Of these goals, by number, those that a campaign serves."""
    return set(PlanObjective.objects.filter(goal__in=goals).values_list("goal", flat=True))


def plans_serving(goal: Goal, plans: QuerySet[Plan]) -> QuerySet[PlanObjective]:
    """Shares of these campaigns in a goal or in a part of it, the largest first."""
    rows = PlanObjective.objects.filter(goal__path__startswith=goal.path, plan__in=plans)
    return rows.select_related("plan__unit", "plan__owner", "goal").order_by(
        "-share", "plan__starts_on", "pk"
    )


def objectives_shown(plan: Plan) -> QuerySet[PlanObjective]:
    """The goals that a campaign serves, the largest share first."""
    return plan.objectives.select_related("goal__unit", "goal__owner").order_by("-share", "pk")
