"""What a list of customers can be narrowed by."""

from django.db.models import QuerySet

from ..models import Customer


def age_groups_of(customers: QuerySet[Customer]) -> list[str]:
    """The known age groups among these customers, youngest first as the sources write them."""
    return sorted(
        _known(customers, "age_group"),
        key=lambda group: (not group.startswith("<"), group.startswith(">"), group),
    )


def areas_of(customers: QuerySet[Customer]) -> list[str]:
    """The known areas of residence among these customers."""
    return sorted(_known(customers, "area"))


def _known(customers: QuerySet[Customer], attribute: str) -> set[str]:
    """By company, as the indexes have them: each customer's row need not be read."""
    found = customers.order_by().values_list("unit", attribute).distinct()
    return {value for _unit, value in found if value}
