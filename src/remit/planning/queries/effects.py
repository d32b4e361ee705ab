"""Measured campaigns as they are read."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from statistics import median

from django.db.models import QuerySet

from remit.org.models import Unit

from ..enums import EffectVerdict
from ..models import Campaign, EffectEstimate

FEW = 5  # below it a median says little


@dataclass(frozen=True, slots=True)
class OfType:
    """Campaigns of one type together. ``weekly``: the median of their effects, none where none is estimated.

    No common interval: the campaigns overlap, so that their errors are not independent.
    """

    name: str
    campaigns: int
    estimated: int
    reach: int
    redemptions: int
    redeemers: int
    weekly: float | None
    effects: tuple[float, ...]
    above: int
    below: int

    @property
    def rate(self) -> float | None:
        """Redeeming pairs of household and campaign, of all reached pairs."""
        return self.redeemers / self.reach if self.reach else None

    @property
    def is_few(self) -> bool:
        return self.estimated < FEW


def ended_campaigns(day: date) -> dict[Unit, list[Campaign]]:
    """Campaigns whose last day is before a day, by the company that keeps their books; with their days."""
    found: dict[Unit, list[Campaign]] = defaultdict(list)
    rows = Campaign.objects.filter(ends_on__lt=day, starts_on__isnull=False).select_related("unit")
    for row in rows.order_by("unit_id", "starts_on", "pk"):
        found[row.unit].append(row)
    return dict(found)


def by_type(effects: QuerySet[EffectEstimate]) -> list[OfType]:
    """One entry a type, the largest median effect first; those without an estimate last."""
    groups: dict[str, list[EffectEstimate]] = defaultdict(list)
    for row in effects.select_related("campaign"):
        groups[row.campaign.campaign_type].append(row)
    rows = [_of_type(name, members) for name, members in groups.items()]
    return sorted(rows, key=lambda row: (row.weekly is None, -(row.weekly or 0), row.name))


def _of_type(name: str, members: list[EffectEstimate]) -> OfType:
    weekly = [float(row.weekly) for row in members if row.verdict != EffectVerdict.IMPOSSIBLE]
    return OfType(
        name, len(members), len(weekly), sum(row.reach for row in members),
        sum(row.redemptions for row in members), sum(row.redeemers for row in members),
        median(weekly) if weekly else None, tuple(sorted(weekly)),
        sum(row.is_above_zero for row in members), sum(row.is_below_zero for row in members),
    )  # fmt: skip
