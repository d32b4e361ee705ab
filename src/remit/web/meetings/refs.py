"""Titles and addresses of meetings and their series."""

from collections.abc import Collection

from django.urls import reverse

from remit.governance.meeting_rules import meetings_visible_to, series_visible_to
from remit.notices.subjects import Subject
from remit.org.models import Person

from ..refs import resolves


@resolves("meeting")
def meetings(person: Person, ids: Collection[int]) -> dict[int, Subject]:
    """Meetings that the person sees."""
    seen = meetings_visible_to(person).filter(pk__in=ids)
    return {each.pk: Subject(each.title, reverse("meetings_meeting", args=[each.pk])) for each in seen}


@resolves("meetingseries")
def series(person: Person, ids: Collection[int]) -> dict[int, Subject]:
    """Series that the person sees."""
    seen = series_visible_to(person).filter(pk__in=ids)
    return {each.pk: Subject(each.title, reverse("meetings_series", args=[each.pk])) for each in seen}
