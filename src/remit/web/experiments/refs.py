"""Titles and addresses of experiments."""

from collections.abc import Collection

from django.urls import reverse

from remit.learning.rules import experiments_visible_to
from remit.notices.subjects import Subject
from remit.org.models import Person

from ..refs import resolves


@resolves("experiment")
def experiments(person: Person, ids: Collection[int]) -> dict[int, Subject]:
    """Experiments that the person sees."""
    seen = experiments_visible_to(person).filter(pk__in=ids)
    return {one.pk: Subject(one.title, reverse("experiments_experiment", args=[one.pk])) for one in seen}
