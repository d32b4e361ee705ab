"""Who plays in the demonstration."""

from datetime import date

from django.db.models import QuerySet

from ..models import Assignment, Unit
from .assignments import holding_on


def demonstration_posts(on: date) -> QuerySet[Assignment]:
    """Assignments on a day of active people of the demonstration, widest units first."""
    return (
        Assignment.objects.filter(holding_on(on), person__is_demonstration=True, person__is_active=True)
        .select_related("person", "position", "unit")
        .order_by("unit__depth", "pk")
    )


def regions_are_invented() -> bool:
    """Whether units of regions were drawn by the demonstration, not by the company's data."""
    return Unit.objects.filter(is_demonstration=True).exclude(region="").exists()
