"""The register of endorsers and creators as it is read: how contracts stand, and what campaigns did."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from django.db.models import Case, CharField, Count, Max, Min, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from remit.core.text import day_in

from ..contract_terms import REMINDS_DAYS, is_near, uncovered
from ..enums import ContractStanding, EffectVerdict
from ..models import Creator, CreatorContract, EffectEstimate, Engagement, Plan


def with_contracts(creators: QuerySet[Creator], on: date) -> QuerySet[Creator]:
    """Each with ``since`` and ``until`` of what counts, the ``fee`` of the last, and its ``standing``."""
    counting = Q(contracts__withdrawn_at=None)
    last = CreatorContract.objects.filter(creator=OuterRef("pk"), withdrawn_at=None).order_by(
        "-ends_on", "-pk"
    )
    said = ContractStanding
    standing = Case(
        When(ended_at__isnull=False, then=Value(said.ENDED.value)),
        When(until=None, then=Value(said.MISSING.value)),
        When(until__lt=on, then=Value(said.EXPIRED.value)),
        When(since__gt=on, then=Value(said.COMING.value)),
        When(until__lte=on + timedelta(days=REMINDS_DAYS), then=Value(said.EXPIRING.value)),
        default=Value(said.RUNNING.value),
        output_field=CharField(),
    )
    rows = creators.annotate(
        since=Min("contracts__begins_on", filter=counting), until=Max("contracts__ends_on", filter=counting)
    )
    return rows.annotate(
        fee=Subquery(last.values("fee")[:1]), currency=Subquery(last.values("currency")[:1]),
        basis=Subquery(last.values("basis")[:1]), standing=standing,
    )  # fmt: skip


def near_expiry(on: date) -> list[CreatorContract]:
    """The last contract of everybody whom we work with, where it ends within the days of the reminder."""
    rows = CreatorContract.objects.filter(withdrawn_at=None, creator__ended_at=None)
    last: dict[int, CreatorContract] = {}
    for row in rows.select_related("creator__owner", "creator__unit").order_by("ends_on", "pk"):
        last[row.creator_id] = row
    return [row for row in last.values() if is_near(row.ends_on, on)]


@dataclass(frozen=True, slots=True)
class Engaged:
    """Somebody in a campaign. ``hindrance``: why it is not launched with them; empty where it may be."""

    row: Engagement
    hindrance: str


def engaged_in(plan: Plan) -> list[Engaged]:
    """Who appears in a campaign, in the order of their names."""
    rows = plan.engagements.select_related("creator__unit").prefetch_related("creator__contracts")
    return [Engaged(row, hindrance_of(row.creator, plan)) for row in rows.order_by("creator__name", "pk")]


def hindrances(plan: Plan) -> list[str]:
    """Of all who appear in it, why it is not launched."""
    return [one.hindrance for one in engaged_in(plan) if one.hindrance]


def hindrance_of(creator: Creator, plan: Plan) -> str:
    """Why somebody does not appear in a plan: no contract, or none to its last day (H2.1.3)."""
    if creator.ended_at is not None:
        return _("%s is no longer with us. Take the engagement out.") % creator.name
    spans = [(one.begins_on, one.ends_on) for one in creator.contracts.all() if one.withdrawn_at is None]
    if not spans:
        return _("The register has no contract with %s. File it, or take the engagement out.") % creator.name
    if (day := uncovered(spans, plan.starts_on, plan.ends_on)) is None:
        return ""
    return _(
        "From %(day)s on there is no contract with %(name)s, and the campaign runs until %(last)s. "
        "Renew it, or take the engagement out."
    ) % {
        "name": creator.name,
        "day": day_in(day, get_language()),
        "last": day_in(plan.ends_on, get_language()),
    }


@dataclass(frozen=True, slots=True)
class Record:
    """What the campaigns of somebody did. ``weekly``: the median effect per household and week.

    None where nothing is estimated, or in several currencies. It is the campaigns' effect, not one person's.
    """

    campaigns: int
    measured: int
    weekly: float | None
    currency: str
    above: int
    below: int


def records_of(
    creators: Iterable[Creator], plans: QuerySet[Plan], effects: QuerySet[EffectEstimate]
) -> dict[int, Record]:
    """By creator, over the plans and effects that the reader sees."""
    ids = [one.pk for one in creators]
    engagements = Engagement.objects.filter(creator__in=ids, plan__in=plans)
    counted = dict(engagements.values_list("creator").annotate(n=Count("pk")).order_by())
    found: dict[int, list[EffectEstimate]] = defaultdict(list)
    by_campaign = {row.campaign_id: row for row in effects.exclude(verdict=EffectVerdict.IMPOSSIBLE)}
    for creator, campaign in engagements.values_list("creator", "plan__campaign"):
        if campaign in by_campaign:
            found[creator].append(by_campaign[campaign])
    return {pk: _record(counted.get(pk, 0), found[pk]) for pk in ids}


def _record(campaigns: int, rows: list[EffectEstimate]) -> Record:
    currencies = {row.currency for row in rows}
    weekly = [float(row.weekly) for row in rows]
    one = currencies.pop() if len(currencies) == 1 else ""
    return Record(
        campaigns, len(rows), median(weekly) if one and weekly else None, one,
        sum(row.is_above_zero for row in rows), sum(row.is_below_zero for row in rows),
    )  # fmt: skip
