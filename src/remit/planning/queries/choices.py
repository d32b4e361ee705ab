"""What a list of campaigns can be narrowed by."""

from django.db.models import QuerySet

from ..models import Campaign


def types_of(campaigns: QuerySet[Campaign]) -> list[str]:
    """The known types among these campaigns, by name."""
    found = campaigns.exclude(campaign_type="").order_by("campaign_type")
    return list(found.values_list("campaign_type", flat=True).distinct())
