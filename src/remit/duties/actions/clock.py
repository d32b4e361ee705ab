"""What the clock does: reminds, says what is overdue, and takes it up to whoever stands above.

People, not roles: who is told is worked out at that moment, through assignments, absences and delegations.
Each step is marked on its row in the transaction that tells people, so that two clocks tell nobody twice.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_noop

from remit.audit.actions import record
from remit.notices.actions import notify
from remit.org.deciding import Organisation
from remit.org.models import Person
from remit.org.queries.clocks import Clocks, clocks
from remit.org.queries.organisation import organisation_on
from remit.org.queries.today import company_day

from .. import events
from ..enums import State
from ..models import Escalation, Occurrence
from ..queries.accepting import superior_of_charge
from ..queries.stakes import Crew, crews_of
from .generation import DUE_TIME
from .handover import expect_handovers

# Working days after the due day at which it goes one level further up.
ESCALATES_AFTER = (1, 3, 5)
AT_ONCE_MAX = 2000


@dataclass(frozen=True, slots=True)
class Ticked:
    """How many occurrences were reminded of, fell overdue, and went up."""

    reminded: int
    overdue: int
    escalated: int


def tick(*, at: datetime) -> Ticked:
    """Do all that is due at a moment; again without harm."""
    on = company_day(at)
    organisation, times = organisation_on(on), clocks()
    return Ticked(
        remind(at=at, organisation=organisation),
        fall_overdue(at=at, organisation=organisation),
        escalate(at=at, organisation=organisation, times=times),
    )


@transaction.atomic
def remind(*, at: datetime, organisation: Organisation) -> int:
    """Tell the responsible, once, that something falls due soon: one notice a person."""
    due = _held(Occurrence.objects.filter(state=State.OPEN, reminded_at=None, remind_at__lte=at))
    late = [one for one in due if one.due_at <= at]  # a clock that slept: the next step says more
    soon = [one for one in due if one.due_at > at]
    crews = _crews(soon, company_day(at), organisation)
    whom: defaultdict[int, list[Occurrence]] = defaultdict(list)
    for one in soon:
        crew = crews[one.charge_id]
        for person in crew.responsible or crew.accountables:
            whom[person].append(one)
    for person, theirs in whom.items():
        _tell_soon(person, theirs, at)
    _mark(soon + late, "reminded_at", at)
    return len(soon)


@transaction.atomic
def fall_overdue(*, at: datetime, organisation: Organisation) -> int:
    """Tell the responsible and the accountable; keep who was accountable; expect what is handed over."""
    late = _held(Occurrence.objects.filter(state=State.OPEN, overdue_at=None, due_at__lte=at))
    crews = _crews(late, company_day(at), organisation)
    for one in late:
        crew = crews[one.charge_id]
        one.accountable_id = one.accountable_id or crew.accountable
        one.overdue_at = at
        people = {*crew.responsible, *crew.accountables}
        text = gettext_noop("%(subject)s is overdue since %(day)s.")
        _tell(people, text, one, f"overdue:{one.pk}", at, day=one.due_on)
        expect_handovers(occurrence=one, at=at)
    Occurrence.objects.bulk_update(late, ["accountable", "overdue_at"])
    return len(late)


@transaction.atomic
def escalate(*, at: datetime, organisation: Organisation, times: Clocks) -> int:
    """Take what is still open one level further up when its time has come."""
    waiting = Occurrence.objects.filter(
        state=State.OPEN, escalation__lt=len(ESCALATES_AFTER), due_at__lte=at
    ).exclude(overdue_at=None)
    went = 0
    for one in _held(waiting):
        calendar = times.calendar(one.charge.unit_id, one.due_on)
        goes_on = calendar.shifted(one.due_on, ESCALATES_AFTER[one.escalation])
        if times.moment(one.charge.unit_id, goes_on, DUE_TIME) <= at:
            _go_up(one, at, organisation)
            went += 1
    return went


def _go_up(one: Occurrence, at: datetime, organisation: Organisation) -> None:
    """The superior of the accountable; at each further level, theirs. Nobody there is written down too."""
    on = company_day(at)
    crew = crews_of([one.charge], on, organisation)[one.charge_id]
    before = one.escalations.order_by("-level").first()
    if before is None or before.person_id is None:
        above = superior_of_charge(one.charge, crew.accountable or 0, on, organisation)
    else:
        above = organisation.superior_of(before.person_id, on)
    level = one.escalation + 1
    Escalation.objects.create(occurrence=one, level=level, person_id=above, at=at)
    one.escalation = level
    one.save(update_fields=["escalation"])
    fields = {
        "code": one.charge.duty.code, "unit": one.charge.unit.code, "key": one.key,
        "level": level, "person": above,
    }  # fmt: skip
    record(events.ESCALATED, one, by=None, at=at, fields=fields)
    text = gettext_noop("%(subject)s is overdue since %(day)s and came up to you.")
    _tell({above} if above else set(), text, one, f"escalated:{one.pk}:{level}", at, day=one.due_on)


def _held(rows: QuerySet[Occurrence]) -> list[Occurrence]:
    """Locked; what another clock holds is left to it."""
    held = rows.filter(charge__duty__retired_at=None).select_for_update(of=("self",), skip_locked=True)
    joined = held.select_related("charge__duty", "charge__unit", "version")
    return list(joined.order_by("due_at", "pk")[:AT_ONCE_MAX])


def _crews(rows: Iterable[Occurrence], on: date, organisation: Organisation) -> dict[int, Crew]:
    return crews_of({one.charge_id: one.charge for one in rows}.values(), on, organisation)


def _mark(rows: Iterable[Occurrence], field: str, at: datetime) -> None:
    Occurrence.objects.filter(pk__in=[one.pk for one in rows]).update(**{field: at})


def _tell_soon(person: int, theirs: list[Occurrence], at: datetime) -> None:
    last = max(one.due_on for one in theirs)
    if len(theirs) == 1:
        text = gettext_noop("%(subject)s is due on %(day)s.")
        _tell({person}, text, theirs[0], f"due:{theirs[0].pk}", at, day=last)
        return
    notify(
        people=Person.objects.filter(pk=person),
        text=gettext_noop("%(count)s duties of yours are due by %(day)s. Today shows them."),
        fields={"count": len(theirs), "day": last.isoformat()},
        key=f"due:{theirs[0].pk}:{len(theirs)}", at=at,
    )  # fmt: skip


def _tell(people: set[int], text: str, one: Occurrence, key: str, at: datetime, *, day: date) -> None:
    notify(
        people=Person.objects.filter(pk__in=people), text=text, fields={"day": day.isoformat()},
        subject=one, key=key, at=at,
    )  # fmt: skip
