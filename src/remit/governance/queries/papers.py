"""Papers that are owed."""

from django.db.models import QuerySet

from remit.org.models import Person

from ..enums import RequestState
from ..models import Paper

# A request that came to nothing owes nothing.
OWES = (RequestState.SUBMITTED, RequestState.APPROVED, RequestState.REVOKED)


def owed_papers() -> QuerySet[Paper]:
    """Promised on the green channel and not given yet."""
    return Paper.objects.filter(given_at=None, request__state__in=OWES)


def papers_owed_by(person: Person) -> QuerySet[Paper]:
    """What the person still has to hand in, the earliest first."""
    rows = owed_papers().filter(request__author=person).select_related("request")
    return rows.order_by("due_at", "pk")
