"""Titles and addresses of customers."""

from collections.abc import Collection

from django.urls import reverse

from remit.customers.rules import customers_visible_to
from remit.notices.subjects import Subject
from remit.org.models import Person

from ..refs import resolves


@resolves("customer")
def customers(person: Person, ids: Collection[int]) -> dict[int, Subject]:
    """Customers of the companies whose rows the person sees."""
    seen = customers_visible_to(person).filter(pk__in=ids)
    return {each.pk: Subject(str(each), reverse("customers_customer", args=[each.pk])) for each in seen}
