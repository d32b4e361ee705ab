"""The campaigns that a person may see, and one of them."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET

from remit.org.queries.today import today
from remit.planning.enums import Stage, Standing
from remit.planning.models import Campaign
from remit.planning.queries.choices import types_of
from remit.planning.rules import campaigns_visible_to

from ..companies import company_column, company_filter
from ..figures.asked import Asked
from ..lists import Column, Filter, Listing
from ..who import who
from .control import control_of
from .result import result_of

REACH = ("campaign_reach", "redeemers", "coupon_redemptions", "coupon_redemption_rate")


@require_GET
def campaigns(request: HttpRequest) -> HttpResponse:
    """All campaigns, newest first."""
    rows = campaigns_visible_to(who(request)).select_related("unit", "plan")
    listing = Listing(
        request,
        rows,
        COLUMNS,
        name="campaigns",
        search=("code", "name"),
        filters=(
            *company_filter(who(request)),
            Filter("type", _("Type"), [(t, t) for t in types_of(rows)], field="campaign_type"),
        ),
        sort="-starts_on",
    )
    return listing.export() or render(request, "campaigns/list.html", {"listing": listing})


@require_GET
def campaign(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """One campaign, with the way to its figures."""
    shown = get_object_or_404(
        campaigns_visible_to(who(request)).select_related("unit", "plan"), pk=campaign_id
    )
    figures = Asked.from_saved(
        {
            "metrics": REACH,
            "period": "all",
            "unit": shown.unit.code,
            "where": [f"campaign={shown.code.replace(',', ',,')}"],
        }
    )
    context = {
        "campaign": shown, "figures": figures.query(), "state": state_of(shown, today()),
        "state_tone": _tone(shown), **result_of(shown, who(request)),
        **control_of(shown, who(request)),
    }  # fmt: skip
    return render(request, "campaigns/campaign.html", context)


def state_of(campaign: Campaign, on: date) -> str:
    """The stage of its plan; without a plan, where it stands by its days."""
    plan = getattr(campaign, "plan", None)
    return str(plan.get_stage_display() if plan else campaign.standing(on).label)


def _tone(campaign: Campaign) -> str:
    plan = getattr(campaign, "plan", None)
    running = plan.stage == Stage.RUNNING if plan else campaign.standing(today()) == Standing.RUNNING
    return "good" if running else ""


COLUMNS = (
    Column(
        "code", _("Code"), sort="code",
        href=lambda row: reverse("campaigns_campaign", args=[row.pk]),
        note=lambda row: row.name if row.described else _("not described yet"),
    ),
    Column("campaign_type", _("Type"), kind="badge", sort="campaign_type"),
    Column("starts_on", _("Starts on"), kind="day", sort="starts_on"),
    Column("ends_on", _("Ends on"), kind="day", sort="ends_on"),
    Column(
        "state", pgettext_lazy("campaign", "State"), kind="badge", value=lambda row: state_of(row, today()),
        tone=_tone,
    ),
    company_column(),
)  # fmt: skip
