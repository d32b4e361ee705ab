"""Who works where."""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from ..models import Assignment, Person, Unit
from .assignments import holding_on


def working_in(people: QuerySet[Person], units: QuerySet[Unit], on: date) -> QuerySet[Person]:
    """Those of the people who hold a position on a day in one of the units."""
    held = Assignment.objects.filter(holding_on(on), person=OuterRef("pk"), unit__in=units)
    return people.filter(Exists(held))
