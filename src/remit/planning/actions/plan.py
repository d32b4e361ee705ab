"""Plan campaigns: propose, change, take along, cancel."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from remit.audit.actions import record
from remit.core.ref import Ref
from remit.governance.actions.request import content_changed, hold_requests, subject_ended
from remit.metrics.queries.definitions import catalogue
from remit.org.models import Person, Unit
from remit.org.queries.companies import books_of_units

from .. import events
from ..enums import CampaignKind, MeasureKind, Stage
from ..followers import followers
from ..models import Measure, Plan
from ..queries.budgets import money_sum
from ..queries.plans import values_of
from .dropping import drop_what_is_asked
from .objectives import Serves, lay_objectives

CHANGEABLE = (
    "title", "kind", "promotion_goal", "owner", "project", "brand", "theme", "pain_point", "evidence",
    "objective", "audience", "listed", "channels", "starts_on", "ends_on", "money",
)  # fmt: skip


class PlanCodeTaken(ValueError):
    """The unit has a plan of this code."""


class PlanUnclear(ValueError):
    """The plan contradicts itself; the message says where."""


class NotInPreparation(ValueError):
    """What was approved changes by a deviation, and what has ended not at all."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One measure of a plan, in the unit of its metric; without a metric its result is typed."""

    kind: str
    title: str
    target: Decimal
    metric: str = ""


def held_plan(plan: Plan) -> Plan:
    """The plan, locked, after its requests: always in this order."""
    hold_requests(Ref("plan", plan.pk))
    return Plan.objects.select_for_update(of=("self",)).select_related("unit", "project").get(pk=plan.pk)


@transaction.atomic
def add_plan(
    *,
    unit: Unit,
    code: str,
    by: Person,
    at: datetime,
    measures: Iterable[Judged] = (),
    objectives: Sequence[Serves] = (),
    **values: Any,
) -> Plan:
    """Propose a campaign of a unit; ``values``: any of CHANGEABLE."""
    if Plan.objects.filter(unit=unit, code=code).exists():
        raise PlanCodeTaken(_("The unit has a plan with the code %s. Choose a different one.") % code)
    plan = Plan(unit=unit, code=code, currency=_currency(unit), made_by=by, made_at=at, changed_at=at)
    for name, value in _known(values).items():
        setattr(plan, name, value)
    _require_clear(plan)
    plan.save()
    _judge_by(plan, measures)
    lay_objectives(plan, objectives, by)
    record(events.PLAN_ADDED, plan, by=by, at=at, fields={"code": code, "title": plan.title})
    return plan


@transaction.atomic
def change_plan(
    *,
    plan: Plan,
    by: Person,
    at: datetime,
    measures: Iterable[Judged] | None = None,
    objectives: Sequence[Serves] | None = None,
    **changes: Any,
) -> Plan:
    """Edit what is in preparation. What was signed of it no longer stands, in the same transaction."""
    plan = held_plan(plan)
    if plan.stage != Stage.DRAFT:
        raise NotInPreparation(_("What was approved changes by a deviation, and what has ended not at all."))
    before, had = values_of(plan), plan.money
    for name, value in _known(changes).items():
        setattr(plan, name, value)
    _require_clear(plan)
    if plan.money < had and (lacking := planned_beyond(plan, plan.money)):
        raise PlanUnclear(lacking)
    plan.changed_at = at
    plan.save()
    if measures is not None:
        plan.measures.all().delete()
        _judge_by(plan, measures)
    if objectives is not None:
        lay_objectives(plan, objectives, by)
    after = values_of(plan)
    if changed := sorted(name for name in after if after[name] != before[name]):
        plan.edited_by = sorted({*plan.edited_by, by.pk})
        plan.save(update_fields=["edited_by"])
        record(events.PLAN_CHANGED, plan, by=by, at=at, fields={"code": plan.code, "changes": changed})
        content_changed(subject=Ref("plan", plan.pk), by=by, at=at)
    return plan


