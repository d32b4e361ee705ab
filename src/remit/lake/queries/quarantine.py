"""Counts of the rows that were left out."""

from django.db.models import Count

from ..models import Import, QuarantinedRow


def counts_by_state(whole: Import) -> dict[str, int]:
    """How many rows of an import are in each state."""
    rows = QuarantinedRow.objects.filter(import_row=whole).values("state").annotate(many=Count("pk"))
    return {row["state"]: row["many"] for row in rows.order_by()}
