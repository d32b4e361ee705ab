"""What a list of products can be narrowed by."""

from django.db.models import QuerySet

from ..models import Product


def departments_of(products: QuerySet[Product]) -> list[str]:
    """The known departments among these products, by name."""
    found = products.order_by().values_list("unit", "department").distinct()  # as the index has them
    return sorted({department for _unit, department in found if department})
