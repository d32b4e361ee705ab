"""Who sees which products."""

from datetime import date

from django.db.models import QuerySet

from remit.org.models import Person
from remit.org.queries.companies import companies_of
from remit.org.queries.today import today

from .models import Product


def products_visible_to(person: Person, on: date | None = None) -> QuerySet[Product]:
    """The products of the companies that the person works for, also in a part of one."""
    return Product.objects.filter(unit__in=companies_of(person, on or today()))
