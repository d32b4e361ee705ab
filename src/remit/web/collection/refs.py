"""Titles and addresses of write keys."""

from collections.abc import Collection

from django.urls import reverse

from remit.collection.rules import keys_visible_to
from remit.notices.subjects import Subject
from remit.org.models import Person

from ..refs import resolves


@resolves("writekey")
def keys(person: Person, ids: Collection[int]) -> dict[int, Subject]:
    """Keys of the companies for which the person may import."""
    seen = keys_visible_to(person).filter(pk__in=ids)
    return {one.pk: Subject(one.name, reverse("collection_key", args=[one.pk])) for one in seen}
