"""What came of a plan, in the terms in which it was estimated."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_noop

from remit.core.period import Period
from remit.core.ref import Ref
from remit.governance.enums import Decision, RequestState
from remit.governance.models import Request, Signature
from remit.metrics.engine.errors import CannotAnswer
from remit.metrics.engine.question import Question
from remit.metrics.queries import ask
from remit.org.queries.scopes import within

from ..enums import ScoredPart
from ..models import BudgetLine, EffectEstimate, Estimate, Plan
from .budgets import money_sum

BY_REACH = gettext_noop("contacts of the campaign")
BY_REDEEMERS = gettext_noop("redeeming households, of those reached")
BY_EFFECT = gettext_noop("estimated effect on sales × the company's gross margin rate of these days")
BY_SPEND = gettext_noop("the same, against what the ledger says was spent")


@dataclass(frozen=True, slots=True)
class Outcome:
    """A measured term; ``source``: where it comes from, as a message to be translated."""

    value: Decimal
    source: str


def estimate_of_launch(plan: Plan) -> Estimate | None:
    """The last estimate before the launch: the one that stood when people signed."""
    rows = plan.estimates.order_by("-at", "-pk")
    return rows.filter(at__lte=plan.launched_at).first() if plan.launched_at else None


def outcomes_of(plan: Plan) -> dict[str, Outcome]:
    """The measured terms of a plan, by ``ScoredPart``; what no data tell is left out, never put as nought."""
    effect = EffectEstimate.objects.filter(campaign=plan.campaign_id).first() if plan.campaign_id else None
    if effect is None or not effect.reach:
        return {}
    found = {ScoredPart.REACH: Outcome(Decimal(effect.reach), BY_REACH)}
    if effect.redemptions:
        share = Decimal(effect.redeemers) / effect.reach
        found[ScoredPart.CONVERSION] = Outcome(share.quantize(Decimal("0.000001")), BY_REDEEMERS)
    profit = _profit(plan, effect)
    if profit is not None:
        found[ScoredPart.PROFIT] = Outcome(profit, BY_EFFECT)
        spent = BudgetLine.objects.filter(plan=plan).aggregate(spent=money_sum("spent"))["spent"]
        if spent:
            found[ScoredPart.ROI] = Outcome(
                ((profit - spent) / spent).quantize(Decimal("0.000001")), BY_SPEND
            )
    return {str(part): outcome for part, outcome in found.items()}


def _profit(plan: Plan, effect: EffectEstimate) -> Decimal | None:
    """The effect as gross profit; none where there is no effect, or costs are unknown."""
    if effect.effect is None or effect.starts_on is None or effect.ends_on is None:
        return None
    question = Question(
        metrics=("gross_margin_rate",), scope=within([effect.campaign.unit]),
        period=Period(effect.starts_on, effect.ends_on), currency=effect.currency,
    )  # fmt: skip
    try:
        (answer,) = ask(question)
    except CannotAnswer:
        return None
    rate = answer.value("gross_margin_rate")
    return None if rate is None else (effect.effect * Decimal(str(rate))).quantize(Decimal("0.01"))


def approvers_of(plan: Plan) -> set[int]:
    """Who agreed in the last round of the plan's approved request."""
    request = (
        Request.objects.filter(
            kind="campaign", subject=str(Ref("plan", plan.pk)), state=RequestState.APPROVED
        )
        .order_by("-pk")
        .first()
    )
    if request is None:
        return set()
    newest = request.rounds.order_by("-number").first()
    signed = Signature.objects.filter(step__round=newest, decision=Decision.APPROVE)
    return set(signed.values_list("signer", flat=True))
