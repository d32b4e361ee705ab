"""Read results, write the retrospective, close."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from remit.audit.actions import record
from remit.core.ref import Ref
from remit.org.models import Person
from remit.org.queries.today import company_day

from .. import events
from ..enums import Stage
from ..followers import followers, hindrance_to_close
from ..models import Measure, Plan, Retrospective
from ..queries.results import Read
from .dropping import drop_what_is_asked
from .plan import held_plan
from .score import score_estimates


class NotRunning(ValueError):
    """Results belong to a campaign that runs."""


class NotWhole(ValueError):
    """Something that the close asks for is missing."""


@transaction.atomic
def enter_result(*, measure: Measure, actual: Decimal, source: str, by: Person, at: datetime) -> Measure:
    """Enter the result of a measure without a metric; ``source`` says where it comes from."""
    if measure.metric:
        raise NotWhole(_("This result is read from data and never typed."))
    if not source.strip():
        raise NotWhole(_("Say where the result comes from."))
    return _keep(measure, actual, source.strip()[:200], by, at)


@transaction.atomic
def keep_results(*, plan: Plan, results: dict[int, Read], by: Person | None, at: datetime) -> int:
    """Keep what was read from data, by measure; return how many."""
    rows = plan.measures.filter(pk__in=results)
    for measure in rows:
        _keep(measure, results[measure.pk].value, results[measure.pk].source, by, at)
    return len(rows)


@transaction.atomic
def write_retrospective(
    *, plan: Plan, goal: str, result: str, causes: str, lessons: str, by: Person, at: datetime
) -> Retrospective:
    """Write it, or write it anew while the campaign is not closed."""
    plan = held_plan(plan)
    if plan.stage != Stage.RUNNING:
        raise NotRunning(_("A retrospective belongs to a campaign that runs."))
    texts = {"goal": goal, "result": result, "causes": causes, "lessons": lessons}
    texts = {name: text.strip()[:2000] for name, text in texts.items()}
    if not all(texts.values()):
        raise NotWhole(_("A retrospective has all four: goal, result, causes, lessons."))
    row, _made = Retrospective.objects.update_or_create(plan=plan, defaults={**texts, "by": by, "at": at})
    record(events.RETROSPECTIVE_WRITTEN, plan, by=by, at=at, fields={"code": plan.code})
    return row


@transaction.atomic
def close_plan(*, plan: Plan, by: Person, at: datetime) -> Plan:
    """Close it: with results of both kinds and a retrospective. A deviation still asked for is dropped."""
    drop_what_is_asked(plan=plan, by=by, at=at)
    plan = held_plan(plan)
    if plan.stage != Stage.RUNNING:
        raise NotRunning(_("Only what runs is closed."))
    if plan.ends_on >= company_day(at):
        raise NotWhole(_("It runs to its last day. To end it earlier, ask for a deviation with other days."))
    measures = list(plan.measures.all())
    kinds = {measure.kind for measure in measures if measure.actual is not None}
    if len(kinds) < 2 or any(measure.actual is None for measure in measures):
        raise NotWhole(_("Every measure of the plan needs its result, of both kinds."))
    if not Retrospective.objects.filter(plan=plan).exists():
        raise NotWhole(_("Without a retrospective nothing is closed: goal, result, causes, lessons."))
    if hindrance := hindrance_to_close(plan):
        raise NotWhole(hindrance)
    plan.stage, plan.ended_at, plan.changed_at = Stage.CLOSED, at, at
    plan.save(update_fields=["stage", "ended_at", "changed_at"])
    for follower in followers():
        follower.close(plan=plan, at=at)
    fields = {"code": plan.code, "title": plan.title, "kind": plan.kind}
    record(events.CAMPAIGN_CLOSED, plan, by=by, at=at, fields=fields)
    score_estimates(plan=plan, by=by, at=at)
    return plan


def _keep(measure: Measure, actual: Decimal, source: str, by: Person | None, at: datetime) -> Measure:
    plan = held_plan(measure.plan)
    if plan.stage != Stage.RUNNING:
        raise NotRunning(_("Results belong to a campaign that runs."))
    measure.actual, measure.source, measure.read_at = actual, source, at
    measure.save(update_fields=["actual", "source", "read_at"])
    fields = {"code": plan.code, "measure": measure.title, "actual": actual, "source": source}
    record(events.RESULT_READ, Ref("plan", plan.pk), by=by, at=at, fields=fields)
    return measure
