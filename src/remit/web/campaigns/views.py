"""The campaigns that a person may see, and one of them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from remit.planning.queries.choices import types_of
from remit.planning.rules import campaigns_visible_to

from ..companies import company_column, company_filter
from ..figures.asked import Asked
from ..lists import Column, Filter, Listing
from ..who import who

REACH = ("campaign_reach", "redeemers", "coupon_redemptions", "coupon_redemption_rate")


@require_GET
def campaigns(request: HttpRequest) -> HttpResponse:
    """All campaigns, newest first."""
    rows = campaigns_visible_to(who(request)).select_related("unit")
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
    shown = get_object_or_404(campaigns_visible_to(who(request)).select_related("unit"), pk=campaign_id)
    figures = Asked.from_saved(
        {
            "metrics": REACH,
            "period": "all",
            "unit": shown.unit.code,
            "where": [f"campaign={shown.code.replace(',', ',,')}"],
        }
    )
    return render(request, "campaigns/campaign.html", {"campaign": shown, "figures": figures.query()})


COLUMNS = (
    Column(
        "code", _("Code"), sort="code",
        href=lambda row: reverse("campaigns_campaign", args=[row.pk]),
        note=lambda row: row.name if row.described else _("not described yet"),
    ),
    Column("campaign_type", _("Type"), kind="badge", sort="campaign_type"),
    Column("starts_on", _("Starts on"), kind="day", sort="starts_on"),
    Column("ends_on", _("Ends on"), kind="day", sort="ends_on"),
    company_column(),
)  # fmt: skip
