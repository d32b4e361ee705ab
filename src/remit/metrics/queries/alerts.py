"""Alerts and what they found."""

from django.db.models import Count, Prefetch, Q, QuerySet

from remit.org.models import Person

from ..models import Alert, AlertFiring
from ..rules import alerts_visible_to


def alerts_of(person: Person) -> QuerySet[Alert]:
    """Alerts that the person sees and that are watching, with their open firings counted as ``open``."""
    watching = alerts_visible_to(person).filter(retired_at=None).select_related("unit", "owner")
    return watching.annotate(open=Count("firings", filter=Q(firings__cleared_at=None))).order_by(
        "title", "id"
    )


def open_firings(person: Person) -> QuerySet[AlertFiring]:
    """Breaches of one's own alerts that are not over, the latest first."""
    return (
        AlertFiring.objects.filter(alert__owner=person, alert__retired_at=None, cleared_at=None)
        .select_related("alert", "alert__unit")
        .order_by("-fired_at", "-id")
    )


def with_firings(alerts: QuerySet[Alert]) -> QuerySet[Alert]:
    """The alerts with all their firings, the latest first, in one more query."""
    firings = AlertFiring.objects.order_by("-fired_at", "-id")
    return alerts.prefetch_related(Prefetch("firings", queryset=firings))
