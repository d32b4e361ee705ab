"""Titles and addresses of endorsers and creators."""

from collections.abc import Collection

from django.urls import reverse

from remit.notices.subjects import Subject
from remit.org.models import Person
from remit.planning.creator_rules import creators_visible_to

from ..refs import resolves


@resolves("creator")
def creators(person: Person, ids: Collection[int]) -> dict[int, Subject]:
    """Those on the registers of the units that the person sees."""
    seen = creators_visible_to(person).filter(pk__in=ids)
    return {one.pk: Subject(one.name, reverse("creators_creator", args=[one.pk])) for one in seen}
