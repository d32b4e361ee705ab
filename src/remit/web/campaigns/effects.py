"""What campaigns did, ranked by type, as a list."""

from decimal import Decimal
from typing import Any

from django.db.models import F, FloatField, QuerySet, Value
from django.db.models.functions import Cast, Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from remit.planning.effect_rules import effects_visible_to
from remit.planning.enums import EffectVerdict
from remit.planning.measuring import BEFORE_DAYS
from remit.planning.models import EffectEstimate
from remit.planning.queries.choices import types_of
from remit.planning.queries.effects import by_type
from remit.planning.rules import campaigns_visible_to

from ..companies import company_filter
from ..lists import Column, Filter, Listing
from ..who import who
from . import words
from .whiskers import scale_of, strip, whisker

TONES = {EffectVerdict.ESTIMATE: "good", EffectVerdict.WEAK: "warn"}
LOWEST = Value(-1e12, output_field=FloatField())  # what has no estimate comes last


@require_GET
def effects(request: HttpRequest) -> HttpResponse:
    """All measured campaigns that the person sees; those without an estimate last."""
    person = who(request)
    seen = effects_visible_to(person)
    rows = _ordered(seen.select_related("campaign__unit"))
    scale = scale_of(seen)
    listing = Listing(
        request,
        rows,
        _columns(scale),
        name="effects",
        search=("campaign__code", "campaign__name"),
        filters=(
            *company_filter(person, "campaign__unit"),
            Filter(
                "type", _("Type"), [(t, t) for t in types_of(campaigns_visible_to(person))],
                field="campaign__campaign_type",
            ),
            Filter("verdict", _("Verdict"), EffectVerdict.choices, field="verdict"),
        ),
        sort="-weekly",
    )  # fmt: skip
    kinds = by_type(seen)
    widest = max((abs(value) for kind in kinds for value in kind.effects), default=1.0)
    context = {
        "listing": listing,
        "kinds": [(kind, strip(kind, widest)) for kind in kinds],
        "currency": _one_currency(seen),
        "window": BEFORE_DAYS,
    }
    return listing.export() or render(request, "campaigns/effects.html", context)


def _ordered(rows: QuerySet[EffectEstimate]) -> QuerySet[EffectEstimate]:
    return rows.annotate(
        by_weekly=Coalesce(Cast("weekly", FloatField()), LOWEST),
        by_effect=Coalesce(Cast("effect", FloatField()), LOWEST),
        rate=Cast(F("redeemers"), FloatField()) / Coalesce(Cast(F("reach"), FloatField()), 1.0),
    )


def _one_currency(rows: QuerySet[EffectEstimate]) -> str:
    found = set(rows.values_list("currency", flat=True))
    return found.pop() if len(found) == 1 else ""


def _columns(scale: float) -> tuple[Column, ...]:
    def drawn(row: EffectEstimate) -> Any:
        bounds = words.interval(row.weekly_low, row.weekly_high, row.currency)
        return format_html("{}{}", whisker(row, scale), bounds)

    return (
        Column(
            "campaign", _("Campaign"), value=lambda row: str(row.campaign), sort="campaign__code",
            href=lambda row: reverse("campaigns_campaign", args=[row.campaign_id]),
        ),
        Column(
            "type", _("Type"), value=lambda row: row.campaign.campaign_type, kind="badge",
            sort="campaign__campaign_type",
        ),
        Column("starts_on", _("Starts on"), value=lambda row: row.campaign.starts_on, kind="day",
               sort="campaign__starts_on"),
        Column("reach", pgettext_lazy("campaign", "Reach"), kind="count", sort="reach"),
        Column("redemptions", gettext_lazy("Redemptions"), kind="count", sort="redemptions"),
        Column("rate", gettext_lazy("Redeeming households"), kind="share", sort="rate", value=_rate),
        _money("discount", gettext_lazy("Discount")),
        Column(
            "weekly", gettext_lazy("Effect a household and week"), kind="money", sort="by_weekly", note=drawn,
            currency=lambda row: row.currency, value=lambda row: _cents(row.weekly),
        ),
        Column(
            "effect", gettext_lazy("Effect in all"), kind="money", sort="by_effect",
            currency=lambda row: row.currency,
            note=lambda row: words.interval(row.effect_low, row.effect_high, row.currency),
        ),
        Column(
            "verdict", gettext_lazy("Verdict"), kind="badge", sort="verdict",
            value=lambda row: row.get_verdict_display(),
            tone=lambda row: TONES.get(EffectVerdict(row.verdict), ""),
        ),
        _money("effect_low", gettext_lazy("Effect, low"), optional=True),
        _money("effect_high", gettext_lazy("Effect, high"), optional=True),
        _money("sales_during", gettext_lazy("Sales during"), optional=True),
        Column("matched", gettext_lazy("Compared households"), kind="count", sort="matched", optional=True),
        Column("doubts", gettext_lazy("Doubts"), kind="tags", value=words.doubts, optional=True),
    )  # fmt: skip


def _money(key: str, title: Any, *, optional: bool = False) -> Column:
    return Column(key, title, kind="money", sort=key, currency=lambda row: row.currency, optional=optional)


def _rate(row: EffectEstimate) -> Decimal | None:
    return Decimal(row.redeemers) / row.reach if row.reach else None


def _cents(value: Decimal | None) -> Decimal | None:
    return None if value is None else value.quantize(Decimal("0.01"))
