"""Titles and addresses of materials."""

from collections.abc import Collection

from django.urls import reverse

from remit.execution.conflict_rules import materials_visible_to
from remit.notices.subjects import Subject
from remit.org.models import Person

from ..refs import resolves


@resolves("material")
def materials(person: Person, ids: Collection[int]) -> dict[int, Subject]:
    """Materials of the units that the person sees."""
    seen = materials_visible_to(person).filter(pk__in=ids)
    return {one.pk: Subject(one.title, reverse("materials_material", args=[one.pk])) for one in seen}
