"""People by where they work."""

from datetime import date

from django.db.models import QuerySet

from remit.org.models import Assignment, Person, Unit
from remit.org.queries.assignments import holding_on
from remit.org.queries.scopes import below


def working_below(people: QuerySet[Person], unit: Unit, on: date) -> QuerySet[Person]:
    """Those who hold a post in the unit or below it on a day."""
    there = Assignment.objects.filter(holding_on(on), unit__in=Unit.objects.filter(below([unit.path])))
    return people.filter(pk__in=there.values("person"))
