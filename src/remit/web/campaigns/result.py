"""The section of a campaign's page that says what it did, and the button that measures it again."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from remit.org.models import Person
from remit.planning import tasks
from remit.planning.effect_rules import can_measure, can_see_effect, effects_visible_to
from remit.planning.measuring import BALANCE_MAX, OTHERS_MAX
from remit.planning.models import Campaign, EffectEstimate
from remit.planning.rules import campaigns_visible_to

from ..charts import Chart, Series
from ..requiring import require
from ..who import who
from . import words


@require_POST
def measure(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Have one campaign measured again, in the background."""
    person = who(request)
    campaign = get_object_or_404(campaigns_visible_to(person).select_related("unit"), pk=campaign_id)
    require(can_measure(person, campaign))
    tasks.measure_again.enqueue(campaign.pk, person.pk)
    messages.success(request, _("It is being measured again; the result stands here in a moment."))
    return redirect("campaigns_campaign", campaign.pk)


def result_of(campaign: Campaign, person: Person) -> dict[str, Any]:
    """What the template shows of a campaign's result, as far as the person may see it."""
    sees = can_see_effect(person, campaign)
    context: dict[str, Any] = {"sees": sees, "may_measure": can_measure(person, campaign), "effect": None}
    row = effects_visible_to(person).filter(campaign=campaign).first()
    if not sees or row is None:
        return context
    return context | {
        "effect": row, "finding": words.finding(row), "doubts": words.doubts(row),
        "tone": {"estimate": "good", "weak": "warn", "impossible": ""}[row.verdict],
        "rate": Decimal(row.redeemers) / row.reach if row.reach else None,
        "total": words.money(row.effect, row.currency),
        "interval": words.interval(row.effect_low, row.effect_high, row.currency),
        "chart": _chart(row), "chart_finding": words.chart_finding(row), "spans": _spans(row),
        "traits": _traits(row), "trends": words.trend_sentences(row),
    }  # fmt: skip


def _chart(row: EffectEstimate) -> Chart:
    """Sales per household by week, the first day of the campaign beginning week 1."""
    weeks = [each["week"] + 1 if each["week"] >= 0 else each["week"] for each in row.weeks]
    return Chart(
        "line",
        [str(week).replace("-", "−") for week in weeks],
        (
            Series(
                pgettext("effect", "Reached"), [each["reached"] for each in row.weeks], "money", row.currency
            ),
            Series(
                _("Comparable, not reached"), [each["unreached"] for each in row.weeks], "money",
                row.currency, dashed=True,
            ),
        ),
        label_title=_("Week from the first day on"),
    )  # fmt: skip


def _spans(row: EffectEstimate) -> list[dict[str, Any]]:
    """Before, during and after: sales of all reached, and per household of both that are compared."""
    spans = (
        (
            "before",
            pgettext("campaign", "Before"),
            row.before_on,
            _day(row.starts_on, -1),
            row.sales_before,
            None,
        ),
        ("during", pgettext("campaign", "During"), row.starts_on, row.ends_on, row.sales_during, "weekly"),
        (
            "after",
            pgettext("campaign", "After"),
            _day(row.ends_on, 1),
            row.after_on,
            row.sales_after,
            "after",
        ),
    )
    out = []
    for name, title, first, last, sales, effect in spans:
        if not (level := row.levels.get(name)):
            continue
        value, low, high = (
            (getattr(row, f"{effect}{end}") for end in ("", "_low", "_high"))
            if effect
            else (None, None, None)
        )
        out.append({
            "title": title, "first": first, "last": last, "sales": sales, **level, "value": value,
            "interval": words.interval(low, high, row.currency),
        })  # fmt: skip
    return out


def _day(day: date | None, by: int) -> date | None:
    return None if day is None else day + timedelta(days=by)


def _traits(row: EffectEstimate) -> list[dict[str, Any]]:
    titles = {
        "spend": (_("Sales per week before"), BALANCE_MAX),
        "frequency": (_("Baskets per week before"), BALANCE_MAX),
        "others": (_("Other campaigns of these days"), OTHERS_MAX),
    }  # fmt: skip
    return [
        {**each, "title": titles[each["trait"]][0], "is_good": abs(each["after"]) <= titles[each["trait"]][1],
         "is_money": each["trait"] == "spend"}
        for each in row.balance
    ]  # fmt: skip
