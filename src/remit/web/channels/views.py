"""The outlets that a person may see, one of them, and its moves between units."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from remit.channels.actions import move_outlet
from remit.channels.actions.move import MovedLaterAlready, MoveInTheFuture, NotThatCompany
from remit.channels.enums import OutletKind
from remit.channels.models import Outlet
from remit.channels.queries.choices import regions_of
from remit.channels.rules import can_move_outlet, outlets_visible_to
from remit.core.verdict import Verdict

from ..companies import company_column, company_filter
from ..doing import done
from ..figures.asked import Asked
from ..lists import Column, Filter, Listing
from ..who import who
from .forms import MoveForm


@require_GET
def outlets(request: HttpRequest) -> HttpResponse:
    """All outlets in the person's scope, narrowed by company, region and kind."""
    rows = outlets_visible_to(who(request)).select_related("unit", "company")
    listing = Listing(
        request,
        rows,
        COLUMNS,
        name="outlets",
        search=("code", "name", "region"),
        filters=(
            *company_filter(who(request), "company"),
            Filter("region", _("Region"), [(r, r) for r in regions_of(rows)], field="region"),
            Filter("kind", _("Kind"), OutletKind.choices, field="kind"),
        ),
        sort="code",
    )
    return listing.export() or render(request, "channels/outlets.html", {"listing": listing})


@require_GET
def outlet(request: HttpRequest, outlet_id: int) -> HttpResponse:
    """One outlet: what it is, where it belonged when, and the way to its figures."""
    shown = _find(request, outlet_id)
    verdict = can_move_outlet(who(request), shown)
    form = MoveForm(outlet=shown, initial={"on": timezone.localdate()}) if verdict else None
    return _page(request, shown, verdict, form)


@require_POST
def placings(request: HttpRequest, outlet_id: int) -> HttpResponse:
    """The outlet moves to another unit of its company."""
    shown = _find(request, outlet_id)
    verdict = can_move_outlet(who(request), shown)
    if not verdict:
        return _page(request, shown, verdict, None, status=403)
    form = MoveForm(request.POST, outlet=shown)
    if done(
        request,
        form,
        move_outlet,
        (MovedLaterAlready, MoveInTheFuture, NotThatCompany),
        said=_("The outlet has moved."),
        outlet=shown,
    ):
        return redirect("channels_outlet", outlet_id=shown.pk)
    return _page(request, shown, verdict, form, status=422)


def _find(request: HttpRequest, outlet_id: int) -> Outlet:
    rows = outlets_visible_to(who(request)).select_related("unit", "company")
    return get_object_or_404(rows, pk=outlet_id)


def _page(
    request: HttpRequest, shown: Outlet, verdict: Verdict, form: MoveForm | None, status: int = 200
) -> HttpResponse:
    figures = Asked.from_saved(
        {
            "metrics": ["net_sales", "baskets"],
            "by": ["month"],
            "period": "all",
            "unit": shown.company.code,
            "where": [f"outlet={shown.code.replace(',', ',,')}"],
        }
    )
    context = {
        "outlet": shown,
        "placings": shown.placings.select_related("unit").order_by("-starts_on"),
        "verdict": verdict,
        "form": form,
        "figures": figures.query(),
    }
    return render(request, "channels/outlet.html", context, status=status)


COLUMNS = (
    Column(
        "code", _("Code"), sort="code",
        href=lambda row: reverse("channels_outlet", args=[row.pk]),
        note=lambda row: row.name if row.described else _("not described yet"),
    ),
    Column("kind", _("Kind"), value=lambda row: row.get_kind_display(), sort="kind"),
    Column("unit", _("Unit"), sort="unit__path"),
    Column("region", _("Region"), sort="region"),
    Column("area_m2", _("Floor area (m²)"), kind="number", sort="area_m2"),
    Column("opened_on", _("Opened on"), kind="day", optional=True),
    company_column("company"),
)  # fmt: skip
