"""Titles and addresses of risks."""

from collections.abc import Collection

from django.urls import reverse

from remit.execution.risk_rules import risks_visible_to
from remit.notices.subjects import Subject
from remit.org.models import Person

from ..refs import resolves


@resolves("risk")
def risks(person: Person, ids: Collection[int]) -> dict[int, Subject]:
    """Risks that the person sees."""
    seen = risks_visible_to(person).filter(pk__in=ids)
    return {one.pk: Subject(one.title, reverse("risks_risk", args=[one.pk])) for one in seen}
