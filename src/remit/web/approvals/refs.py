"""Titles and addresses of requests."""

from collections.abc import Collection

from django.urls import reverse

from remit.governance.queries.requests import with_names
from remit.governance.rules import requests_visible_to
from remit.notices.subjects import Subject
from remit.org.models import Person

from ..refs import resolves
from .words import title_of


@resolves("request")
def requests(person: Person, ids: Collection[int]) -> dict[int, Subject]:
    """Requests that the person sees."""
    seen = with_names(requests_visible_to(person)).filter(pk__in=ids)
    return {one.pk: Subject(title_of(one), reverse("approvals_request", args=[one.pk])) for one in seen}
