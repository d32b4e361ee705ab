"""What was measured, in sentences."""

from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from remit.planning.enums import Doubt
from remit.planning.models import EffectEstimate

from .. import numbers

WHOLE_FROM = 100


def money(value: Decimal | float | None, currency: str) -> str:
    """An amount as a sentence has it: an estimate of hundreds has no cents."""
    if value is not None and abs(float(value)) >= WHOLE_FROM:
        value = Decimal(round(value))
        return numbers.money(value, currency, language=get_language() or "zh-hant", brief=True).removesuffix(
            ".00"
        )
    return numbers.money(value, currency, language=get_language() or "zh-hant", brief=True)


def finding(row: EffectEstimate) -> str:
    """The title of a result: what it says, as an estimate."""
    if row.effect is None:
        return _("Counted, but what it changed cannot be estimated")
    said = {
        "effect": money(row.effect, row.currency), "low": money(row.effect_low, row.currency),
        "high": money(row.effect_high, row.currency),
    }  # fmt: skip
    if row.is_above_zero:
        return _("Sales were higher by an estimated %(effect)s (%(low)s to %(high)s)") % said
    if row.is_below_zero:
        return _("Sales were lower: an estimated %(effect)s (%(low)s to %(high)s)") % said
    return (
        _("No clear change of sales: an estimated %(effect)s, and zero is possible (%(low)s to %(high)s)")
        % said
    )


def chart_finding(row: EffectEstimate) -> str:
    """What the lines of the chart show."""
    levels = row.levels.get("during")
    before = row.levels.get("before")
    if not levels or not before:
        return ""
    said = {
        "reached": _moved(before["reached"], levels["reached"]),
        "others": _moved(before["unreached"], levels["unreached"]),
    }
    return (
        _("During the campaign, sales of the reached moved by %(reached)s, of comparable ones by %(others)s")
        % said
    )


def _moved(before: float, now: float) -> str:
    return numbers.change((now - before) / before) if before else numbers.NOTHING


def doubts(row: EffectEstimate) -> list[str]:
    """The reasons behind the verdict, in sentences."""
    return [str(Doubt(code).label) for code in row.doubts]


def trend_sentences(row: EffectEstimate) -> list[tuple[str, bool]]:
    """What was found before the campaign, each with whether it is as it should be."""
    found = []
    matched, pretend = row.trend.get("matched"), row.trend.get("pretend")
    if matched:
        good = matched["low"] <= 0 <= matched["high"]
        text = (
            _("Before the campaign the two moved alike: %(said)s from its earlier to its later half.")
            if good
            else _(
                "Before the campaign the two drew apart already: %(said)s from its earlier to its later half."
            )
        )
        found.append((text % {"said": _interval(matched, row.currency)}, good))
    if pretend:
        good = pretend["low"] <= 0 <= pretend["high"]
        text = (
            _("A pretended campaign in the later half shows nothing, as it should: %(said)s.")
            if good
            else _(
                "A pretended campaign in the later half shows %(said)s, where nothing was. "
                "The estimate may be off by as much."
            )
        )
        found.append((text % {"said": _interval(pretend, row.currency)}, good))
    return found


def _interval(found: dict[str, Any], currency: str) -> str:
    said = {name: money(found[name], currency) for name in ("value", "low", "high")}
    return _("%(value)s a household and week (%(low)s to %(high)s)") % said


def interval(low: Decimal | None, high: Decimal | None, currency: str) -> str:
    """An interval in a cell."""
    if low is None or high is None:
        return ""
    return _("%(low)s to %(high)s") % {"low": money(low, currency), "high": money(high, currency)}
