"""Ask for a plan's approval; what is done when all have signed; and the launch."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from remit.audit.actions import record
from remit.core.ref import Ref
from remit.governance.actions.request import NotNow, open_request
from remit.governance.models import Request
from remit.governance.queries.rounds import approved_now
from remit.org.models import Person, Unit
from remit.org.queries.companies import books_of_units
from remit.org.queries.today import company_day

from .. import events
from ..enums import Stage
from ..models import Campaign, Plan
from ..queries.creators import hindrances
from ..queries.plans import newest_estimate, shares_add_up
from .estimate import hand_in
from .plan import NotInPreparation, held_plan


class NotApproved(ValueError):
    """What executes needs exactly this approved; the message says what is missing."""


class SharesOpen(NotNow):
    """The shares of the goals that a campaign serves are not 100 %, whatever the policy says of it."""


class EstimateOutdated(NotNow):
    """The estimate that is laid before the signers rests on other money than the campaign asks for."""


@transaction.atomic
def ask_for_approval(*, plan: Plan, by: Person, at: datetime) -> Request:
    """The plan's request, opened as a draft where there is none; the newest estimate is its paper."""
    if plan.stage != Stage.DRAFT:
        raise NotInPreparation(_("Only what is in preparation is submitted."))
    request = open_request(kind="campaign", subject=Ref("plan", plan.pk), by=by, at=at)
    if (estimate := newest_estimate(plan)) and request.author_id == by.pk:
        hand_in(plan=plan, estimate=estimate, by=by, at=at)
    return request


def campaign_submitted(*, request: Request, by: Person, at: datetime) -> None:
    """Called in the transaction of the submission."""
    plan = Plan.objects.get(pk=request.ref.id)
    if not shares_add_up(plan):
        raise SharesOpen(_("The shares of the goals that it serves have to add up to exactly 100 %."))
    if (estimate := newest_estimate(plan)) and estimate.cost != plan.money:
        raise EstimateOutdated(
            _(
                "The ROI estimate rests on %(was)s, and the campaign now asks for %(now)s: "
                "estimate anew (H5.1.1)."
            )
            % {"was": f"{estimate.cost:,.2f}", "now": f"{plan.money:,.2f} {plan.currency}"}
        )
    fields = {"code": plan.code, "title": plan.title, "kind": plan.kind}
    record(events.CAMPAIGN_SUBMITTED, plan, by=by, at=at, fields=fields)


def approve_plan(*, request: Request, by: Person, at: datetime) -> None:
    """Called in the transaction of the last signature: the proposal becomes the campaign."""
    plan = Plan.objects.select_for_update(of=("self",)).select_related("unit").get(pk=request.ref.id)
    if plan.stage != Stage.DRAFT:
        return
    books = Unit.objects.get(pk=books_of_units()[plan.unit_id])
    said = {
        "name": plan.title, "campaign_type": plan.get_kind_display(), "starts_on": plan.starts_on,
        "ends_on": plan.ends_on, "described": True, "published": False, "changed_at": at,
    }  # fmt: skip
    plan.campaign, _made = Campaign.objects.update_or_create(
        unit=books, code=_campaign_code(plan, books), defaults=said
    )
    plan.stage, plan.changed_at = Stage.APPROVED, at
    plan.save(update_fields=["campaign", "stage", "changed_at"])
    fields = {"code": plan.code, "title": plan.title, "kind": plan.kind}
    record(events.CAMPAIGN_APPROVED, plan, by=by, at=at, fields=fields)


def _campaign_code(plan: Plan, books: Unit) -> str:
    """The plan's code; with the unit's before it where another campaign of the company has it."""
    taken = Campaign.objects.filter(unit=books, code=plan.code, plan__isnull=False).exclude(plan=plan)
    return f"{plan.unit.code}-{plan.code}" if taken.exists() else plan.code


@transaction.atomic
def launch_plan(*, plan: Plan, by: Person, at: datetime) -> Plan:
    """Let it run, if exactly what it says now has all its signatures, and everybody in it a contract.

    Raise NotApproved.
    """
    plan = held_plan(plan)
    if not (verdict := approved_now("campaign", Ref("plan", plan.pk))):
        raise NotApproved(verdict.reason)
    if plan.stage != Stage.APPROVED:
        raise NotApproved(_("This was launched already, or has ended."))
    if company_day(at) > plan.ends_on:
        raise NotApproved(_("Its last day is past. Ask for a deviation with new dates, or cancel it."))
    if missing := hindrances(plan):
        raise NotApproved(f"{' '.join(missing)} (H2.1.3)")
    plan.stage, plan.launched_by, plan.launched_at, plan.changed_at = Stage.RUNNING, by, at, at
    plan.save(update_fields=["stage", "launched_by", "launched_at", "changed_at"])
    fields = {"code": plan.code, "title": plan.title, "kind": plan.kind}
    record(events.CAMPAIGN_LAUNCHED, plan, by=by, at=at, fields=fields)
    return plan
