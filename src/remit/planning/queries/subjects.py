"""What the policies read of plans and deviations, and what is signed of them."""

from remit.core.ref import Ref
from remit.governance.kinds import Subject
from remit.org.queries.organisation import heads_of, organisation_on
from remit.org.queries.today import today

from ..models import Deviation, Plan, Release
from .plans import is_within_limit, leads_for, shares_add_up, signed_values


def read_plan(ref: Ref) -> Subject:
    """A plan as its request sees it."""
    plan = Plan.objects.select_related("unit", "project").get(pk=ref.id)
    return Subject(
        title=plan.title,
        unit=plan.unit_id,
        facts={
            "kind": plan.kind,
            "promotion_goal": plan.promotion_goal,
            "money": plan.money,
            "currency": plan.currency,
            "brand": plan.brand,
            "starts_on": plan.starts_on,
            "ends_on": plan.ends_on,
            "within_limit": is_within_limit(plan, today()),
            "has_pain_point": bool(plan.pain_point.strip() and plan.evidence.strip()),
            "has_objective": bool(plan.objective.strip()),
            "has_project": plan.project is not None,
            "serves_goal": plan.objectives.exists(),
            "shares_add_up": shares_add_up(plan),
            "measures": sorted(set(plan.measures.values_list("kind", flat=True))),
        },
        content=signed_values(plan),
        roles=_roles(plan),
        own=(plan.owner_id, plan.made_by_id, *plan.edited_by),
    )


def read_deviation(ref: Ref) -> Subject:
    """A deviation as its request sees it."""
    asked = Deviation.objects.select_related("plan__unit", "plan__project").get(pk=ref.id)
    plan = asked.plan
    was, now = asked.changes.get("money", [str(plan.money), str(plan.money)])
    return Subject(
        title=plan.title,
        unit=plan.unit_id,
        facts={
            "kind": plan.kind,
            "money_before": float(was),
            "money_after": float(now),
            "currency": plan.currency,
            "changes": sorted(asked.changes),
            "is_running": plan.launched_at is not None,
        },
        content={
            "plan": plan.title,
            "unit": plan.unit.code,
            "reason": asked.reason,
            "changes": asked.changes,
            "currency": plan.currency,
        },
        roles=_roles(plan),
        own=(plan.owner_id, asked.by_id),
    )


def read_release(ref: Ref) -> Subject:
    """A release from a line's reserve as its request sees it."""
    asked = Release.objects.select_related("line__budget__unit").get(pk=ref.id)
    line, budget = asked.line, asked.line.budget
    return Subject(
        title=line.title,
        unit=budget.unit_id,
        facts={
            "amount": float(asked.amount),
            "currency": budget.currency,
            "reserve": float(line.reserve),
            "overrun": float(line.overrun),
            "has_plan": line.plan_id is not None,
        },
        content={
            "line": f"{line.code} {line.title}",
            "budget": budget.title,
            "unit": budget.unit.code,
            "amount": str(asked.amount),
            "currency": budget.currency,
            "reason": asked.reason,
        },
        roles={"unit_lead": heads_of(budget.unit, organisation_on(today()), today())},
        own=(line.owner_id, asked.by_id),
    )


def _roles(plan: Plan) -> dict[str, tuple[int, ...]]:
    roles = {"unit_lead": leads_for(plan, today())}
    if plan.project:
        roles |= {"project_lead": (plan.project.lead_id,), "arbiter": (plan.project.arbiter_id,)}
    return roles
