"""What falls due when: for a month's page and for a calendar feed."""

from collections.abc import Collection
from datetime import date

from django.db.models import QuerySet

from ..models import Occurrence


def due_between(charges: Collection[int], first: date, last: date) -> QuerySet[Occurrence]:
    """Occurrences of charges that are due from a day to a day, both included, in their order."""
    rows = Occurrence.objects.filter(charge__in=charges, due_on__gte=first, due_on__lte=last)
    return rows.select_related("charge__duty", "charge__unit").order_by("due_at", "charge__duty__code", "pk")
