"""Measure what campaigns did."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from remit.audit.actions import record
from remit.org.models import Person
from remit.org.queries.today import company_day

from .. import events
from ..models import Campaign, EffectEstimate, Plan
from ..queries.effects import ended_campaigns
from ..queries.households import ledger_of, versions_of_facts
from ..queries.measurement import Found, fingerprint_of, measured, overlapping
from .score import score_estimates


class NotEnded(ValueError):
    """What a campaign did is measured when it has ended."""


def measure_campaigns(*, at: datetime, by: Person | None = None, only: Campaign | None = None) -> int:
    """Measure every campaign that has ended, or only one; return how many were measured.

    Those whose data, days and method are what they were stay as they are, unless one is asked for by name.
    Facts are read outside the transactions, one ledger a company.
    """
    day, done, versions = company_day(at), 0, versions_of_facts()
    if only is not None and (only.ends_on is None or only.ends_on >= day):
        raise NotEnded(_("It runs still, or nobody has said until when. It is measured when it has ended."))
    for unit, campaigns in ended_campaigns(day).items():
        wanted = [one for one in campaigns if only is None or one.pk == only.pk]
        known = dict(
            EffectEstimate.objects.filter(campaign__unit=unit).values_list("campaign", "fingerprint")
        )
        marks = {one.pk: fingerprint_of(one, overlapping(one, campaigns), versions) for one in wanted}
        due = [one for one in wanted if only is not None or known.get(one.pk) != marks[one.pk]]
        if not due:
            continue
        with ledger_of(unit) as ledger:
            for campaign in due:
                found = measured(ledger, campaign, overlapping(campaign, campaigns))
                keep_effect(campaign=campaign, found=found, fingerprint=marks[campaign.pk], by=by, at=at)
                done += 1
    return done


@transaction.atomic
def keep_effect(
    *, campaign: Campaign, found: Found, fingerprint: str, by: Person | None, at: datetime
) -> EffectEstimate:
    """Keep what was measured in place of what was; the plan's estimate is scored by it."""
    clean = {
        each.name: each.get_default() for each in EffectEstimate._meta.concrete_fields if each.has_default()
    }
    blank = {each.name: None for each in EffectEstimate._meta.concrete_fields if each.null}
    values = blank | clean | found.values | {"fingerprint": fingerprint, "computed_at": at}
    row, _made = EffectEstimate.objects.update_or_create(campaign=campaign, defaults=values)
    fields = {
        "campaign": str(campaign), "verdict": row.verdict, "reach": row.reach,
        "effect": _said(row.effect), "low": _said(row.effect_low), "high": _said(row.effect_high),
        "currency": row.currency,
    }  # fmt: skip
    record(events.EFFECT_MEASURED, campaign, by=by, at=at, fields=fields)
    plan = Plan.objects.filter(campaign=campaign).first()
    if plan is not None:
        score_estimates(plan=plan, by=by, at=at)
    return row


def _said(value: Decimal | None) -> str:
    return "—" if value is None else str(value)
