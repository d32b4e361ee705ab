"""Whom campaigns reached and are to reach, by name."""

from collections.abc import Collection
from typing import Any

from remit.lake.duck import connect
from remit.lake.queries import the_lake

from ..models import AudienceList, Campaign, ListedCustomer, Plan


def reached_by(campaign: Campaign) -> frozenset[int]:
    """Ids of the customers with a contact of it, as data say."""
    with connect() as con:
        con.execute(f"CREATE VIEW exposures AS {the_lake().snapshot('exposures').sql()}")
        rows = con.execute(
            "SELECT DISTINCT customer_id FROM exposures WHERE unit_id = $unit AND campaign_id = $campaign",
            {"unit": campaign.unit_id, "campaign": campaign.pk},
        ).fetchall()
    return frozenset(row[0] for row in rows)


def listed_of(plan: Plan) -> list[Any] | None:
    """The list of a plan as it is signed and compared: its number, size and digest."""
    return as_value(plan.listed) if plan.listed else None


def codes_for(campaign: Campaign) -> list[str] | None:
    """Codes of the customers whom its plan names; none where it names nobody."""
    plan = Plan.objects.filter(campaign=campaign, listed__isnull=False).first()
    if plan is None:
        return None
    rows = ListedCustomer.objects.filter(audience=plan.listed_id).order_by("customer__code")
    return list(rows.values_list("customer__code", flat=True))


def as_value(row: AudienceList) -> list[Any]:
    return [row.pk, row.size, row.digest]


def lists_by_id(ids: Collection[int]) -> dict[int, AudienceList]:
    """Those that are there."""
    return {row.pk: row for row in AudienceList.objects.filter(pk__in=ids).select_related("by")}
