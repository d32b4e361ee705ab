"""The customers that a person may see by name, and one of them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from remit.customers.queries.choices import age_groups_of, areas_of
from remit.customers.queries.identities import claims_withdrawn_from, links_of
from remit.customers.rules import can_decide_who, customers_visible_to
from remit.lake.rules import can_import_anywhere

from ..companies import company_column, company_filter
from ..figures.asked import Asked
from ..lists import Column, Filter, Listing
from ..who import who

LINKS = 50
DESCRIBED = (("True", _("Described")), ("False", _("Not described yet")))


@require_GET
def customers(request: HttpRequest) -> HttpResponse:
    """All customers, narrowed by company, age group and residence."""
    rows = customers_visible_to(who(request)).select_related("unit")
    listing = Listing(
        request,
        rows,
        COLUMNS,
        name="customers",
        search=("code",),
        filters=(
            *company_filter(who(request)),
            Filter("age_group", _("Age group"), [(g, g) for g in age_groups_of(rows)], field="age_group"),
            Filter("area", _("Residence area"), [(a, a) for a in areas_of(rows)], field="area"),
            Filter("described", _("Description"), DESCRIBED, field="described"),
        ),
        sort="code",
    )
    return listing.export() or render(
        request,
        "customers/list.html",
        {"listing": listing, "may_decide": bool(can_import_anywhere(who(request)))},
    )


@require_GET
def customer(request: HttpRequest, customer_id: int) -> HttpResponse:
    """One customer, with the way to their figures."""
    shown = get_object_or_404(customers_visible_to(who(request)).select_related("unit"), pk=customer_id)
    figures = Asked.from_saved(
        {
            "metrics": ["net_sales", "baskets"],
            "by": ["month"],
            "period": "all",
            "unit": shown.unit.code,
            "where": [f"customer={shown.code.replace(',', ',,')}"],
        }
    )
    context = {
        "customer": shown,
        "figures": figures.query(),
        "links": links_of(shown)[:LINKS],
        "withdrawn": claims_withdrawn_from(shown)[:LINKS],
        "may_decide": bool(can_decide_who(who(request), shown.unit)),
    }
    return render(request, "customers/customer.html", context)


COLUMNS = (
    Column(
        "code", _("Code"), sort="code",
        href=lambda row: reverse("customers_customer", args=[row.pk]),
        note=lambda row: "" if row.described else _("not described yet"),
    ),
    Column("age_group", _("Age group"), sort="age_group"),
    Column("area", _("Residence area"), sort="area"),
    Column("income", _("Income")),
    Column("household", _("Household")),
    Column("home_ownership", _("Home ownership"), optional=True),
    Column("marital", _("Marital status"), optional=True),
    Column("kids", _("Children")),
    company_column(),
)  # fmt: skip
