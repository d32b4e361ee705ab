"""Plans as they are read and judged."""

from datetime import date
from decimal import Decimal
from typing import Any

from remit.audit.chain import plain
from remit.core.ref import Ref
from remit.goals.splitting import HUNDRED
from remit.governance.models import Part
from remit.org.queries.organisation import heads_of, organisation_on
from remit.org.queries.over_time import limit_of

from ..enums import DeviationState
from ..governed import as_approved
from ..models import Deviation, Estimate, Plan
from .audiences import listed_of

SIGNED = (
    "title", "kind", "promotion_goal", "brand", "theme", "pain_point", "evidence", "objective", "audience",
    "channels", "starts_on", "ends_on", "money", "currency",
)  # fmt: skip


def values_of(plan: Plan) -> dict[str, Any]:
    """What a plan says now, as plain values: the form in which it is signed and compared."""
    own = {name: plain(getattr(plan, name)) for name in SIGNED}
    measures = plan.measures.order_by("kind", "title").values_list("kind", "title", "metric", "target")
    judged = [[kind, title, metric, plain(target)] for kind, title, metric, target in measures]
    return {
        **own,
        "unit": plan.unit.code,
        "owner": plan.owner_id,
        "project": plan.project.code if plan.project else None,
        "measures": judged,
        "objectives": objectives_of(plan),
        "listed": listed_of(plan),
    }


def objectives_of(plan: Plan) -> list[list[Any]]:
    """The goals that it serves, by number, each with its share as text."""
    rows = plan.objectives.order_by("goal").values_list("goal", "share")
    return [[goal, f"{share:f}"] for goal, share in rows]


def shares_add_up(plan: Plan) -> bool:
    """Whether the shares of the goals that it serves are exactly 100 %; also where it names none."""
    shares = [Decimal(share) for _goal, share in objectives_of(plan)]
    return not shares or sum(shares) == HUNDRED


def signed_values(plan: Plan) -> dict[str, Any]:
    """What a plan says, deviations in force taken back: what its signatures were given on."""
    applied = applied_deviations(plan)
    values = as_approved(values_of(plan), [each.changes for each in applied])
    if values["listed"] is None:
        del values["listed"]  # nothing is said of it, as before there were lists
    return values


def applied_deviations(plan: Plan) -> list[Deviation]:
    """Those in force, oldest first."""
    return list(plan.deviations.filter(state=DeviationState.APPLIED).order_by("applied_at", "pk"))


def open_deviation(plan: Plan) -> Deviation | None:
    """The one that is being asked for."""
    return plan.deviations.filter(state=DeviationState.ASKED).first()


def signers_of_approval(plan: Plan) -> frozenset[int]:
    """Whoever signed its approval in any round, or had it signed by a delegate."""
    parts = Part.objects.filter(
        round__request__kind="campaign", round__request__subject=str(Ref("plan", plan.pk)),
        signature__isnull=False,
    )  # fmt: skip
    return frozenset(parts.values_list("person", flat=True))


def newest_estimate(plan: Plan) -> Estimate | None:
    """What was said last."""
    return plan.estimates.order_by("-at", "-pk").first()


def is_within_limit(plan: Plan, on: date) -> bool:
    """Whether the unit decides this alone: money and brand lie within its limit on a day."""
    limit = limit_of(plan.unit, on)
    if limit is None or limit.currency != plan.currency or plan.money > limit.amount:
        return False
    brands = [brand.strip() for brand in limit.brands.split(",") if brand.strip()]
    return not brands or plan.brand in brands


def leads_for(plan: Plan, on: date) -> tuple[int, ...]:
    """Who heads the plan's unit on a day; of several, whoever stands above its owner."""
    organisation = organisation_on(on)
    heads = heads_of(plan.unit, organisation, on)
    person: int | None = plan.owner_id
    seen: set[int] = set()
    while person is not None and person not in seen:
        if person in heads:
            return (person,)
        seen.add(person)
        person = organisation.superior_of(person, on)
    return heads
