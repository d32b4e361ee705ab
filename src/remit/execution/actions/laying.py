"""Lay many tasks and risks into a plan at once: those of another plan, or of a template."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from remit.org.models import Person
from remit.org.queries.today import company_day
from remit.planning.models import Plan

from ..enums import RiskState, TaskState, Trigger
from ..models import Dependency, Risk, Task
from ..queries.schedule import edges_of
from ..queries.tasks import tasks_of
from .risk import Fallback, add_risk, end_risks
from .task import CHANGEABLE, add_task, drop_open_tasks

OF_RISK = (
    "title", "cause", "probability", "impact", "response", "fallback", "trigger", "alert", "trigger_event",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Laid:
    """A task to lay. ``key``: by which others say that they wait for it."""

    key: Hashable
    values: Mapping[str, Any]
    checklist: Sequence[str] = ()
    waits_for: Sequence[Hashable] = field(default_factory=tuple)


def drop_work(*, plan: Plan, at: datetime) -> None:
    """With a cancelled plan nothing of it is left to do or to watch; inside its transaction."""
    drop_open_tasks(plan=plan, at=at)
    end_risks(plan=plan, at=at)


def lay_tasks(*, plan: Plan, rows: Iterable[Laid], by: Person, at: datetime) -> int:
    """Give these tasks with what they wait for, inside the caller's transaction; return how many."""
    rows, made = list(rows), {}
    for row in rows:
        made[row.key] = add_task(plan=plan, checklist=row.checklist, by=by, at=at, **row.values)
    Dependency.objects.bulk_create(
        Dependency(before=made[before], after=made[row.key])
        for row in rows
        for before in row.waits_for
        if before in made
    )
    return len(made)


def copy_work(*, source: Plan, target: Plan, moved: timedelta, by: Person, at: datetime) -> None:
    """The tasks and the risks of a plan, for its copy; inside the transaction that copies it."""
    copy_tasks(source=source, target=target, moved=moved, by=by, at=at)
    copy_risks(source=source, target=target, moved=moved, by=by, at=at)


def copy_tasks(*, source: Plan, target: Plan, moved: timedelta, by: Person, at: datetime) -> None:
    """The same tasks, to do again, in a copied plan; inside its transaction."""
    waits: dict[int, list[int]] = {}
    for before, after in edges_of(source):
        waits.setdefault(after, []).append(before)
    tasks = tasks_of(source).exclude(state=TaskState.DROPPED).select_related("owner").order_by("pk")
    rows = [Laid(task.pk, _again(task, moved, by), _lines(task), waits.get(task.pk, ())) for task in tasks]
    lay_tasks(plan=target, rows=rows, by=by, at=at)


def copy_risks(*, source: Plan, target: Plan, moved: timedelta, by: Person, at: datetime) -> None:
    """The risks that are not closed, watched anew in a copied plan with their plan B; inside its transaction.

    What may go wrong is much the same again, and a copy without its risks forgets what was learned. What has
    fired is not said to have fired here; a day that is a trigger moves with the plan.
    """
    tomorrow = company_day(at) + timedelta(days=1)
    rows = Risk.objects.filter(plan=source).exclude(state=RiskState.CLOSED)
    for risk in rows.select_related("owner", "alert").order_by("pk"):
        values = {name: getattr(risk, name) for name in OF_RISK}
        if risk.trigger == Trigger.DATE and risk.trigger_on is not None:
            values["trigger_on"] = _not_before(risk.trigger_on + moved, tomorrow)
        plan_b = [
            Fallback(each.title, _active(each.owner, by), each.after_days, each.days, each.hours)
            for each in risk.fallback_tasks.select_related("owner").order_by("after_days", "pk")
        ]
        add_risk(
            unit=target.unit, plan=target, owner=_active(risk.owner, by), fallback_tasks=plan_b,
            review_on=_not_before(risk.review_on + moved, tomorrow), by=by, at=at, **values,
        )  # fmt: skip


def _again(task: Task, moved: timedelta, by: Person) -> dict[str, Any]:
    values = {name: getattr(task, name) for name in CHANGEABLE}
    days = {"starts_on": task.starts_on + moved, "ends_on": task.ends_on + moved}
    return values | days | {"owner": _active(task.owner, by)}


def _lines(task: Task) -> list[str]:
    return list(task.checklist.order_by("position").values_list("title", flat=True))


def _active(person: Person, by: Person) -> Person:
    return person if person.is_active else by


def _not_before(day: date, earliest: date) -> date:
    return max(day, earliest)
