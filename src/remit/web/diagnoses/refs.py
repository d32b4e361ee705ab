"""Titles and addresses of diagnoses."""

from collections.abc import Collection

from django.urls import reverse

from remit.learning.diagnosis_rules import diagnoses_visible_to
from remit.notices.subjects import Subject
from remit.org.models import Person

from ..refs import resolves


@resolves("diagnosis")
def diagnoses(person: Person, ids: Collection[int]) -> dict[int, Subject]:
    """Diagnoses that the person sees."""
    seen = diagnoses_visible_to(person).filter(pk__in=ids)
    return {one.pk: Subject(one.title, reverse("diagnoses_diagnosis", args=[one.pk])) for one in seen}
