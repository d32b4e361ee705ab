"""Titles and addresses of reports."""

from collections.abc import Collection

from django.urls import reverse

from remit.execution.report_rules import reports_visible_to
from remit.notices.subjects import Subject
from remit.org.models import Person

from ..refs import resolves
from .shown import title_of


@resolves("report")
def reports(person: Person, ids: Collection[int]) -> dict[int, Subject]:
    """Reports of the units that the person sees."""
    seen = reports_visible_to(person).filter(pk__in=ids).select_related("unit")
    return {each.pk: Subject(title_of(each), reverse("reports_report", args=[each.pk])) for each in seen}
