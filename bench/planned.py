"""A department that has planned for years: 20,000 campaigns with requests, 100,000 tasks, and a ledger."""

from datetime import datetime, timedelta
from decimal import Decimal
from itertools import batched, pairwise
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone

from remit.core.ref import Ref
from remit.execution.enums import TaskState
from remit.execution.models import Dependency, Task
from remit.governance.actions.policy import publish_version
from remit.governance.content import canonical, digest_of
from remit.governance.enums import Decision, RequestState, StepState
from remit.governance.models import Content, Part, PolicyVersion, Request, Round, Signature, Step
from remit.org.models import Assignment, Person, Position, Unit
from remit.org.queries.today import company_day
from remit.planning.actions.budget import add_budget, add_line
from remit.planning.enums import CampaignKind, MoneyStage, Stage
from remit.planning.models import Budget, BudgetEntry, BudgetLine, Plan
from remit.planning.queries.plans import values_of

from .department import PEOPLE, organisation
from .visiting import session_of

REQUESTS, OPEN_EACH, ENTRIES, TASKS_EACH = 20_000, 20, 20_000, 5  # one in twenty waits for a signature
BATCH, VISITORS = 2000, 12
CLAUSES = [
    {
        "code": "1", "text": {"zh": "總監簽核。", "en": "The director signs."},
        "steps": [{"stage": 1, "position": "p0", "where": "unit"}],
    },
    {
        "code": "2", "text": {"zh": "副手會簽。", "en": "A second one signs."},
        "steps": [{"stage": 1, "position": "p1", "where": "unit"}],
    },
]  # fmt: skip


@transaction.atomic
def made() -> dict[str, Any]:
    """Found the department and write its past as bulk rows: thousands of signatures say nothing more."""
    at = timezone.now()
    units, positions = organisation(at)
    version = publish_version(kind="campaign", rows=CLAUSES, reason="bench", after=0, by=None, at=at)
    authors = dict(
        Assignment.objects.filter(position=positions[2]).values_list("unit", "person")
    )  # one for each unit
    for numbers in batched(range(REQUESTS), BATCH, strict=False):
        _requests(list(numbers), units, authors, version, positions, at)
    _tasks(at)
    _ledger(units[0], at)
    return {
        "tasks": Task.objects.count(),
        "requests": Request.objects.count(),
        "open": Step.objects.filter(state=StepState.OPEN).count(),
    }


