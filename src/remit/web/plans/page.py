"""A campaign's whole line: what is done, who owes the next step, and what the rules say."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from remit.core.ref import Ref
from remit.execution.queries.risks import risks_of
from remit.execution.queries.tasks import standing_of
from remit.execution.template_rules import can_take_template
from remit.goals.rules import goals_visible_to
from remit.governance.kinds import kind_of
from remit.governance.models import Request
from remit.governance.queries.requests import requests_about, signed_in
from remit.governance.queries.rounds import living_request
from remit.governance.rules import requests_visible_to
from remit.metrics.queries.definitions import catalogue
from remit.org.models import Person
from remit.org.queries.today import today
from remit.planning.creator_rules import can_engage, creators_visible_to
from remit.planning.models import Estimate, Measure, Plan
from remit.planning.queries.creators import engaged_in
from remit.planning.queries.objectives import objectives_shown
from remit.planning.queries.plans import shares_add_up, values_of
from remit.planning.rules import (
    can_ask_deviation,
    can_cancel,
    can_change_plan,
    can_close,
    can_drop_deviation,
    can_estimate,
    can_evaluate,
    can_launch,
    can_plan_in,
    plans_visible_to,
)

from .. import numbers
from ..approvals.content import changed_lines, lines_of
from ..creators.forms import EngageForm
from ..who import who
from .around import around
from .forms import CancelForm, CopyForm, EstimateForm, ResultForm, RetrospectiveForm
from .line import line_of
from .offering import KeepForm, TakeForm


@require_GET
def page(request: HttpRequest, campaign_plan_id: int) -> HttpResponse:
    """One campaign from the proposal to the close."""
    return show(request, found(request, campaign_plan_id))


def found(request: HttpRequest, campaign_plan_id: int) -> Plan:
    """The plan, if the person may see it."""
    rows = plans_visible_to(who(request)).select_related(
        "unit", "owner", "project", "campaign", "launched_by"
    )
    return get_object_or_404(rows, pk=campaign_plan_id)


def show(request: HttpRequest, plan: Plan, **more: Any) -> HttpResponse:
    """The page; 422 when a form comes back with errors."""
    return render(
        request, "plans/plan.html", context_of(plan, who(request)) | more, status=422 if more else 200
    )


def context_of(plan: Plan, person: Person) -> dict[str, Any]:
    """All that the page and the document show."""
    at = timezone.now()
    approval = living_request("campaign", Ref("plan", plan.pk))
    kind = kind_of("campaign")
    values = values_of(plan)
    measures = [_judged(plan, measure) for measure in plan.measures.order_by("-kind", "pk")]
    return {
        "plan": plan, "on": today(), "approval": approval, "line": line_of(plan, approval, person),
        "lines": lines_of(kind, {**values, "measures": [], "objectives": [], "title": ""}),
        "measures": measures, "has_metrics": any(row.measure.metric for row in measures),
        "estimates": [_estimated(row) for row in plan.estimates.select_related("by").order_by("-at", "-pk")],
        "deviations": _deviations(plan, person), "objectives": objectives_shown(plan),
        "seen_goals": _goals_seen(plan, person),
        "shares_add_up": shares_add_up(plan), "retrospective": getattr(plan, "retrospective", None),
        "may_change": can_change_plan(person, plan), "may_estimate": can_estimate(person, plan),
        "may_launch": can_launch(person, plan), "may_deviate": can_ask_deviation(person, plan),
        "may_evaluate": can_evaluate(person, plan), "may_close": can_close(person, plan),
        "may_cancel": can_cancel(person, plan), "may_copy": can_plan_in(person, plan.unit),
        "standing": standing_of(plan, today()), "risks": risks_of(plan), **_appearing(plan, person),
        "estimating": EstimateForm(), "copying": CopyForm(),
        "keeping": KeepForm(initial={"name": plan.title}),
        "taking": TakeForm(by=person, plan=plan) if can_take_template(person, plan) else None,
        "cancelling": CancelForm(), "looking_back": _looking_back(plan), "at": at,
        **around(plan, approval, person, at),
    }  # fmt: skip


def _appearing(plan: Plan, person: Person) -> dict[str, Any]:
    """Who appears in it, which of them the person may open, and the form that adds one."""
    may = bool(can_engage(person, plan))
    seen = creators_visible_to(person)
    return {
        "engaged": engaged_in(plan), "may_engage": may,
        "seen_creators": set(seen.filter(engagements__plan=plan).values_list("pk", flat=True)),
        "appearing": EngageForm(by=person) if may and seen.exists() else None,
    }  # fmt: skip


def _goals_seen(plan: Plan, person: Person) -> set[int]:
    """Of the goals that it serves those whose pages the person may open."""
    served = goals_visible_to(person).filter(pk__in=plan.objectives.values("goal"))
    return set(served.values_list("pk", flat=True))


def _looking_back(plan: Plan) -> RetrospectiveForm:
    row = getattr(plan, "retrospective", None)
    names = ("goal", "result", "causes", "lessons")
    return RetrospectiveForm(
        initial={name: getattr(row, name) for name in names} if row else {"goal": plan.objective}
    )


@dataclass(frozen=True, slots=True)
class JudgedLine:
    """A measure with its figures as they are written. ``is_good``: none without a result."""

    measure: Measure
    target: str
    actual: str
    is_good: bool | None
    form: ResultForm


def result_form(measure: Measure, data: Any = None) -> ResultForm:
    """The form of one measure's result; its ids carry the measure, since several stand on one page."""
    return ResultForm(data, auto_id=f"result_{measure.pk}_%s")


def _judged(plan: Plan, measure: Measure) -> JudgedLine:
    metric = catalogue().get(measure.metric)
    unit = str(metric.unit) if metric else ""
    falls = metric is not None and str(metric.better) == "down"
    good = None
    if measure.actual is not None:
        good = measure.actual <= measure.target if falls else measure.actual >= measure.target
    target, actual = _written(measure.target, unit, plan), _written(measure.actual, unit, plan)
    return JudgedLine(measure, target, actual, good, result_form(measure))


def _written(value: Decimal | None, unit: str, plan: Plan) -> str:
    return numbers.figure(value, unit, currency=plan.currency, brief=False)


def _estimated(row: Estimate) -> dict[str, Any]:
    parts = (row.conversion_low, row.conversion, row.conversion_high)
    return {
        "row": row,
        "brings": [row.brings(part) for part in parts],
        "roi": [row.roi(part) for part in parts],
    }


def _deviations(plan: Plan, person: Person) -> list[dict[str, Any]]:
    kind = kind_of("campaign")
    rows = list(plan.deviations.select_related("by", "plan__unit").order_by("-at", "-pk"))
    requests: dict[str, Request] = {
        each.subject: each for each in requests_about([Ref("deviation", row.pk) for row in rows], "deviation")
    }
    signed = signed_in(requests_visible_to(person).filter(pk__in=[each.pk for each in requests.values()]))
    of = {subject: signed.get(each.pk, []) for subject, each in requests.items()}
    return [
        {
            "row": row,
            "signatures": of.get(str(Ref("deviation", row.pk)), []),
            "lines": changed_lines(
                kind, {name: tuple(pair) for name, pair in row.changes.items()}, {"currency": plan.currency}
            ),
            "request": requests.get(str(Ref("deviation", row.pk))),
            "may_drop": can_drop_deviation(person, row),
        }
        for row in rows
    ]
