"""Who owes which duty in the demonstration, and how the last weeks went: configuration, marked as such.

The data sets know nothing of a department's work. The handbook is the product's; that these units owe these
duties, and that some were done late, was made up so that the pages have something to show.
"""

from datetime import datetime, timedelta
from itertools import cycle

from django.db import transaction

from remit.core.reading import one_reading
from remit.duties.actions.charge import charge_units
from remit.duties.actions.duty import load_handbook
from remit.duties.actions.evidence import accept, deliver, give_evidence, send_back
from remit.duties.actions.handover import take
from remit.duties.enums import EvidenceKind, HandoverState, State
from remit.duties.models import Charge, Duty, Occurrence
from remit.duties.queries.handbook import shipped_drafts
from remit.duties.queries.stakes import Crew, crews_of
from remit.duties.rules import reviewers_of
from remit.files.actions import store_file
from remit.org.deciding import Organisation
from remit.org.models import Person, Unit
from remit.org.queries.organisation import organisation_on
from remit.org.queries.today import company_day

from .. import cast

PAST, STILL_OPEN = timedelta(days=42), timedelta(days=3)
GIVEN = (EvidenceKind.NOTE, EvidenceKind.LINK, EvidenceKind.FILE)  # what can be made up
NOTE = "（示範）已完成，無異常。 Done, nothing unusual (demonstration)."
RETURNED = "（示範）缺少與上月的比較。 The comparison with last month is missing (demonstration)."
# In turn, so that it is the same at every installation: mostly on time, some late, some returned once.
TURNS = ("good", "good", "returned", "good", "good", "late", "good", "good")


@transaction.atomic
def set_up_duties(*, at: datetime) -> int:
    """Load the handbook and give the cast's units their duties, where none has any; return how many charges.

    Somebody who changed the handbook or who owes what keeps that.
    """
    load_handbook(drafts=shipped_drafts(), by=None, at=at, keep_changed=True)
    if Charge.objects.exists():
        return 0
    units = {unit.code: unit for unit in Unit.objects.all()}
    charges: list[Charge] = []
    duties = list(Duty.objects.filter(retired_at=None).select_related("current"))
    for unit, wanted in cast.DUTIES.items():
        owed = {
            duty: (at - PAST if duty.current.evidence_kind in GIVEN else at).date()
            for duty in duties
            if duty.current is not None and wanted(duty.code, duty.current.accountable)
        }
        charges += charge_units(duties=owed, unit=units[unit], by=None, at=at, with_past=True)
    return len(charges)


def live_the_past(*, at: datetime) -> int:
    """Deliver and accept what fell due in the last weeks, but for the newest; return how many.

    Each occurrence is a transaction of its own: the demonstration can be stopped and started again.
    """
    rows = Occurrence.objects.filter(
        due_at__lte=at - STILL_OPEN, state=State.OPEN, cause="", submissions=None
    )
    due = list(rows.select_related("charge__duty", "charge__unit", "version").order_by("due_at", "pk"))
    people = Person.objects.in_bulk()
    on = company_day(at)
    organisation = organisation_on(on)
    crews = crews_of({one.charge_id: one.charge for one in due}.values(), on, organisation)
    with one_reading():  # nobody comes or goes meanwhile
        return sum(
            _live(one, crews[one.charge_id], people, organisation, turn)
            for one, turn in zip(due, cycle(TURNS), strict=False)
        )


@transaction.atomic
def _live(
    one: Occurrence, crew: Crew, people: dict[int, Person], organisation: Organisation, turn: str
) -> int:
    if crew.accountable is None or one.version.evidence_kind not in GIVEN:
        return 0
    doer = people[next(iter(crew.responsible), crew.accountable)]
    judges = reviewers_of(one, doer.pk, one.due_on)
    if not judges:
        return 0
    judge = people[judges[0]]
    done_at = one.due_at + timedelta(hours=20 if turn == "late" else -6)
    for number in range(1, one.version.evidence_count + 1):
        _give(one, doer, done_at, number)
    deliver(occurrence=one, by=doer, at=done_at)
    if turn == "returned":
        send_back(occurrence=one, reason=RETURNED, by=judge, at=done_at + timedelta(hours=1))
        deliver(occurrence=one, by=doer, at=done_at + timedelta(hours=3))
    accept(occurrence=one, by=judge, at=done_at + timedelta(hours=5))
    _take(one, people, organisation, done_at + timedelta(hours=24))
    return 1


def _take(one: Occurrence, people: dict[int, Person], organisation: Organisation, at: datetime) -> None:
    """The receivers accept what was handed over to them, where somebody is there to accept it."""
    handovers = list(one.handovers.filter(state=HandoverState.OFFERED).select_related("to"))
    crews = crews_of([each.to for each in handovers], one.due_on, organisation)
    for each in handovers:
        crew = crews[each.to_id]
        taker = next(iter(crew.responsible), crew.accountable)
        if taker is not None:
            take(handover=each, by=people[taker], at=at)


def _give(one: Occurrence, by: Person, at: datetime, number: int) -> None:
    """A piece of the kind that is asked for; each says something else, since the same counts once."""
    kind = one.version.evidence_kind
    if kind == EvidenceKind.FILE:
        name = f"{one.charge.duty.code}-{one.key}-{number}.txt"
        content = [f"{NOTE}\n{name}".encode()]
        file = store_file(content=content, name=name, owner=by, scope=one.charge.unit, by=by, at=at)
        give_evidence(occurrence=one, kind=kind, file=file, by=by, at=at)
        return
    text = f"{NOTE} ({number})" if kind == EvidenceKind.NOTE else f"https://demo.example/report/{number}"
    give_evidence(occurrence=one, kind=kind, text=text, by=by, at=at)
