"""What a person owes now."""

from collections.abc import Collection
from datetime import date, datetime

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Concat

from remit.org.deciding import Organisation
from remit.org.models import Person
from remit.org.queries.organisation import organisation_on
from remit.org.queries.today import company_day

from ..enums import EvidenceKind, State
from ..models import Evidence, Handover, Occurrence, Submission
from .accepting import to_accept
from .escalated import came_up_to
from .stakes import Stakes, stakes_of


def owed_by(person: Person, at: datetime) -> QuerySet[Occurrence]:
    """Open work of the duties for which the person answers, what waits for their acceptance, what came up."""
    on = company_day(at)
    organisation = organisation_on(on)
    stakes = stakes_of(person, on, organisation)
    own = _own(person, stakes, at, organisation)
    return Occurrence.objects.filter(own | came_up_to(person, stakes, on, organisation))


def owed_with(
    person: Person, stakes: Stakes, at: datetime, organisation: Organisation
) -> QuerySet[Occurrence]:
    """What is open to do, or delivered and to be accepted by the person, whose stakes are known."""
    return Occurrence.objects.filter(_own(person, stakes, at, organisation))


def others_come_up_to(
    person: Person, stakes: Stakes, on: date, organisation: Organisation
) -> QuerySet[Occurrence]:
    """What went up to the person and is not their own work anyway, the oldest first."""
    up = came_up_to(person, stakes, on, organisation)
    return Occurrence.objects.filter(up).exclude(charge__in=stakes.owed).order_by("due_at", "pk")


def _own(person: Person, stakes: Stakes, at: datetime, organisation: Organisation) -> Q:
    doing = Q(state=State.OPEN, charge__in=stakes.owed, opens_at__lte=at)
    return doing | Q(pk__in=to_accept(person, stakes, company_day(at), organisation))


def coming_with(stakes: Stakes, at: datetime) -> QuerySet[Occurrence]:
    """Work that has not shown itself yet: of each duty the next."""
    coming = Occurrence.objects.filter(state=State.OPEN, opens_at__gt=at)
    before = coming.filter(charge=OuterRef("charge"), due_at__lt=OuterRef("due_at"))
    return coming.filter(~Exists(before), charge__in=stakes.owed)


def handovers_with(stakes: Stakes) -> QuerySet[Handover]:
    """Unfinished handovers on the person's giving or receiving side.

    The giving side is its own list of occurrences: under an OR over two tables PostgreSQL joins everything.
    """
    giving = Occurrence.objects.filter(charge__in=stakes.owed)
    mine = Q(occurrence__in=giving.values("pk")) | Q(to__in=stakes.owed)
    return Handover.objects.filter(mine).filter(closed_at=None)


def evidence_that_counts() -> QuerySet[Evidence]:
    """Pieces, not withdrawn, of the kind that their occurrence's version asks for."""
    version = "occurrence__version__evidence"
    good = Q(thing__startswith=Concat(F(f"{version}_of"), Value(":"))) | ~Q(kind=EvidenceKind.THING)
    return Evidence.objects.filter(good, withdrawn_at=None, kind=F(f"{version}_kind"))


def evidence_counts(occurrences: Collection[int] | None = None) -> dict[int, int]:
    """How many different pieces count, by occurrence (all by default): what is given twice counts once."""
    rows = evidence_that_counts()
    if occurrences is not None:
        rows = rows.filter(occurrence__in=occurrences)
    what = Case(
        When(kind=EvidenceKind.FILE, then="file__sha256"),
        When(~Q(thing=""), then="thing"),
        default="text",
        output_field=TextField(),
    )
    counted = rows.values("occurrence").annotate(count=Count(what, distinct=True))
    return dict(counted.order_by().values_list("occurrence", "count"))


def evidence_of(occurrence: Occurrence) -> list[Evidence]:
    """What was given and not withdrawn, oldest first."""
    rows = occurrence.evidence.filter(withdrawn_at=None).select_related("by", "file")
    return list(rows.order_by("pk"))


def submissions_of(occurrence: Occurrence) -> list[Submission]:
    """Deliveries with what was said to them, oldest first."""
    return list(occurrence.submissions.select_related("by", "review__by").order_by("pk"))
