"""What a person owes now."""

from datetime import datetime

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Concat

from remit.org.deciding import Organisation
from remit.org.models import Person
from remit.org.queries.organisation import organisation_on
from remit.org.queries.today import company_day

from ..enums import EvidenceKind, HandoverState, State
from ..models import Evidence, Handover, Occurrence, Submission
from .stakes import Stakes, stakes_of


def owed_by(person: Person, at: datetime, organisation: Organisation | None = None) -> QuerySet[Occurrence]:
    """Open work of the duties for which the person answers, and what waits for their acceptance."""
    on = company_day(at)
    stakes = stakes_of(person, on, organisation or organisation_on(on))
    return owed_with(stakes, at)


def owed_with(stakes: Stakes, at: datetime) -> QuerySet[Occurrence]:
    """The same, for stakes that are known: what is open to do, or delivered and to be accepted."""
    doing = Q(state=State.OPEN, charge__in=stakes.owed, opens_at__lte=at)
    accepting = Q(state=State.DELIVERED, charge__in=stakes.accountable)
    return Occurrence.objects.filter(doing | accepting, charge__duty__retired_at=None)


def coming_with(stakes: Stakes, at: datetime) -> QuerySet[Occurrence]:
    """Work that has not shown itself yet."""
    return Occurrence.objects.filter(
        state=State.OPEN, charge__in=stakes.owed, opens_at__gt=at, charge__duty__retired_at=None
    )


def handovers_with(stakes: Stakes) -> QuerySet[Handover]:
    """Unfinished handovers on the person's giving or receiving side.

    The giving side is its own list of occurrences: under an OR over two tables PostgreSQL joins everything.
    """
    giving = Occurrence.objects.filter(charge__in=stakes.owed)
    mine = Q(occurrence__in=giving.values("pk")) | Q(to__in=stakes.owed)
    return Handover.objects.filter(mine).exclude(state=HandoverState.ACCEPTED)


def evidence_that_counts() -> QuerySet[Evidence]:
    """Pieces, not withdrawn, of the kind that their occurrence's version asks for."""
    version = "occurrence__version__evidence"
    good = Q(thing__startswith=Concat(F(f"{version}_of"), Value(":"))) | ~Q(kind=EvidenceKind.THING)
    return Evidence.objects.filter(good, withdrawn_at=None, kind=F(f"{version}_kind"))


def evidence_of(occurrence: Occurrence) -> list[Evidence]:
    """What was given and not withdrawn, oldest first."""
    rows = occurrence.evidence.filter(withdrawn_at=None).select_related("by", "file")
    return list(rows.order_by("pk"))


def submissions_of(occurrence: Occurrence) -> list[Submission]:
    """Deliveries with what was said to them, oldest first."""
    return list(occurrence.submissions.select_related("by", "review__by").order_by("pk"))
