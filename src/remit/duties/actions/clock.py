"""What the clock does: reminds, says what is overdue, and takes it up to whoever stands above.

People, not roles: who is told is worked out at that moment, through assignments, absences and delegations.
Each step is marked on its row in the transaction that tells people, so that two clocks tell nobody twice. A
transaction takes few rows, and a tick few transactions: whoever else wants to write gets their turn.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_noop

from remit.audit.actions import record_all
from remit.notices.actions import notify
from remit.org.deciding import Organisation
from remit.org.models import Person
from remit.org.queries.clocks import Clocks, clocks
from remit.org.queries.organisation import organisation_on
from remit.org.queries.today import company_day
from remit.org.working_days import WorkingCalendar

from .. import events
from ..enums import State
from ..models import Escalation, Occurrence
from ..queries.accepting import superiors_of_charges
from ..queries.stakes import Crew, crews_of
from .generation import DUE_TIME
from .handover import expect_all

# Working days after the due day at which it goes one level further up; never two levels on one working day.
ESCALATES_AFTER = (1, 3, 5)
AT_ONCE, BATCHES_MAX = (
    50,
    10,
)  # rows in a transaction, transactions of a kind in a tick; the next does the rest
NAMED_MAX = 6  # more of one kind in a batch are told as one notice


@dataclass(frozen=True, slots=True)
class Ticked:
    """How many occurrences were reminded of, fell overdue, and went up."""

    reminded: int
    overdue: int
    escalated: int


def tick(*, at: datetime) -> Ticked:
    """Do what is due at a moment, oldest first; again without harm."""
    on = company_day(at)
    organisation, times = organisation_on(on), clocks()
    return Ticked(
        _in_batches(remindable(at), lambda rows: remind(rows, at=at, organisation=organisation)),
        _in_batches(late(at), lambda rows: fall_overdue(rows, at=at, organisation=organisation, times=times)),
        _in_batches(going_up(at), lambda rows: escalate(rows, at=at, organisation=organisation, times=times)),
    )


def remindable(at: datetime) -> QuerySet[Occurrence]:
    """What has to be reminded of."""
    return Occurrence.objects.filter(state=State.OPEN, reminded_at=None, remind_at__lte=at)


def late(at: datetime) -> QuerySet[Occurrence]:
    """What fell overdue, and nobody was told yet."""
    return Occurrence.objects.filter(state=State.OPEN, overdue_at=None, due_at__lte=at)


def going_up(at: datetime) -> QuerySet[Occurrence]:
    """What goes one level further up."""
    return Occurrence.objects.filter(state=State.OPEN, goes_up_at__lte=at)


def remind(rows: list[Occurrence], *, at: datetime, organisation: Organisation) -> int:
    """Tell the responsible, once, that something falls due soon: one notice a person."""
    soon = [one for one in rows if one.due_at > at]  # of a clock that slept, the next step says more
    crews = _crews(soon, at, organisation)
    whom: defaultdict[int, list[Occurrence]] = defaultdict(list)
    for one in soon:
        crew = crews[one.charge_id]
        for person in crew.responsible or crew.accountables:
            whom[person].append(one)
    for person, theirs in whom.items():
        _tell(
            person, theirs, "due", at, named_max=1, one=gettext_noop("%(subject)s is due on %(day)s."),
            many=gettext_noop("%(count)s duties of yours are due by %(day)s. Today shows them."),
        )  # fmt: skip
    Occurrence.objects.filter(pk__in=[one.pk for one in rows]).update(reminded_at=at)
    return len(soon)


def fall_overdue(rows: list[Occurrence], *, at: datetime, organisation: Organisation, times: Clocks) -> int:
    """Tell the responsible and the accountable; keep who was accountable; expect what is handed over."""
    crews = _crews(rows, at, organisation)
    whom: defaultdict[int, list[Occurrence]] = defaultdict(list)
    for one in rows:
        crew = crews[one.charge_id]
        one.accountable_id = one.accountable_id or crew.accountable
        one.overdue_at, one.goes_up_at = at, _next_level_at(one, 0, at, times)
        for person in dict.fromkeys((*crew.responsible, *crew.accountables)):
            whom[person].append(one)
    for person, theirs in whom.items():
        _tell(
            person, theirs, "overdue", at, one=gettext_noop("%(subject)s is overdue since %(day)s."),
            many=gettext_noop("%(count)s duties of yours are overdue, the first since %(day)s."),
        )  # fmt: skip
    expect_all(occurrences=rows, at=at, times=times)
    Occurrence.objects.bulk_update(rows, ["accountable", "overdue_at", "goes_up_at"])
    return len(rows)


def escalate(rows: list[Occurrence], *, at: datetime, organisation: Organisation, times: Clocks) -> int:
    """Take each one level further up: to the superior of the accountable; at each further level, to theirs.

    Where nobody stands above, that is written down too.
    """
    on = company_day(at)
    above = superiors_of_charges({one.charge_id: one.charge.unit_id for one in rows}, on, organisation)
    steps = Escalation.objects.filter(occurrence__in=rows).order_by("level")
    before: dict[int, int | None] = dict(steps.values_list("occurrence", "person"))  # of the highest level
    whom: defaultdict[int, list[Occurrence]] = defaultdict(list)
    for one in rows:
        last = before.get(one.pk)
        person = organisation.superior_of(last, on) if last else above.get(one.charge_id)
        one.escalation += 1
        one.goes_up_at = _next_level_at(one, one.escalation, at, times)
        before[one.pk] = person
        if person is not None:
            whom[person].append(one)
    Escalation.objects.bulk_create(
        Escalation(occurrence=one, level=one.escalation, person_id=before[one.pk], at=at) for one in rows
    )
    Occurrence.objects.bulk_update(rows, ["escalation", "goes_up_at"])
    went = [(one, _escalated(one, before[one.pk])) for one in rows]
    record_all(events.ESCALATED, went, by=None, at=at)
    for person, theirs in whom.items():
        _tell(
            person, theirs, "escalated", at,
            one=gettext_noop("%(subject)s is overdue since %(day)s and came up to you."),
            many=gettext_noop("%(count)s duties, overdue since %(day)s or later, came up to you."),
        )  # fmt: skip
    return len(rows)


def _escalated(one: Occurrence, person: int | None) -> dict[str, object]:
    named = {"code": one.charge.duty.code, "unit": one.charge.unit.code, "key": one.key}
    return {**named, "level": one.escalation, "person": person}


def _next_level_at(one: Occurrence, level: int, at: datetime, times: Clocks) -> datetime | None:
    """When it goes above a level, after a step that is taken at this moment; none above the last."""
    if level >= len(ESCALATES_AFTER):
        return None
    unit = one.charge.unit_id
    calendar = times.calendar(unit, one.due_on)
    return times.moment(unit, goes_up_on(one.due_on, level, times.day(unit, at), calendar), DUE_TIME)


def goes_up_on(due_on: date, level: int, told_on: date, calendar: WorkingCalendar) -> date:
    """The day on which it goes above a level, when people were told of the step before on ``told_on``."""
    return max(calendar.shifted(due_on, ESCALATES_AFTER[level]), calendar.shifted(told_on, 1))


def _in_batches(rows: QuerySet[Occurrence], step: Callable[[list[Occurrence]], int]) -> int:
    """Take a step with a few rows at a time, each time in a transaction of its own."""
    done = 0
    for _batch in range(BATCHES_MAX):
        if not rows.exists():  # asked before the transaction: where nothing is due, nobody waits
            break
        with transaction.atomic():
            done += step(_held(rows))
    return done


def _held(rows: QuerySet[Occurrence]) -> list[Occurrence]:
    """Locked, the oldest first; what another clock holds is left to it."""
    held = rows.select_for_update(of=("self",), skip_locked=True)
    return list(
        held.select_related("charge__duty", "charge__unit", "version").order_by("due_at", "pk")[:AT_ONCE]
    )


def _crews(rows: Iterable[Occurrence], at: datetime, organisation: Organisation) -> dict[int, Crew]:
    charges = {one.charge_id: one.charge for one in rows}
    return crews_of(charges.values(), company_day(at), organisation)


def _tell(
    person: int, theirs: list[Occurrence], what: str, at: datetime, *, one: str, many: str,
    named_max: int = NAMED_MAX,
) -> None:  # fmt: skip
    """Each by its name; more than a few as their count."""
    people = Person.objects.filter(pk=person)
    if len(theirs) > named_max:
        days = sorted(each.due_on for each in theirs)
        day = days[-1 if what == "due" else 0]
        notify(
            people=people, text=many, fields={"count": len(theirs), "day": day.isoformat()},
            key=f"{what}:{theirs[0].pk}:{len(theirs)}", at=at,
        )  # fmt: skip
        return
    for each in theirs:
        key = f"{what}:{each.pk}" + (f":{each.escalation}" if what == "escalated" else "")
        notify(
            people=people,
            text=one,
            fields={"day": each.due_on.isoformat()},
            subject=each,
            key=key,
            at=at,
        )
