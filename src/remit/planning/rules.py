"""Who sees which campaigns."""

from datetime import date

from django.db.models import QuerySet

from remit.org.models import Person
from remit.org.queries.companies import companies_of
from remit.org.queries.today import today

from .models import Campaign


def campaigns_visible_to(person: Person, on: date | None = None) -> QuerySet[Campaign]:
    """The campaigns of the companies that the person works for, also in a part of one."""
    return Campaign.objects.filter(unit__in=companies_of(person, on or today()))
