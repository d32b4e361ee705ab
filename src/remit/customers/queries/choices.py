"""What a list of customers can be narrowed by."""

from django.db.models import QuerySet

from ..models import Customer


def age_groups_of(customers: QuerySet[Customer]) -> list[str]:
    """The known age groups among these customers, youngest first as the sources write them."""
    found = set(customers.exclude(age_group="").values_list("age_group", flat=True).distinct())
    return sorted(found, key=lambda group: (not group.startswith("<"), group.startswith(">"), group))


def areas_of(customers: QuerySet[Customer]) -> list[str]:
    """The known areas of residence among these customers."""
    found = customers.exclude(area="").order_by("area")
    return list(found.values_list("area", flat=True).distinct())
