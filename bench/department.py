"""The large department that ``bench.duties`` measures, and the measuring inside its process."""

import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from remit.duties.actions.charge import charge_units
from remit.duties.actions.duty import add_duty
from remit.duties.actions.generation import generate
from remit.duties.actions.publication import publish_duties
from remit.duties.deciding import findings
from remit.duties.drafts import draft_of
from remit.duties.enums import EvidenceKind, State
from remit.duties.models import Charge, Duty, Evidence, Occurrence, Review, Submission
from remit.duties.queries.company import facts_on
from remit.duties.queries.stakes import Crew, crews_of
from remit.org.enums import Ability
from remit.org.models import Absence, Assignment, Delegation, Person, Position, Unit, UnitHolidays, UnitZone
from remit.org.queries.organisation import organisation_on
from remit.org.queries.today import company_day

from .visiting import session_of

PEOPLE, UNITS, PAST = 200, 10, timedelta(days=365)
POSITIONS = PEOPLE // UNITS
# Rhythms of 500 duties, so that a year has about 50,000 occurrences.
RHYTHMS = {"daily": 150, "weekly": 200, "fortnightly": 50, "monthly": 70, "quarterly": 20, "yearly": 10}
BATCH, VISITORS = 5000, 12


@transaction.atomic
def made() -> dict[str, Any]:
    """Found the department, give it its duties, and live the past year."""
    at = timezone.now()
    units, positions = organisation(at)
    duties = _duties(positions, at)
    begins = (at - PAST).date()
    for number, unit in enumerate(units):
        charge_units(
            duties=dict.fromkeys(duties[number::UNITS], begins), unit=unit, by=None, at=at, with_past=True
        )
    _absences(company_day(at))
    _past(at)
    return {"occurrences": Occurrence.objects.count()}


