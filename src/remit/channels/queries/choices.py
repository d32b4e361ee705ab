"""What a list of outlets can be narrowed by, and where one may move."""

from django.db.models import QuerySet

from remit.org.models import Unit

from ..models import Outlet


def regions_of(outlets: QuerySet[Outlet]) -> list[str]:
    """The known regions among these outlets, by name."""
    found = outlets.exclude(region="").order_by("region")
    return list(found.values_list("region", flat=True).distinct())


def units_for(outlet: Outlet) -> QuerySet[Unit]:
    """The company of an outlet and its parts: where the outlet may be."""
    return Unit.objects.filter(path__startswith=outlet.company.path).order_by("path")
