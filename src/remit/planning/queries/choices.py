"""What lists need of campaigns: the types to narrow by, and names."""

from collections.abc import Collection

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ..models import Campaign, Plan


def types_of(campaigns: QuerySet[Campaign]) -> list[str]:
    """The known types among these campaigns, by name."""
    found = campaigns.exclude(campaign_type="").order_by("campaign_type")
    return list(found.values_list("campaign_type", flat=True).distinct())


def names_of(campaigns: Collection[int]) -> dict[int, str]:
    """Names by id, “campaign 18” where data name none; no query for none."""
    if not campaigns:
        return {}
    rows = Campaign.objects.filter(pk__in=campaigns).values_list("pk", "name", "code")
    return {pk: name or _("Campaign %(campaign)s") % {"campaign": code} for pk, name, code in rows}


def titles_of_plans(plans: Collection[int]) -> dict[int, str]:
    """Titles by id; no query for none."""
    return dict(Plan.objects.filter(pk__in=plans).values_list("pk", "title")) if plans else {}