def organisation(at: datetime) -> tuple[list[Unit], list[Position]]:
    """A company of nine regions; in each unit a person for each of twenty positions."""
    group = Unit.objects.add_root({"code": "group", "name": "集團"})
    books = {"is_company": True, "currency": "TWD"}
    shop = Unit.objects.add_child(group, {"code": "shop", "name": "商店", **books})
    UnitZone.objects.create(unit=shop, zone="Asia/Taipei", starts_on=date(2000, 1, 1))
    UnitHolidays.objects.create(unit=shop, country="CN", starts_on=date(2000, 1, 1))
    regions = [Unit.objects.add_child(shop, {"code": f"r{n}", "name": f"第{n}區"}) for n in range(1, UNITS)]
    head = Position.objects.create(
        code="p0", name="總監", leads=True, abilities=[Ability.MANAGE_DUTIES, Ability.MANAGE_PEOPLE]
    )
    others = [
        Position.objects.create(code=f"p{n}", name=f"職位{n}", reports_to=head) for n in range(1, POSITIONS)
    ]
    units, positions = [shop, *regions], [head, *others]
    for number in range(PEOPLE):
        person = Person.objects.create(email=f"p{number}@example.org", name=f"人員{number}")
        Assignment.objects.create(
            person=person, position=positions[number // UNITS], unit=units[number % UNITS],
            starts_on=(at - 2 * PAST).date(),
        )  # fmt: skip
    return units, positions


def _duties(positions: list[Position], at: datetime) -> list[Duty]:
    rhythms = [rhythm for rhythm, count in RHYTHMS.items() for _each in range(count)]
    return [
        add_duty(
            draft=draft_of(
                {
                    "code": f"B{1 + n % 6}.{n}",
                    "title": {"zh": f"職責{n}", "en": f"Duty {n}"},
                    "purpose": {"zh": "量測。", "en": "To be measured."},
                    "deliverable": {"zh": "紀錄", "en": "A record"},
                    "rhythm": rhythm,
                    "effort_minutes": 10 + n % 5 * 10,
                    "evidence": {"kind": "note", "count": 1},
                    "accountable": positions[n % 4].code,
                    "responsible": [positions[4 + n % 16].code, positions[4 + (n + 7) % 16].code],
                    "consulted": [positions[(n + 1) % 4].code],
                }
            ),
            by=None, at=at,
        )
        for n, rhythm in enumerate(rhythms)
    ]  # fmt: skip


def _absences(on: date) -> None:
    """Every tenth is away this week; of those two in three have somebody who acts for them."""
    people = list(Person.objects.order_by("pk"))
    for number, person in enumerate(people[5::10]):
        last = on + timedelta(days=7)
        Absence.objects.create(person=person, starts_on=on - timedelta(days=2), ends_on=last)
        if number % 3:
            delegate = people[(number * 10 + 6) % PEOPLE]
            Delegation.objects.create(person=person, delegate=delegate, starts_on=on - PAST)


def _past(at: datetime) -> None:
    """Of what fell due, one in fifty was never delivered, one in ten came late; the rest was accepted."""
    due = Occurrence.objects.filter(due_at__lte=at - timedelta(days=1)).annotate(turn=F("pk") % 50)
    due.filter(turn=0).update(overdue_at=F("due_at"), escalation=3)
    day = company_day(at)
    crews = crews_of(Charge.objects.all(), day, organisation_on(day))
    for late, hours in ((False, -2), (True, 20)):
        turns = [turn for turn in range(1, 50) if (turn % 10 == 0) is late]
        due.filter(turn__in=turns).update(
            state=State.ACCEPTED,
            delivered_at=F("due_at") + timedelta(hours=hours),
            closed_at=F("due_at") + timedelta(hours=hours + 1),
        )
    for charge, crew in crews.items():
        Occurrence.objects.filter(charge=charge, state=State.ACCEPTED).update(accountable=crew.accountable)
    _papers(list(Occurrence.objects.filter(state=State.ACCEPTED)), crews)


def _papers(done: list[Occurrence], crews: dict[int, Crew]) -> None:
    anybody = Person.objects.order_by("pk")[0].pk

    def doer(one: Occurrence) -> int:
        return next(iter(crews[one.charge_id].responsible), anybody)

    Evidence.objects.bulk_create(
        (
            Evidence(occurrence=o, kind=EvidenceKind.NOTE, text="Done.", by_id=doer(o), at=o.delivered_at)
            for o in done
        ),
        BATCH,
    )
    given = Submission.objects.bulk_create(
        (Submission(occurrence=o, by_id=doer(o), at=o.delivered_at) for o in done), BATCH
    )
    Review.objects.bulk_create(
        (
            Review(submission=s, is_accepted=True, by_id=o.accountable_id or anybody, at=o.closed_at)
            for s, o in zip(given, done, strict=True)
        ),
        BATCH,
    )


def thought() -> dict[str, Any]:
    """Seconds by the clock and of the processor of what is done without a page."""
    at = timezone.now()
    found: dict[str, Any] = {"occurrences": Occurrence.objects.count(), "charges": Charge.objects.count()}
    findings(facts_on(company_day(at)), company_day(at))  # the first loads calendars and code
    found |= _timed("lint", lambda: findings(facts_on(company_day(at)), company_day(at)))
    found |= _timed("year", lambda: _a_year_more(at))
    publish_duties(at=at)
    again = at + timedelta(minutes=1)
    found |= _timed("again", lambda: publish_duties(at=again))
    found |= _timed("publish", lambda: publish_duties(at=at - PAST / 365))
    return found


def _a_year_more(at: datetime) -> None:
    """Generate a year beyond what is there, and take it back."""
    until = Charge.objects.order_by("-generated_until").values_list("generated_until", flat=True)[0]
    assert until is not None  # every charge of the department was generated
    with transaction.atomic():
        generate(until=until + PAST, at=at)
        transaction.set_rollback(True)


def _timed(name: str, work: Callable[[], object]) -> dict[str, float]:
    began, used = time.perf_counter(), time.process_time()
    work()
    return {f"{name}_s": time.perf_counter() - began, f"{name}_cpu_s": time.process_time() - used}


def visitors() -> dict[str, Any]:
    """People of all kinds logged in, the director first, and the addresses that they open."""
    people = Person.objects.order_by("pk")
    chosen = [people[0], *people[1 :: PEOPLE // VISITORS][:VISITORS]]
    try:
        matrix = reverse("duties_matrix")
    except NoReverseMatch:
        matrix = ""
    return {"cookies": [session_of(one) for one in chosen], "today": reverse("today"), "matrix": matrix}