def _requests(
    numbers: list[int], units: list[Unit], authors: dict[int, int], version: PolicyVersion,
    positions: list[Position], at: datetime,
) -> None:  # fmt: skip
    plans = Plan.objects.bulk_create(_plan(n, units[n // 7 % len(units)], authors, at) for n in numbers)
    requests = Request.objects.bulk_create(
        Request(
            kind="campaign", subject=str(Ref("plan", plan.pk)), title=plan.title, unit_id=plan.unit_id,
            author_id=plan.owner_id, made_at=plan.made_at, changed_at=plan.made_at,
            state=RequestState.APPROVED if n % OPEN_EACH else RequestState.SUBMITTED,
        )
        for n, plan in zip(numbers, plans, strict=True)
    )  # fmt: skip
    texts = [canonical({"subject": values_of(plan), "papers": {}}) for plan in plans]
    Content.objects.bulk_create(Content(digest=digest_of(text), text=text) for text in texts)
    rounds = Round.objects.bulk_create(
        Round(
            request=one, number=1, version=version, facts={}, content_id=digest_of(text), by_id=one.author_id,
            at=one.made_at, outcome=one.state if one.state == RequestState.APPROVED else "",
            ended_at=one.made_at if one.state == RequestState.APPROVED else None,
        )
        for one, text in zip(requests, texts, strict=True)
    )  # fmt: skip
    _steps(rounds, positions)


def _plan(number: int, unit: Unit, authors: dict[int, int], at: datetime) -> Plan:
    made_at = at - timedelta(hours=number)
    runs = number % OPEN_EACH != 0
    return Plan(
        unit=unit, code=f"c{number}", title=f"活動 {number}", kind=CampaignKind.BRAND,
        owner_id=authors[unit.pk], made_by_id=authors[unit.pk], starts_on=company_day(made_at),
        ends_on=company_day(made_at) + timedelta(days=14),
        money=Decimal(1000 + number), currency="TWD", made_at=made_at, changed_at=made_at,
        stage=Stage.APPROVED if runs else Stage.DRAFT,
    )  # fmt: skip


def _steps(rounds: list[Round], positions: list[Position]) -> None:
    steps = Step.objects.bulk_create(
        Step(
            round=one, clause=str(n + 1), stage=1, position=positions[n], place_id=one.request.unit_id,
            state=StepState.DONE if one.outcome else StepState.OPEN, opened_at=one.at,
            due_at=one.at + timedelta(days=3), ended_at=one.ended_at,
        )
        for one in rounds
        for n in (0, 1)
    )  # fmt: skip
    signers = dict(Assignment.objects.values_list("position", "person").order_by("pk"))
    signed = Signature.objects.bulk_create(
        Signature(
            step=step, decision=Decision.APPROVE, content_id=step.round.content_id, at=step.round.at,
            signer_id=signers[step.position_id or 0], principal_id=signers[step.position_id or 0],
        )
        for step in steps
        if step.state == StepState.DONE
    )  # fmt: skip
    parts = [Part(round=one, person_id=one.by_id) for one in rounds]
    parts += [Part(round=s.step.round, person_id=s.signer_id, signature=s) for s in signed]
    Part.objects.bulk_create(parts)


def _tasks(at: datetime) -> None:
    """Five tasks a plan, each waiting for the one before; the first plan has two hundred."""
    plans = list(Plan.objects.order_by("pk").values_list("pk", "owner", "starts_on"))
    rows = [
        (plan, owner, first + timedelta(days=3 * n), n)
        for place, (plan, owner, first) in enumerate(plans)
        for n in range(200 if place == 0 else TASKS_EACH)
    ]
    for part in batched(rows, BATCH, strict=False):
        made = Task.objects.bulk_create(
            Task(
                plan_id=plan, title=f"任務 {n}", owner_id=owner, starts_on=first, hours=4,
                ends_on=first + timedelta(days=2), made_by_id=owner, made_at=at, changed_at=at,
                state=TaskState.TODO if (plan + n) % 4 else TaskState.DONE,
                ended_at=None if (plan + n) % 4 else at,
            )
            for plan, owner, first, n in part
        )  # fmt: skip
        Dependency.objects.bulk_create(
            Dependency(before=one, after=other)
            for one, other in pairwise(made)
            if one.plan_id == other.plan_id
        )


def _ledger(unit: Unit, at: datetime) -> None:
    person = Person.objects.order_by("pk")[0]
    day = company_day(at)
    budget = add_budget(
        unit=unit, title="年度", starts_on=day - timedelta(days=365), ends_on=day,
        total=Decimal(10**9), by=person, at=at,
    )  # fmt: skip
    words = dict.fromkeys(("need", "evidence", "alternative"), "量測")
    lines = [
        add_line(
            budget=budget, code=f"l{n}", title=f"列 {n}", owner=person, granted=Decimal(10**6), words=words,
            by=person, at=at,
        )
        for n in range(200)
    ]  # fmt: skip
    for numbers in batched(range(ENTRIES), BATCH, strict=False):
        BudgetEntry.objects.bulk_create(
            BudgetEntry(
                line=lines[0 if n % 2 else n % len(lines)], stage=MoneyStage.REQUEST, amount=Decimal(1),
                on=day - timedelta(days=n % 365), published=True, by=person, at=at,
            )
            for n in numbers
        )  # fmt: skip

    for line in lines:
        asked = line.entries.aggregate(sum=Sum("amount"))["sum"]
        BudgetLine.objects.filter(pk=line.pk).update(forecast=asked or 0)


def visitors() -> dict[str, Any]:
    """People of all kinds logged in, the director first, and the addresses that they open."""
    people = Person.objects.order_by("pk")
    chosen = [people[0], *people[1 :: PEOPLE // VISITORS][:VISITORS]]
    request = Request.objects.filter(state=RequestState.SUBMITTED, unit__code="shop").order_by("pk")[0]
    first = Plan.objects.order_by("pk")[0]
    paths = {
        "to sign": reverse("approvals_inbox"), "requests": reverse("approvals_requests"),
        "one request": reverse("approvals_request", args=[request.pk]), "plans": reverse("plans_list"),
        "one plan": reverse("plans_plan", args=[request.ref.id]), "Today": reverse("today"),
        "figures of approvals": reverse("approvals_figures"),
        "one budget": reverse("budgets_budget", args=[Budget.objects.get().pk]),
        "tasks": reverse("tasks_list"), "200 tasks as bars": reverse("tasks_plan", args=[first.pk]),
        "200 tasks on a board": reverse("tasks_plan", args=[first.pk]) + "?view=board",
        "capacity": reverse("capacity_weeks"), "risks": reverse("risks_list"),
        "a line with 10,000 entries": reverse("budgets_line", args=[BudgetLine.objects.order_by("pk")[0].pk]),
    }  # fmt: skip
    return {"cookies": [session_of(one) for one in chosen], "paths": paths}
