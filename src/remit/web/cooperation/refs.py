"""Titles and addresses of requests to other departments."""

from collections.abc import Collection

from django.urls import reverse

from remit.execution.cooperation_rules import cooperations_visible_to
from remit.notices.subjects import Subject
from remit.org.models import Person

from ..refs import resolves


@resolves("cooperation")
def cooperations(person: Person, ids: Collection[int]) -> dict[int, Subject]:
    """Those that the person sees."""
    seen = cooperations_visible_to(person).filter(pk__in=ids)
    return {one.pk: Subject(one.title, reverse("cooperation_one", args=[one.pk])) for one in seen}
