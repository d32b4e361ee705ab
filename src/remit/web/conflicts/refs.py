"""Titles and addresses of conflicts."""

from collections.abc import Collection

from django.urls import reverse

from remit.execution.conflict_rules import conflicts_visible_to
from remit.notices.subjects import Subject
from remit.org.models import Person

from ..refs import resolves
from .words import named, title_of


@resolves("conflict")
def conflicts(person: Person, ids: Collection[int]) -> dict[int, Subject]:
    """Conflicts that the person sees."""
    seen = list(conflicts_visible_to(person).filter(pk__in=ids))
    named(seen)
    return {one.pk: Subject(title_of(one), reverse("conflicts_conflict", args=[one.pk])) for one in seen}
