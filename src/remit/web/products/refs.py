"""Titles and addresses of products."""

from collections.abc import Collection

from django.urls import reverse

from remit.notices.subjects import Subject
from remit.org.models import Person
from remit.products.rules import products_visible_to

from ..refs import resolves


@resolves("product")
def products(person: Person, ids: Collection[int]) -> dict[int, Subject]:
    """Products of the companies whose rows the person sees."""
    seen = products_visible_to(person).filter(pk__in=ids)
    return {each.pk: Subject(str(each), reverse("products_product", args=[each.pk])) for each in seen}
