"""How the products are kept, imported and published."""

from remit.lake.actions.dimensions import Listing

from .models import Product

PRODUCTS = Listing(
    Product,
    owner="unit",
    columns=(
        "name",
        "department",
        "category",
        "product_type",
        "brand",
        "maker",
        "package",
        "sold_by",
    ),
)
