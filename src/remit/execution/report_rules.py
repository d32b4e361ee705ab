"""Who reads which report: those of the units that one sees, and so no figure of another."""

from datetime import date

from django.db.models import QuerySet

from remit.org.models import Person
from remit.org.rules import units_visible_to

from .models import Report


def reports_visible_to(person: Person, on: date | None = None) -> QuerySet[Report]:
    """Of the units that the person sees whole."""
    if not person.is_active:
        return Report.objects.none()
    return Report.objects.filter(unit__in=units_visible_to(person, on))
