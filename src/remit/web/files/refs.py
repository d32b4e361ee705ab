"""Titles and addresses of stored files."""

from collections.abc import Collection

from django.urls import reverse

from remit.files.rules import files_visible_to
from remit.notices.subjects import Subject
from remit.org.models import Person

from ..refs import resolves


@resolves("storedfile")
def files(person: Person, ids: Collection[int]) -> dict[int, Subject]:
    """Files of the person and of their units."""
    seen = files_visible_to(person).filter(pk__in=ids)
    return {each.pk: Subject(each.name, reverse("files_content", args=[each.pk])) for each in seen}
