"""What a list of products can be narrowed by."""

from django.db.models import QuerySet

from ..models import Product


def departments_of(products: QuerySet[Product]) -> list[str]:
    """The known departments among these products, by name."""
    found = products.exclude(department="").order_by("department")
    return list(found.values_list("department", flat=True).distinct())
