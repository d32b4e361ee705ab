"""Titles and addresses of goals and strategies."""

from collections.abc import Collection

from django.urls import reverse

from remit.goals.rules import goals_visible_to, strategies_visible_to
from remit.notices.subjects import Subject
from remit.org.models import Person

from ..refs import resolves


@resolves("goal")
def goals(person: Person, ids: Collection[int]) -> dict[int, Subject]:
    """Goals that the person sees."""
    rows = goals_visible_to(person).filter(pk__in=ids)
    return {goal.pk: Subject(goal.title, reverse("goals_goal", args=[goal.pk])) for goal in rows}


@resolves("strategy")
def strategies(person: Person, ids: Collection[int]) -> dict[int, Subject]:
    """Strategies that the person sees."""
    rows = strategies_visible_to(person).filter(pk__in=ids)
    return {row.pk: Subject(row.title, reverse("goals_strategy", args=[row.pk])) for row in rows}
