"""Say beforehand what a plan brings."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from remit.audit.actions import record
from remit.core.ref import Ref
from remit.governance.actions.paper import NotAsked, give_paper
from remit.governance.queries.rounds import living_request
from remit.org.models import Person

from .. import events
from ..models import Estimate, Plan

ESTIMATE_PAPER = "roi_estimate"  # the code under which policies ask for it


class EstimateUnclear(ValueError):
    """The figures contradict one another; the message says where."""


@transaction.atomic
def make_estimate(  # house: actions: the terms of one formula
    *,
    plan: Plan,
    reach: int,
    conversion: tuple[Decimal, Decimal, Decimal],
    value: Decimal,
    basis: str,
    by: Person,
    at: datetime,
) -> Estimate:
    """Freeze an estimate; ``conversion`` low, likely, high as fractions. The request has it as a paper."""
    low, likely, high = conversion
    if not 0 <= low <= likely <= high <= 1:
        raise EstimateUnclear(_("Conversion goes from low over likely to high, between 0 and 100 %."))
    if value < 0 or reach < 0:
        raise EstimateUnclear(_("People and profit are nothing or more."))
    if not basis.strip():
        raise EstimateUnclear(_("Say on what the estimate rests: an earlier campaign, a test, a study."))
    made = Estimate.objects.create(
        plan=plan, reach=reach, conversion_low=low, conversion=likely, conversion_high=high, value=value,
        cost=plan.money, basis=basis.strip()[:600], by=by, at=at,
    )  # fmt: skip
    said = {
        name: _percent(made.roi(part))
        for name, part in zip(("low", "likely", "high"), conversion, strict=True)
    }
    record(events.ESTIMATED, plan, by=by, at=at, fields={"code": plan.code, **said})
    request = living_request("campaign", Ref("plan", plan.pk))
    if request is not None and request.author_id == by.pk:
        hand_in(plan=plan, estimate=made, by=by, at=at)
    return made


@transaction.atomic
def hand_in(*, plan: Plan, estimate: Estimate, by: Person, at: datetime) -> bool:
    """Give the estimate as the paper of the plan's request; false where it takes no papers now."""
    request = living_request("campaign", Ref("plan", plan.pk))
    if request is None:
        return False
    try:
        give_paper(request=request, code=ESTIMATE_PAPER, thing=Ref("estimate", estimate.pk), by=by, at=at)
    except NotAsked:
        return False
    return True


def _percent(roi: Decimal | None) -> str:
    return "—" if roi is None else f"{roi * 100:.1f} %"
