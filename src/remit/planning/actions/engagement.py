"""Who appears in a campaign: engage them, take them out."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from remit.audit.actions import record
from remit.org.models import Person

from .. import creator_events as events
from ..enums import Stage
from ..models import Creator, Engagement, Plan
from ..queries.budgets import money_sum
from ..queries.creators import hindrance_of


class EngagementUnclear(ValueError):
    """They do not appear in this campaign so; the message says why."""


@transaction.atomic
def engage(
    *, plan: Plan, creator: Creator, purpose: str, by: Person, at: datetime, fee: Decimal = Decimal(0)
) -> Engagement:
    """Engage somebody for a campaign, or say anew what for and for which part of the fee.

    Before the launch their contract may still be missing, as in a plan much is; once it runs it may not.
    """
    plan = _held(plan)
    creator = Creator.objects.select_for_update(of=("self",)).get(pk=creator.pk)
    if not (purpose := purpose.strip()[:200]):
        raise EngagementUnclear(_("Say what they appear for."))
    if fee < 0:
        raise EngagementUnclear(_("Money is nothing or more."))
    asks = creator.ended_at is not None or plan.stage == Stage.RUNNING
    if asks and (hindrance := hindrance_of(creator, plan)):
        raise EngagementUnclear(f"{hindrance} (H2.1.3)")
    others = plan.engagements.exclude(creator=creator).aggregate(sum=money_sum("fee"))["sum"] or Decimal(0)
    if fee and others + fee > plan.money:
        raise EngagementUnclear(
            _("Together they would cost %(asked)s, the campaign has %(money)s. Ask for a deviation (H4.3.3).")
            % {"asked": f"{others + fee:,.2f}", "money": f"{plan.money:,.2f}"}
        )
    row, _made = Engagement.objects.update_or_create(
        plan=plan, creator=creator, defaults={"purpose": purpose, "fee": fee, "by": by, "at": at}
    )
    fields = {"plan": plan.code, "purpose": purpose, "fee": f"{fee} {plan.currency}"}
    record(events.ENGAGED, creator, by=by, at=at, fields=fields, personal={"name": creator.name})
    return row


@transaction.atomic
def disengage(*, engagement: Engagement, by: Person, at: datetime) -> None:
    """They do not appear in it after all."""
    plan = _held(engagement.plan)
    creator = engagement.creator
    Engagement.objects.filter(pk=engagement.pk).delete()
    record(
        events.DISENGAGED, creator, by=by, at=at, fields={"plan": plan.code}, personal={"name": creator.name}
    )


def _held(plan: Plan) -> Plan:
    plan = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    if plan.stage in (Stage.CLOSED, Stage.CANCELLED):
        raise EngagementUnclear(_("This has ended and stays as it is."))
    return plan
