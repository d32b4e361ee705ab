"""Titles and addresses of outlets."""

from collections.abc import Collection

from django.urls import reverse

from remit.channels.rules import outlets_visible_to
from remit.notices.subjects import Subject
from remit.org.models import Person

from ..refs import resolves


@resolves("outlet")
def outlets(person: Person, ids: Collection[int]) -> dict[int, Subject]:
    """Outlets that the person sees."""
    seen = outlets_visible_to(person).filter(pk__in=ids)
    return {each.pk: Subject(str(each), reverse("channels_outlet", args=[each.pk])) for each in seen}