@transaction.atomic
def duplicate_plan(*, plan: Plan, code: str, starts_on: date, by: Person, at: datetime) -> Plan:
    """A new plan that says the same from another day on; its owner is who takes it along.

    What follows it comes along. Who appeared in it does not: contracts and fees are agreed anew; nor whom it
    reaches by name: customers are named anew.
    """
    values = {name: getattr(plan, name) for name in CHANGEABLE}
    moved: timedelta = starts_on - plan.starts_on
    values |= {"owner": by, "listed": None, "starts_on": starts_on, "ends_on": plan.ends_on + moved}
    rows = plan.measures.order_by("pk").values_list("kind", "title", "target", "metric")
    made = add_plan(
        unit=plan.unit, code=code, by=by, at=at, measures=[Judged(*row) for row in rows], **values
    )
    for follower in followers():
        follower.copy(source=plan, target=made, moved=moved, by=by, at=at)
    return made


@transaction.atomic
def cancel_plan(*, plan: Plan, reason: str, by: Person, at: datetime) -> Plan:
    """End it without closing; what was signed of it no longer stands, and what is asked for is dropped."""
    drop_what_is_asked(plan=plan, by=by, at=at)
    plan = held_plan(plan)
    if plan.stage in (Stage.CLOSED, Stage.CANCELLED):
        raise NotInPreparation(_("This has ended and stays as it is."))
    reason = reason.strip()[:300]
    if not reason:
        raise PlanUnclear(_("Say why it is cancelled."))
    plan.stage, plan.ended_at, plan.end_reason, plan.changed_at = Stage.CANCELLED, at, reason, at
    plan.save(update_fields=["stage", "ended_at", "end_reason", "changed_at"])
    subject_ended(subject=Ref("plan", plan.pk), by=by, at=at)
    for follower in followers():
        follower.cancel(plan=plan, at=at)
    record(events.PLAN_CANCELLED, plan, by=by, at=at, fields={"code": plan.code, "reason": reason})
    return plan


def planned_beyond(plan: Plan, money: Decimal) -> str:
    """Why the campaign cannot get so little: its tasks, or those who appear in it, are to cost more.
    Empty where it can.
    """
    fees = plan.engagements.aggregate(sum=money_sum("fee"))["sum"] or Decimal(0)
    cost = max([fees, *(each.cost(plan) for each in followers())])
    if money >= cost:
        return ""
    said = _("%s are planned for its tasks or for those who appear in it: lower that first (H4.1.2).")
    return said % f"{cost:,.2f} {plan.currency}"


def _known(values: Mapping[str, Any]) -> Mapping[str, Any]:
    if unknown := sorted(set(values) - set(CHANGEABLE)):
        raise TypeError(f"A plan has no changeable field {', '.join(unknown)}.")
    return values


def _currency(unit: Unit) -> str:
    books = Unit.objects.get(pk=books_of_units()[unit.pk])
    if not books.currency:
        raise PlanUnclear(
            _("%s lies below no company that keeps books. Plan the campaign of a company.") % unit
        )
    return str(books.currency)


def _require_clear(plan: Plan) -> None:
    if plan.ends_on < plan.starts_on:
        raise PlanUnclear(_("The campaign ends before it starts."))
    if plan.money < 0:
        raise PlanUnclear(_("Money is nothing or more."))
    if plan.kind != CampaignKind.PROMOTION and plan.promotion_goal:
        raise PlanUnclear(_("Only a promotion says what the promotion is for."))
    if not plan.title.strip():
        raise PlanUnclear(_("Give the campaign a title."))


def _judge_by(plan: Plan, measures: Iterable[Judged]) -> None:
    known = catalogue()
    rows = list(measures)
    titles = [row.title for row in rows]
    if twice := next((title for title in titles if titles.count(title) > 1), None):
        raise PlanUnclear(_("The measure “%s” is there twice.") % twice)
    for row in rows:
        if row.metric and row.metric not in known:
            raise PlanUnclear(_("There is no metric “%s”.") % row.metric)
        Measure.objects.create(
            plan=plan, kind=MeasureKind(row.kind), title=row.title[:120], metric=row.metric, target=row.target
        )
