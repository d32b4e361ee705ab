"""Find what is asked for twice: people, money, audiences, goals, materials. Reads only."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations
from typing import Any

from django.db.models import Count, F, Min, Q, Sum

from remit.goals.enums import GoalState
from remit.goals.models import Goal
from remit.metrics.queries.definitions import catalogue
from remit.org.models import Person
from remit.org.queries.companies import books_of_units
from remit.org.queries.working_days import calendar_of
from remit.planning.enums import MoneyStage, Stage
from remit.planning.models import Budget, BudgetEntry, Plan
from remit.planning.queries.budgets import money_sum

from ..enums import ClashKind
from ..models import Material, Task
from .audiences import pairs_of, reaching_on
from .capacity import capacity_of

ALIVE = (Stage.DRAFT, Stage.APPROVED, Stage.RUNNING)
REFERENCES_SINCE = timedelta(days=400)
PAPER = ("reference", "stage", "amount", "line__budget__currency")


@dataclass(frozen=True, slots=True)
class Clash:
    """``key`` names it from look to look; ``things``: references; ``facts``: figures for its words."""

    kind: ClashKind
    unit: int
    key: str
    things: tuple[str, ...]
    facts: dict[str, Any] = field(default_factory=dict)


def clashes_on(on: date) -> list[Clash]:
    """Everything that pulls apart on a day."""
    return [*people(on), *references(on), *budgets(on), *audiences(on), *goals(on), *materials()]


def people(on: date) -> Iterator[Clash]:
    """Somebody with tasks whose week holds more than its hours."""
    open_tasks = Task.objects.filter(ended_at=None, hours__gt=0, ends_on__gte=on)
    found = list(Person.objects.filter(is_active=True, pk__in=open_tasks.values("owner")).order_by("pk"))
    if not found:
        return
    first = open_tasks.select_related("plan__unit").order_by("pk").first()
    assert first is not None  # somebody owns one
    for one in capacity_of(found, on, calendar_of(first.plan.unit, on)):
        for week in one.weeks:
            if not week.is_over or not week.tasks + week.projects:
                continue
            last = week.monday + timedelta(days=6)
            there = open_tasks.filter(owner=one.person, starts_on__lte=last, ends_on__gte=week.monday)
            plans = dict(there.values_list("plan", "plan__unit"))
            if plans:
                yield Clash(
                    ClashKind.PERSON, min(plans.values()), f"person:{one.person.pk}:{week.monday}",
                    (f"person:{one.person.pk}", *(f"plan:{pk}" for pk in sorted(plans))),
                    {
                        "monday": week.monday.isoformat(), "has": round(week.has, 1),
                        "taken": round(week.taken, 1),
                    },
                )  # fmt: skip


def references(on: date) -> Iterator[Clash]:
    """One paper (reference and amount) that stands against two lines of a company: the same money twice."""
    books = books_of_units()
    entries = BudgetEntry.objects.filter(amount__gt=0, on__gte=on - REFERENCES_SINCE)
    twice = (
        entries.exclude(Q(reference="") | Q(stage=MoneyStage.REQUEST))
        .values(*PAPER)
        .annotate(lines=Count("line", distinct=True))
        .filter(lines__gt=1)
        .order_by("reference", "stage", "amount")
    )
    for row in twice:
        where = entries.filter(**{name: row[name] for name in PAPER})
        by_company: defaultdict[int, list[BudgetEntry]] = defaultdict(list)
        for entry in where.select_related("line__budget").order_by("line", "pk"):
            by_company[books[entry.line.budget.unit_id]].append(entry)
        for number, company in enumerate(sorted(by_company)):
            if len({entry.line_id for entry in by_company[company]}) > 1:
                yield _paper(by_company[company], f":{company}" if number else "")


def _paper(entries: list[BudgetEntry], mark: str) -> Clash:
    """``mark`` tells the companies apart whose papers have one number."""
    first, lines = entries[0], [entry.line for entry in entries]
    return Clash(
        ClashKind.MONEY, lines[0].budget.unit_id,
        f"paper:{first.reference}:{first.stage}:{first.amount}{mark}",
        tuple(f"budget:{pk}" for pk in dict.fromkeys(line.budget_id for line in lines)),
        {
            "reference": first.reference, "amount": str(first.amount), "currency": lines[0].budget.currency,
            "lines": list(dict.fromkeys(line.title for line in lines)),
        },
    )  # fmt: skip


def budgets(on: date) -> Iterator[Clash]:
    """Plans whose money stands in no line yet and that want more than the budgets of their unit have left."""
    running = Budget.objects.filter(starts_on__lte=on, ends_on__gte=on)
    by_unit: defaultdict[tuple[int, str], list[tuple[Budget, Decimal]]] = defaultdict(list)
    for budget in running.annotate(allotted_now=money_sum("lines__granted")).order_by("pk"):
        rest = budget.total - (budget.allotted_now or Decimal(0))
        by_unit[budget.unit_id, budget.currency].append((budget, rest))
    for (unit, currency), found in by_unit.items():
        days = Q()
        for one, _left in found:
            days |= Q(starts_on__lte=one.ends_on, ends_on__gte=one.starts_on)
        plans = Plan.objects.filter(days, unit=unit, stage__in=ALIVE, currency=currency)
        granted = money_sum("lines__granted")
        wanted = {
            pk: money - (has or 0)
            for pk, money, has in plans.annotate(has=granted).order_by("pk").values_list("pk", "money", "has")
            if money > (has or 0)
        }
        asked = sum(wanted.values())
        left = sum((rest for _budget, rest in found), Decimal(0))
        if asked > left:
            papers = [one.pk for one, _left in found]
            yield Clash(
                ClashKind.MONEY, unit,
                f"budget:{'+'.join(map(str, papers[:6]))}:{'-'.join(map(str, list(wanted)[:12]))}",
                (*(f"budget:{pk}" for pk in papers), *(f"plan:{pk}" for pk in wanted)),
                {"asked": str(asked), "left": str(left), "currency": currency},
            )  # fmt: skip


def audiences(on: date) -> Iterator[Clash]:
    """Campaigns and plans of the same days for the same customers, as data, lists and draws name them."""
    for unit, found in reaching_on(on).items():
        for one, other, shared in pairs_of(unit, found):
            if shared.is_much:
                first, second = sorted((one, other), key=lambda each: each.order)
                yield Clash(
                    ClashKind.AUDIENCE, unit, f"audience:{first.key}:{second.key}",
                    (first.thing, second.thing), {"both": shared.both, "smaller": shared.smaller},
                )  # fmt: skip


def goals(on: date) -> Iterator[Clash]:
    """Goals in force of one unit and metric whose days overlap, of which one goes up and one down."""
    rows = Goal.objects.filter(state=GoalState.ACTIVE, ends_on__gte=on).exclude(target=F("baseline"))
    known = catalogue()
    by_metric: defaultdict[tuple[int, str], list[Goal]] = defaultdict(list)
    for goal in rows.order_by("pk"):
        if goal.metric in known:
            by_metric[goal.unit_id, goal.metric].append(goal)
    for (unit, metric), found in by_metric.items():
        for one, other in combinations(found, 2):
            if one.where == other.where and _overlap(one, other) and _rises(one) != _rises(other):
                yield Clash(
                    ClashKind.GOALS, unit, f"goals:{one.pk}:{other.pk}",
                    (f"goal:{one.pk}", f"goal:{other.pk}"), {"metric": metric},
                )  # fmt: skip


def materials() -> Iterator[Clash]:
    """Materials of which plans need more than there is, or sooner than it is ready."""
    alive = Q(needs__plan__stage__in=ALIVE)
    rows = Material.objects.annotate(
        wanted=Sum("needs__pieces", filter=alive), first=Min("needs__plan__starts_on", filter=alive)
    )
    short = Q(wanted__gt=F("stock")) | Q(ready_on__gt=F("first"))
    for row in rows.filter(short, wanted__gt=0).order_by("pk"):
        plans = row.needs.filter(plan__stage__in=ALIVE).order_by("plan").values_list("plan", flat=True)
        facts = {"material": row.title, "wanted": row.wanted, "stock": row.stock}
        if row.ready_on and row.first and row.ready_on > row.first:
            facts |= {"ready_on": row.ready_on.isoformat(), "first": row.first.isoformat()}
        yield Clash(
            ClashKind.STOCK, row.unit_id, f"material:{row.pk}",
            (f"material:{row.pk}", *(f"plan:{pk}" for pk in plans)), facts,
        )  # fmt: skip


def _overlap(one: Goal, other: Goal) -> bool:
    return bool(one.starts_on <= other.ends_on and other.starts_on <= one.ends_on)  # type: ignore[operator]  # goals in force have days


def _rises(goal: Goal) -> bool:
    return bool(goal.target > goal.baseline)  # type: ignore[operator]  # goals in force have both
