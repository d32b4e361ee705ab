"""Titles and addresses of imports."""

from collections.abc import Collection

from django.urls import reverse

from remit.lake.rules import imports_visible_to
from remit.notices.subjects import Subject
from remit.org.models import Person

from ..refs import resolves


@resolves("import")
def imports(person: Person, ids: Collection[int]) -> dict[int, Subject]:
    """Imports of the units for which the person may import."""
    seen = imports_visible_to(person).filter(pk__in=ids)
    return {each.pk: Subject(each.name, reverse("imports_page", args=[each.pk])) for each in seen}
