"""What the clock does: reminds signers, takes what waits too long up, says which papers are overdue.

Each step is marked on its row in the transaction that tells people, so that two clocks tell nobody twice.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_noop

from remit.audit.actions import record
from remit.org.deciding import Organisation
from remit.org.queries.clocks import clocks
from remit.org.queries.organisation import organisation_on
from remit.org.queries.today import company_day

from .. import events
from ..enums import StepState
from ..models import Paper, Step
from ..queries.papers import owed_papers
from ..queries.rounds import newest_round
from ..queries.signers import signers_of
from .round import note, tell

REMINDS_BEFORE = timedelta(hours=24)
AT_ONCE_MAX = 2000


@dataclass(frozen=True, slots=True)
class Ticked:
    """How many signatures were reminded of, went up, and how many papers were found overdue."""

    reminded: int
    escalated: int
    overdue: int


def tick(*, at: datetime) -> Ticked:
    """Do all that is due at a moment; again without harm."""
    organisation = organisation_on(company_day(at))
    return Ticked(
        remind(at=at, organisation=organisation),
        escalate(at=at, organisation=organisation),
        fall_overdue(at=at, organisation=organisation),
    )


@transaction.atomic
def remind(*, at: datetime, organisation: Organisation) -> int:
    """Remind who may sign, once, a day before the deadline."""
    soon = _held(Step.objects.filter(reminded_at=None, due_at__lte=at + REMINDS_BEFORE, due_at__gt=at))
    times = clocks()
    for step in soon:
        people = signers_of(step, company_day(at), organisation).people
        text = gettext_noop("%(subject)s waits for your signature until %(day)s.")
        assert step.due_at is not None
        day = times.day(step.round.request.unit_id, step.due_at).isoformat()
        tell(people, text, step.round, f"remind:{step.pk}", at, by=None, day=day)
    Step.objects.filter(pk__in=[step.pk for step in soon]).update(reminded_at=at)
    return len(soon)


@transaction.atomic
def escalate(*, at: datetime, organisation: Organisation) -> int:
    """From now on those who stand above may sign too, and are told."""
    late = _held(Step.objects.filter(escalated_at=None, due_at__lte=at))
    for step in late:
        step.escalated_at = at
        step.save(update_fields=["escalated_at"])
        people = signers_of(step, company_day(at), organisation).people
        note(events.ESCALATED, step.round, by=None, at=at, clause=step.clause, people=list(people))
        text = gettext_noop("%(subject)s has waited too long for a signature. You may sign it too.")
        tell(people, text, step.round, f"escalated:{step.pk}", at, by=None)
    return len(late)


@transaction.atomic
def fall_overdue(*, at: datetime, organisation: Organisation) -> int:
    """Tell the author of a paper that is owed, and who stands above them."""
    rows = owed_papers().filter(overdue_at=None, due_at__lte=at).select_related("request__author")
    late = list(rows.select_for_update(of=("self",), skip_locked=True)[:AT_ONCE_MAX])
    for paper in late:
        request = paper.request
        above = organisation.superior_of(request.author_id, company_day(at))
        people = [request.author_id, *([above] if above else [])]
        fields = {
            "kind": request.kind, "about": request.subject, "title": request.title,
            "code": paper.code, "people": people,
        }  # fmt: skip
        record(events.PAPER_OVERDUE, request, by=None, at=at, fields=fields)
        if row := newest_round(request):
            text = gettext_noop("A paper of %(subject)s, which went through the green channel, is overdue.")
            tell(people, text, row, f"paper:{paper.pk}", at, by=None)
    Paper.objects.filter(pk__in=[paper.pk for paper in late]).update(overdue_at=at)
    return len(late)


def _held(rows: QuerySet[Step]) -> list[Step]:
    held = rows.filter(state=StepState.OPEN).select_for_update(of=("self",), skip_locked=True)
    return list(held.select_related("round__request", "position", "place").order_by("due_at")[:AT_ONCE_MAX])
