"""Titles and addresses of pilots."""

from collections.abc import Collection

from django.urls import reverse

from remit.learning.pilot_rules import pilots_visible_to
from remit.notices.subjects import Subject
from remit.org.models import Person

from ..refs import resolves


@resolves("pilot")
def pilots(person: Person, ids: Collection[int]) -> dict[int, Subject]:
    """Pilots that the person sees."""
    seen = pilots_visible_to(person).filter(pk__in=ids)
    return {one.pk: Subject(one.title, reverse("pilots_pilot", args=[one.pk])) for one in seen}
