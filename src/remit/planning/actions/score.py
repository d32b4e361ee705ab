"""Hold what was said beforehand against what came of it."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from remit.audit.actions import record
from remit.org.models import Person

from .. import events
from ..enums import ScoredPart
from ..models import Estimate, Plan, Score
from ..queries.outcomes import approvers_of, estimate_of_launch, outcomes_of


@transaction.atomic
def score_estimates(*, plan: Plan, by: Person | None, at: datetime) -> int:
    """Score the estimate with which a plan was launched, by whatever was measured; return how many terms.

    Again: the same rows, by the newest measurement. The estimate itself never changes.
    """
    estimate = estimate_of_launch(plan)
    outcomes = outcomes_of(plan) if estimate else {}
    if estimate is None or not outcomes:
        return 0
    said, signers = _said(estimate), approvers_of(plan)
    for part, outcome in outcomes.items():
        if part not in said:
            continue
        values: dict[str, Any] = dict(zip(("low", "said", "high"), said[part], strict=True))
        values |= {"measured": outcome.value, "source": outcome.source, "scored_at": at}
        row, _made = Score.objects.update_or_create(estimate=estimate, part=part, defaults=values)
        row.approvers.set(signers)
    record(events.ESTIMATE_SCORED, plan, by=by, at=at, fields={"code": plan.code, "parts": sorted(outcomes)})
    return len(outcomes)


def _said(estimate: Estimate) -> dict[str, tuple[Decimal | None, Decimal, Decimal | None]]:
    """(low, likely, high) of each term; reach was given without a range."""
    parts = (estimate.conversion_low, estimate.conversion, estimate.conversion_high)
    low, likely, high = (estimate.brings(part) for part in parts)
    found: dict[str, tuple[Decimal | None, Decimal, Decimal | None]] = {
        ScoredPart.REACH: (None, Decimal(estimate.reach), None),
        ScoredPart.CONVERSION: parts,
        ScoredPart.PROFIT: (low, likely, high),
    }
    rois = [estimate.roi(part) for part in parts]
    if rois[1] is not None:
        found[ScoredPart.ROI] = (rois[0], rois[1], rois[2])
    return found
