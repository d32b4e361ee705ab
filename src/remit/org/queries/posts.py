"""People with the positions that they hold."""

from datetime import date

from django.db.models import Prefetch, QuerySet

from ..models import Assignment, Person
from .assignments import holding_on


def with_posts(people: QuerySet[Person], on: date) -> QuerySet[Person]:
    """Bring along what ``posts_of`` reads: assignments on a day, with position and unit; one query more."""
    held = Assignment.objects.filter(holding_on(on)).select_related("position", "unit").order_by("starts_on")
    return people.prefetch_related(Prefetch("assignments", queryset=held, to_attr="posts"))


def posts_of(person: Person) -> list[Assignment]:
    """The assignments that ``with_posts`` brought along."""
    return list(getattr(person, "posts", ()))
