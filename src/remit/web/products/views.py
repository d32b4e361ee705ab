"""The products that a person may see, and one of them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from remit.products.enums import SoldBy
from remit.products.queries.choices import departments_of
from remit.products.rules import products_visible_to

from ..companies import company_column, company_filter
from ..figures.asked import Asked
from ..lists import Column, Filter, Listing
from ..who import who

DESCRIBED = (("True", _("Described")), ("False", _("Not described yet")))


@require_GET
def products(request: HttpRequest) -> HttpResponse:
    """All products, narrowed by company, department and measure."""
    rows = products_visible_to(who(request)).select_related("unit")
    listing = Listing(
        request,
        rows,
        COLUMNS,
        name="products",
        search=("code", "name", "category", "product_type", "maker"),
        filters=(
            *company_filter(who(request)),
            Filter("department", _("Department"), [(d, d) for d in departments_of(rows)], field="department"),
            Filter("sold_by", _("Sold by"), SoldBy.choices, field="sold_by"),
            Filter("described", _("Description"), DESCRIBED, field="described"),
        ),
        sort="code",
    )
    return listing.export() or render(request, "products/list.html", {"listing": listing})


@require_GET
def product(request: HttpRequest, product_id: int) -> HttpResponse:
    """One product, with the way to its figures."""
    shown = get_object_or_404(products_visible_to(who(request)).select_related("unit"), pk=product_id)
    figures = Asked.from_saved(
        {
            "metrics": ["net_sales", "units"],
            "by": ["month"],
            "period": "all",
            "unit": shown.unit.code,
            "where": [f"product={shown.code.replace(',', ',,')}"],
        }
    )
    return render(request, "products/product.html", {"product": shown, "figures": figures.query()})


COLUMNS = (
    Column(
        "code", _("Code"), sort="code",
        href=lambda row: reverse("products_product", args=[row.pk]),
        note=lambda row: "" if row.described else _("not described yet"),
    ),
    Column("name", _("Name"), sort="name", optional=True),
    Column("department", _("Department"), sort="department"),
    Column("category", _("Category"), sort="category"),
    Column("product_type", _("Product type"), sort="product_type"),
    Column("brand", _("Brand"), sort="brand"),
    Column("maker", _("Maker"), optional=True),
    Column("package", _("Package")),
    Column("sold_by", _("Sold by"), value=lambda row: row.get_sold_by_display()),
    company_column(),
)  # fmt: skip
