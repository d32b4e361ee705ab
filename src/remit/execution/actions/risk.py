"""Risks: register them, look at them again, let them fire, watch on, close."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from remit.audit.actions import record
from remit.notices.actions import notify
from remit.org.models import Person
from remit.org.queries.today import company_day
from remit.planning.enums import Stage
from remit.planning.models import Plan

from .. import events
from ..enums import RiskState, Trigger
from ..models import FallbackTask, Risk, RiskReview
from .task import add_task

CHANGEABLE = (
    "title", "plan", "cause", "probability", "impact", "owner", "response", "fallback", "trigger", "alert",
    "trigger_on", "trigger_event", "review_on",
)  # fmt: skip
FALLBACK_MOST = 12


class RiskUnclear(ValueError):
    """The risk contradicts itself; the message says where."""


class NotWatched(ValueError):
    """It has fired, or was closed."""


@dataclass(frozen=True, slots=True)
class Fallback:
    """One task of plan B: ``after_days`` after it fires, ``days`` long."""

    title: str
    owner: Person
    after_days: int
    days: int
    hours: Decimal = Decimal(0)


@transaction.atomic
def add_risk(
    *, unit: Any, by: Person, at: datetime, fallback_tasks: Iterable[Fallback] = (), **values: Any
) -> Risk:
    """Register a risk; ``values``: any of CHANGEABLE."""
    risk = Risk(unit=unit, made_by=by, made_at=at, watched_since=at, **_known(values))
    _require_clear(risk, fallback_tasks := list(fallback_tasks))
    _require_to_come(risk.review_on, at)
    risk.save()
    _plan_b(risk, fallback_tasks)
    record(events.RISK_ADDED, risk, by=by, at=at, fields={"title": risk.title, "score": risk.score})
    if risk.owner_id != by.pk:
        notify(
            people=[risk.owner], text=gettext_noop("%(by)s made you the owner of a risk: %(subject)s."),
            fields={"by": by}, subject=risk, key=f"risk:{risk.pk}", by=by, at=at,
        )  # fmt: skip
    return risk


@transaction.atomic
def change_risk(
    *, risk: Risk, by: Person, at: datetime, fallback_tasks: Iterable[Fallback] | None = None, **changes: Any
) -> Risk:
    """Change it while it is watched. A review that is overdue may stay so; a new day for it is to come."""
    risk = _held(risk, RiskState.WATCHED)
    if changes.get("review_on", risk.review_on) != risk.review_on:
        _require_to_come(changes["review_on"], at)
    for name, value in _known(changes).items():
        setattr(risk, name, value)
    rows = list(fallback_tasks) if fallback_tasks is not None else None
    _require_clear(risk, rows if rows is not None else list(risk.fallback_tasks.all()))
    risk.save()
    if rows is not None:
        risk.fallback_tasks.filter(task=None).delete()
        _plan_b(risk, rows)
    fields = {"title": risk.title, "changes": sorted(changes)}
    record(events.RISK_CHANGED, risk, by=by, at=at, fields=fields)
    return risk


@transaction.atomic
def review_risk(
    *, risk: Risk, probability: int, impact: int, review_on: date, by: Person, at: datetime, note: str = ""
) -> RiskReview:
    """Look at it again: rate it anew, and say when the next time is."""
    risk = _held(risk, RiskState.WATCHED)
    if review_on <= company_day(at):
        raise RiskUnclear(_("The next look lies in the future."))
    risk.probability, risk.impact, risk.review_on = probability, impact, review_on
    risk.save(update_fields=["probability", "impact", "review_on"])
    row = RiskReview.objects.create(
        risk=risk, probability=probability, impact=impact, note=note.strip()[:600], by=by, at=at
    )
    fields = {"title": risk.title, "score": risk.score, "note": row.note}
    record(events.RISK_REVIEWED, risk, by=by, at=at, fields=fields)
    return row


@transaction.atomic
def fire_risk(*, risk: Risk, reason: str, by: Person | None, at: datetime) -> Risk:
    """It happens: the tasks of plan B are created in its plan, and its people are told. Once."""
    risk = _held(risk, RiskState.WATCHED)
    reason = reason.strip()[:300]
    if not reason:
        raise RiskUnclear(_("Say what happened."))
    risk.state, risk.fired_at, risk.fired_by, risk.fired_reason = RiskState.FIRED, at, by, reason
    risk.save(update_fields=["state", "fired_at", "fired_by", "fired_reason"])
    made = _carry_out(risk, by or risk.owner, at)
    fields = {"title": risk.title, "reason": reason, "tasks": made}
    record(events.RISK_FIRED, risk, by=by, at=at, fields=fields)
    people = [risk.owner, *([risk.plan.owner] if risk.plan else [])]
    notify(
        people=people, text=gettext_noop("A risk has come true: %(subject)s. %(reason)s"),
        fields={"reason": reason}, subject=risk, key=f"risk-fired:{risk.pk}:{at:%Y%m%d%H%M%S}", by=by, at=at,
    )  # fmt: skip
    return risk


@transaction.atomic
def watch_again(*, risk: Risk, review_on: date, by: Person, at: datetime) -> Risk:
    """After it has fired: watch on. What its trigger saw before does not fire it again.

    When it happens again, plan B is made again, but for what of it is still being done.
    """
    risk = _held(risk, RiskState.FIRED)
    if risk.plan is not None and risk.plan.stage in (Stage.CLOSED, Stage.CANCELLED):
        raise NotWatched(_("Its campaign has ended: nothing of it is watched any more (H4.3.2)."))
    if review_on <= company_day(at):
        raise RiskUnclear(_("The next look lies in the future."))
    if risk.trigger == Trigger.DATE and risk.trigger_on and risk.trigger_on <= company_day(at):
        risk.trigger, risk.trigger_on = Trigger.HAND, None
    risk.state, risk.watched_since, risk.review_on = RiskState.WATCHED, at, review_on
    risk.save(update_fields=["state", "watched_since", "review_on", "trigger", "trigger_on"])
    risk.fallback_tasks.filter(task__ended_at__isnull=False).update(task=None)
    record(events.RISK_WATCHED, risk, by=by, at=at, fields={"title": risk.title})
    return risk


@transaction.atomic
def close_risk(*, risk: Risk, by: Person, at: datetime) -> Risk:
    """It can no longer happen, or is dealt with."""
    risk = _held(risk, RiskState.WATCHED, RiskState.FIRED)
    risk.state, risk.closed_at = RiskState.CLOSED, at
    risk.save(update_fields=["state", "closed_at"])
    record(events.RISK_CLOSED, risk, by=by, at=at, fields={"title": risk.title})
    return risk


def end_risks(*, plan: Plan, at: datetime) -> None:
    """With a plan that has ended nothing of it is watched any more; inside its transaction."""
    rows = Risk.objects.filter(plan=plan, state=RiskState.WATCHED)
    rows.update(state=RiskState.CLOSED, closed_at=at)


def remind_of_review(*, risk: Risk, at: datetime) -> None:
    """Tell its owner, once a date, that it is time to look at it again."""
    notify(
        people=[risk.owner], text=gettext_noop("A risk is to be looked at again: %(subject)s."),
        subject=risk, key=f"risk-review:{risk.pk}:{risk.review_on.isoformat()}", at=at,
    )  # fmt: skip


def _held(risk: Risk, *states: RiskState) -> Risk:
    risk = Risk.objects.select_for_update(of=("self",)).select_related("owner", "unit").get(pk=risk.pk)
    if risk.state not in states:
        raise NotWatched(_("This risk is no longer at that point; look at it again."))
    return risk


def _carry_out(risk: Risk, by: Person, at: datetime) -> int:
    if risk.plan is None or risk.plan.stage in (Stage.CLOSED, Stage.CANCELLED):
        return 0
    today, made = company_day(at), 0
    for row in risk.fallback_tasks.filter(task=None).select_related("owner").order_by("after_days", "pk"):
        first = today + timedelta(days=row.after_days)
        row.task = add_task(
            plan=risk.plan, title=row.title, owner=row.owner if row.owner.is_active else risk.owner,
            hours=row.hours, starts_on=first,
            ends_on=first + timedelta(days=row.days - 1), detail=_("Plan B of the risk “%s”") % risk.title,
            by=by, at=at,
        )  # fmt: skip
        row.save(update_fields=["task"])
        made += 1
    return made


def _plan_b(risk: Risk, rows: Iterable[Fallback]) -> None:
    FallbackTask.objects.bulk_create(
        FallbackTask(
            risk=risk, title=row.title[:160], owner=row.owner, after_days=row.after_days, days=row.days,
            hours=row.hours,
        )
        for row in rows
    )  # fmt: skip


def _known(values: Mapping[str, Any]) -> Mapping[str, Any]:
    if unknown := sorted(set(values) - set(CHANGEABLE)):
        raise TypeError(f"A risk has no changeable field {', '.join(unknown)}.")
    return values


def _require_to_come(review_on: date, at: datetime) -> None:
    if review_on < company_day(at):
        raise RiskUnclear(_("The day to look at it again is past: choose today or a later day."))


def _require_clear(risk: Risk, rows: list[Any]) -> None:
    if not risk.title.strip() or not risk.response.strip():
        raise RiskUnclear(_("A risk has a title, and says what is done about it (H4.3.2)."))
    missing = {
        Trigger.METRIC: risk.alert is None,
        Trigger.DATE: risk.trigger_on is None,
        Trigger.EVENT: not risk.trigger_event,
    }
    if missing.get(Trigger(risk.trigger)):
        raise RiskUnclear(_("Say what its trigger watches: an alert, a day or an event."))
    if rows and risk.plan is None:
        raise RiskUnclear(_("Tasks of plan B are made in a campaign: name the campaign."))
    if len(rows) > FALLBACK_MOST:
        raise RiskUnclear(_("Plan B has %d tasks at most.") % FALLBACK_MOST)
