"""People with the positions that they hold."""

from datetime import date

from django.db.models import Prefetch, QuerySet

from ..models import Assignment, Person
from .assignments import holding_on


def with_posts(people: QuerySet[Person], on: date) -> QuerySet[Person]:
    """``posts``: each person's assignments on a day, with position and unit; one query more."""
    held = Assignment.objects.filter(holding_on(on)).select_related("position", "unit").order_by("starts_on")
    return people.prefetch_related(Prefetch("assignments", queryset=held, to_attr="posts"))
