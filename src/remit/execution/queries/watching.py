"""What a report says of a unit and everything below it, read at one moment."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import F, Q

from remit.core.period import Period, parse_period
from remit.duties.enums import State
from remit.duties.models import Occurrence
from remit.duties.queries.handbook import titles_of
from remit.governance.enums import ActionState
from remit.governance.models import MeetingAction
from remit.governance.queries.contents import open_findings_below
from remit.governance.queries.inbox import open_steps
from remit.metrics.engine.errors import CannotAnswer
from remit.metrics.engine.question import Question
from remit.metrics.models import AlertFiring, Target
from remit.metrics.queries import ask, catalogue
from remit.org.models import Unit
from remit.org.queries.companies import books_of_units
from remit.org.queries.scopes import within
from remit.org.queries.today import company_day
from remit.planning.enums import DeviationState, Stage
from remit.planning.models import Budget, Deviation, Plan
from remit.planning.queries.budgets import with_sums
from remit.planning.queries.results import result_over

from ..watching import FIGURES, LOOKS_BACK_DAYS, SECTIONS, SPAN

WORDS_MOST = 6  # of a content in a report
ROWS_MOST = 12  # of a section; the rest is counted

type Rows = list[dict[str, Any]]


def content_of(unit: Unit, kind: str, on: date, at: datetime) -> dict[str, Any]:
    """Each section of a kind: its rows, and how many more there are."""
    readers: dict[str, Callable[[], Rows]] = {
        "figures": lambda: _figures(unit, kind),
        "targets": lambda: _targets(unit),
        "plans": lambda: _plans(unit, on),
        "pending": lambda: _pending(unit, at),
        "deviations": lambda: _deviations(unit, at - timedelta(days=LOOKS_BACK_DAYS[kind])),
        "budgets": lambda: _budgets(unit, on),
        "duties": lambda: _duties(unit, at),
        "alerts": lambda: _alerts(unit),
        "actions": lambda: _actions(unit, on),
        "content": lambda: _content(unit),
    }
    found: dict[str, Any] = {}
    for name in SECTIONS[kind]:
        rows = readers[name]()
        found[name] = {"rows": rows[:ROWS_MOST], "more": max(0, len(rows) - ROWS_MOST)}
    return found


def _figures(unit: Unit, kind: str) -> Rows:
    """Over the last days that have data, beside those before; money in the currency of the unit's books.

    A unit without books of its own has a row for each currency below it, which is never left out.
    """
    known, currency = catalogue(), _currency(unit)
    rows = []
    for name in FIGURES[kind]:
        metric = known.get(name)
        question = Question(
            metrics=(name,), scope=within([unit]), period=parse_period(SPAN[kind]), compare="previous",
            currency=currency or None,
        )  # fmt: skip
        try:
            (answer,) = ask(question)
        except CannotAnswer:
            continue
        if metric is None or name not in answer.names:
            continue
        column = answer.columns[answer.names.index(name)]
        rows += [
            {
                "title": _text(metric.title), "unit": str(metric.unit), "better": str(metric.better),
                "value": str(row[name]), "before": _plain(row.get(f"{name}_before")),
                "currency": str(row.get("currency") or column.currency or currency),
                "split": "currency" in row,
                "period": _days(answer.period), "until": str(answer.last_day or ""),
            }
            for row in answer.dicts()
            if row[name] is not None
        ]  # fmt: skip
    return rows


def _targets(unit: Unit) -> Rows:
    """Targets of the unit and below whose days are not over by the data, and the ten that ended last."""
    known, rows = catalogue(), []
    wanted = Target.objects.filter(_below(unit)).select_related("unit", "owner").order_by("-last", "metric")
    for target in wanted[:10]:
        metric = known.get(target.metric)
        question = Question(
            metrics=(target.metric,), scope=within([target.unit]), period=Period(target.first, target.last),
            currency=target.currency or None,
        )  # fmt: skip
        try:
            (answer,) = ask(question)
        except CannotAnswer:
            continue
        if metric is None or len(answer.rows) != 1 or (value := answer.value(target.metric)) is None:
            continue
        rows.append({
            "title": _text(metric.title), "unit": str(metric.unit), "better": str(metric.better),
            "value": str(value), "target": str(target.value), "currency": target.currency,
            "period": [str(target.first), str(target.last)], "who": _both(target.owner),
            "where": _both(target.unit),
        })  # fmt: skip
    return rows


def _plans(unit: Unit, on: date) -> Rows:
    """Campaigns that wait for their launch or run: time gone, how measures stand, who owes the next step."""
    running = Plan.objects.filter(_below(unit), stage__in=[Stage.APPROVED, Stage.RUNNING])
    asked = set(Deviation.objects.filter(state=DeviationState.ASKED).values_list("plan_id", flat=True))
    rows = []
    for plan in running.select_related("unit", "owner", "campaign").order_by("ends_on", "pk"):
        whole = (plan.ends_on - plan.starts_on).days + 1
        gone = min(max((on - plan.starts_on).days, 0), whole)
        rows.append({
            "ref": f"plan:{plan.pk}", "title": plan.title, "who": _both(plan.owner),
            "ends_on": str(plan.ends_on),
            "stage": plan.stage, "elapsed": str(Decimal(gone) / whole), "measures": _measures(plan, on),
            "next": _next(plan, on, plan.pk in asked),
        })  # fmt: skip
    return rows


def _next(plan: Plan, on: date, deviates: bool) -> str:
    if deviates:
        return "deviation"
    if plan.stage == Stage.APPROVED:
        return "launch"
    return "close" if on > plan.ends_on else "run"


def _measures(plan: Plan, on: date) -> Rows:
    """Of a campaign that has begun: each measure that a metric reads, over the days gone."""
    if plan.stage != Stage.RUNNING or on <= plan.starts_on:
        return []
    known, rows = catalogue(), []
    period = Period(plan.starts_on, min(on - timedelta(days=1), plan.ends_on))
    for measure in plan.measures.exclude(metric="").order_by("-kind", "pk"):
        read, metric = result_over(plan, measure, period), known.get(measure.metric)
        if read is not None and metric is not None:
            rows.append({
                "title": measure.title, "unit": str(metric.unit), "value": str(read.value),
                "target": str(measure.target), "currency": plan.currency,
            })  # fmt: skip
    return rows


def _pending(unit: Unit, at: datetime) -> Rows:
    steps = open_steps().filter(round__request__unit__path__startswith=unit.path)
    return [
        {
            "ref": f"request:{step.round.request_id}", "title": step.round.request.title,
            "kind": step.round.request.kind,
            "since": str(company_day(step.opened_at)) if step.opened_at else "",
            "who": _both(step.position) if step.position else _both(step.round.request.unit),
            "due": str(company_day(step.due_at)) if step.due_at else "",
            "late": step.due_at is not None and step.due_at <= at,
        }
        for step in steps.order_by(F("due_at").asc(nulls_last=True), "pk")
    ]  # fmt: skip


def _deviations(unit: Unit, since: datetime) -> Rows:
    wanted = Q(state=DeviationState.ASKED) | Q(state=DeviationState.APPLIED, applied_at__gte=since)
    rows = Deviation.objects.filter(wanted, plan__unit__path__startswith=unit.path)
    return [
        {
            "ref": f"plan:{row.plan_id}", "title": row.plan.title, "reason": row.reason, "state": row.state,
            "who": _both(row.by), "money": row.changes.get("money"), "currency": row.plan.currency,
        }
        for row in rows.select_related("plan", "by").order_by("-at", "-pk")
    ]  # fmt: skip


def _budgets(unit: Unit, on: date) -> Rows:
    """Of the unit and below, on this day: granted, released, committed, spent, beyond."""
    current = Budget.objects.filter(_below(unit), starts_on__lte=on, ends_on__gte=on)
    rows: list[Any] = list(with_sums(current).select_related("unit").order_by("-total"))
    names = ("granted", "released", "committed", "spent", "overrun")
    return [
        {
            "ref": f"budget:{row.pk}", "title": row.title, "currency": row.currency, "total": str(row.total),
            **{name: str(getattr(row, f"all_{name}")) for name in names},
        }
        for row in rows
    ]  # fmt: skip


def _duties(unit: Unit, at: datetime) -> Rows:
    """Overdue, the longest first."""
    rows = Occurrence.objects.filter(
        state=State.OPEN, due_at__lte=at, charge__unit__path__startswith=unit.path
    ).select_related("charge__duty", "charge__unit")
    found = list(rows.order_by("due_at", "pk")[:200])
    versions = {one.version_id for one in found[:ROWS_MOST]}
    zh, en = titles_of(versions, "zh-hant"), titles_of(versions, "en")
    return [
        {
            "ref": f"occurrence:{one.pk}", "code": one.charge.duty.code, "due": str(one.due_on),
            "title": {"zh": zh.get(one.version_id, ""), "en": en.get(one.version_id, "")},
            "where": _both(one.charge.unit),
        }
        for one in found
    ]  # fmt: skip


def _alerts(unit: Unit) -> Rows:
    rows = AlertFiring.objects.filter(
        alert__unit__path__startswith=unit.path, alert__retired_at=None, cleared_at=None
    ).select_related("alert__owner", "alert__unit")
    return [
        {
            "ref": f"alert:{row.alert_id}", "title": row.alert.title, "part": row.part,
            "since": str(company_day(row.fired_at)),
            "who": _both(row.alert.owner), "where": _both(row.alert.unit),
        }
        for row in rows.order_by("-fired_at", "-pk")
    ]  # fmt: skip


def _actions(unit: Unit, on: date) -> Rows:
    """Of meetings, past their day."""
    rows = MeetingAction.objects.filter(
        state=ActionState.OPEN, due_on__lt=on, meeting__unit__path__startswith=unit.path
    ).select_related("owner", "meeting")
    return [
        {
            "ref": f"meeting:{row.meeting_id}", "title": row.title, "who": _both(row.owner),
            "due": str(row.due_on), "meeting": row.meeting.title,
        }
        for row in rows.order_by("due_on", "pk")
    ]  # fmt: skip


def _content(unit: Unit) -> Rows:
    """Live content with open findings of screening: how many, how grave, since when, whose; stops first."""
    rows: dict[int, dict[str, Any]] = {}
    for one in open_findings_below(unit):
        row = rows.setdefault(one.content_id, {
            "ref": f"contentitem:{one.content_id}", "title": one.content.title, "words": [], "count": 0,
            "severity": one.severity, "who": _both(one.content.owner), "where": _both(one.content.unit),
            "since": "",
        })  # fmt: skip
        row["count"] += 1
        row["since"] = min(filter(None, (row["since"], str(company_day(one.found_at)))))
        row["words"] = [*row["words"], one.words][:WORDS_MOST]
    return list(rows.values())


def _below(unit: Unit) -> Q:
    return Q(unit__path__startswith=unit.path)


def _currency(unit: Unit) -> str:
    books = Unit.objects.filter(pk=books_of_units()[unit.pk]).values_list("currency", flat=True).first()
    return str(books or "")


def _text(text: Any) -> dict[str, str]:
    return {"zh": text.say("zh-hant"), "en": text.say("en")}


def _both(thing: Any) -> dict[str, str]:
    return {"zh": str(thing.title("zh-hant")), "en": str(thing.title("en"))}


def _plain(value: Any) -> str:
    return "" if value is None else str(value)


def _days(period: Period | None) -> list[str]:
    return [str(period.first), str(period.last)] if period else []
