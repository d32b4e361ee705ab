"""Risks as the matrix, the watch and day pages read them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from remit.audit.models import Event
from remit.core.ref import Ref
from remit.governance.models import Request
from remit.metrics.models import AlertFiring
from remit.org.models import Person
from remit.planning.enums import Stage
from remit.planning.models import Deviation, Plan

from ..enums import RiskState, Trigger, TriggerEvent
from ..models import Risk, Task

HIGH, MIDDLE = 15, 8  # scores from which a cell is dark and half-dark
NAMES = {
    "planning.task.slipped": TriggerEvent.TASK_SLIPPED,
    "planning.deviation.requested": TriggerEvent.DEVIATION,
    "governance.request.returned": TriggerEvent.RETURNED,
    "governance.request.refused": TriggerEvent.RETURNED,
    "lake.import.failed": TriggerEvent.IMPORT_FAILED,
    "org.person.left": TriggerEvent.PERSON_LEFT,
}
OF_EVERYBODY = (TriggerEvent.IMPORT_FAILED, TriggerEvent.PERSON_LEFT)


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """How many risks have this rating."""

    probability: int
    impact: int
    count: int

    @property
    def key(self) -> str:
        """What the filter of the list calls it."""
        return f"{self.probability}-{self.impact}"

    @property
    def tone(self) -> str:
        score = self.probability * self.impact
        return "high" if score >= HIGH else "middle" if score >= MIDDLE else "low"


def matrix_of(risks: QuerySet[Risk]) -> list[list[MatrixCell]]:
    """Rows from the most probable down; in each, impact from 1 to 5. One query."""
    rows = risks.order_by().values_list("probability", "impact").annotate(Count("pk"))
    counts = {(probability, impact): count for probability, impact, count in rows}
    return [
        [MatrixCell(p, impact, counts.get((p, impact), 0)) for impact in range(1, 6)] for p in range(5, 0, -1)
    ]


def due_by_date(on: date) -> QuerySet[Risk]:
    """Watched risks whose day has come."""
    return Risk.objects.filter(state=RiskState.WATCHED, trigger=Trigger.DATE, trigger_on__lte=on)


def due_by_figure() -> QuerySet[Risk]:
    """Watched risks whose alert is in breach: since they are watched, or from the beginning on."""
    breach = AlertFiring.objects.filter(alert=OuterRef("alert"), cleared_at=None)
    since = breach.filter(fired_at__gt=OuterRef("watched_since"))
    rows = Risk.objects.filter(state=RiskState.WATCHED, trigger=Trigger.METRIC, alert__retired_at=None)
    return rows.filter(Exists(since) | Q(made_at=F("watched_since")) & Exists(breach)).select_related("alert")


def due_by_event(event: Event) -> list[Risk]:
    """Watched risks that a recorded event fires: those of its plan, or all of what concerns everybody."""
    kind = NAMES.get(event.name)
    if kind is None:
        return []
    rows = Risk.objects.filter(
        state=RiskState.WATCHED, trigger=Trigger.EVENT, trigger_event=kind, watched_since__lt=event.at
    )
    if kind not in OF_EVERYBODY:
        rows = rows.filter(plan=_plan_of(event), plan__isnull=False)
    return list(rows)


def to_review(on: date, owners: Iterable[Person] | None = None) -> QuerySet[Risk]:
    """Watched risks whose day to look again has come."""
    rows = Risk.objects.filter(state=RiskState.WATCHED, review_on__lte=on).select_related("owner", "unit")
    return rows if owners is None else rows.filter(owner__in=owners)


def risks_of(plan: Plan) -> list[Risk]:
    """Those of a plan that are not closed, the gravest first; of one that has ended all."""
    rows = Risk.objects.filter(plan=plan)
    if plan.stage not in (Stage.CLOSED, Stage.CANCELLED):
        rows = rows.exclude(state=RiskState.CLOSED)
    return sorted(rows, key=lambda risk: (-risk.score, risk.pk))


def _plan_of(event: Event) -> int | None:
    ref = Ref.parse(event.subject) if event.subject else None
    if ref is not None and ref.kind == "request":
        about = Request.objects.filter(pk=ref.id).values_list("subject", flat=True).first()
        ref = Ref.parse(about) if about else None
    if ref is None:
        return None
    if ref.kind == "plan":
        return ref.id
    if ref.kind == "task":
        return Task.objects.filter(pk=ref.id).values_list("plan", flat=True).first()
    if ref.kind == "deviation":
        return Deviation.objects.filter(pk=ref.id).values_list("plan", flat=True).first()
    return None
