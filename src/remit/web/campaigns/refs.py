"""Titles and addresses of campaigns."""

from collections.abc import Collection

from django.urls import reverse

from remit.notices.subjects import Subject
from remit.org.models import Person
from remit.planning.rules import campaigns_visible_to

from ..refs import resolves


@resolves("campaign")
def campaigns(person: Person, ids: Collection[int]) -> dict[int, Subject]:
    """Campaigns of the companies whose rows the person sees."""
    seen = campaigns_visible_to(person).filter(pk__in=ids)
    return {each.pk: Subject(str(each), reverse("campaigns_campaign", args=[each.pk])) for each in seen}
