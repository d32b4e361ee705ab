"""Measure campaigns: count what they did, and estimate what they changed."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import sha256
from typing import Any

import numpy as np
from numpy.typing import NDArray

from remit.kernels.matching import (
    Difference,
    Matched,
    NothingToMatch,
    balance,
    difference,
    match,
    means,
)

from ..measuring import (
    CALIPER,
    IMPOSSIBLE,
    METHOD,
    NEIGHBOURS,
    Windows,
    doubts_about,
    enough,
    verdict_of,
    windows_of,
)
from ..models import Campaign
from .households import Households, Ledger

CENT, FINE = Decimal("0.01"), Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Found:
    """The fields of an EffectEstimate, by name."""

    values: dict[str, Any] = field(default_factory=dict)


def fingerprint_of(campaign: Campaign, siblings: Iterable[Campaign], versions: str) -> str:
    """Changes whenever what an estimate rests on does: facts, method, days and kinds of the campaigns."""
    days = sorted(
        f"{one.pk}:{one.campaign_type}:{one.starts_on}:{one.ends_on}" for one in (campaign, *siblings)
    )
    text = "|".join((METHOD, str(campaign.pk), versions, *days))
    return sha256(text.encode()).hexdigest()


def overlapping(campaign: Campaign, campaigns: Iterable[Campaign]) -> list[Campaign]:
    """Others of the company that share a day with it."""
    return [
        one
        for one in campaigns
        if one.pk != campaign.pk
        and None not in (one.starts_on, one.ends_on, campaign.starts_on, campaign.ends_on)
        and one.starts_on <= campaign.ends_on  # type: ignore[operator]  # none of them is missing
        and one.ends_on >= campaign.starts_on  # type: ignore[operator]  # none of them is missing
    ]


def measured(ledger: Ledger, campaign: Campaign, siblings: list[Campaign]) -> Found:
    """What data say of one campaign; ``siblings``: others that share a day with it."""
    counted = ledger.counted(campaign.pk)
    base: dict[str, Any] = {
        "reach": counted.reach, "redemptions": counted.redemptions, "redeemers": counted.redeemers,
        "discount": _cents(counted.discount), "coupon_value": _cents(counted.coupon_value),
        "currency": ledger.unit.currency, "method": METHOD,
    }  # fmt: skip
    windows = _windows(ledger, campaign, counted.reach)
    if isinstance(windows, str):
        return _impossible(base, windows)
    sales = ledger.sales(campaign.pk, windows)
    base |= {
        "before_on": windows.before_on, "later_on": windows.later_on, "starts_on": windows.starts_on,
        "ends_on": windows.ends_on, "after_on": windows.after_on,
        **dict(zip(("sales_before", "sales_during", "sales_after"), map(_cents, sales), strict=True)),
    }  # fmt: skip
    kin = [one.pk for one in siblings if one.campaign_type == campaign.campaign_type]
    rows = ledger.households(campaign.pk, windows, kin, [one.pk for one in siblings])
    base["left_out"] = rows.left_out
    try:
        links = _linked(rows, rows.before, rows.baskets)
    except NothingToMatch:
        return _impossible(base, "too_few")
    partners, matched = links.used.size, links.matched.size
    base |= {"partners": int(partners), "matched": int(matched)}
    if not enough(matched, partners):
        return _impossible(base, "too_few")
    return Found(base | _estimated(ledger, windows, rows, links, counted.reach))


def _windows(ledger: Ledger, campaign: Campaign, reach: int) -> Windows | str:
    if campaign.starts_on is None or campaign.ends_on is None:
        return "no_days"
    if not reach:
        return "no_contacts"
    if ledger.first is None or ledger.last is None:
        return "no_sales"
    return windows_of(campaign.starts_on, campaign.ends_on, ledger.first, ledger.last)


def _impossible(base: dict[str, Any], reason: str) -> Found:
    return Found(base | {"verdict": IMPOSSIBLE, "doubts": [reason]})


def _linked(rows: Households, spend: NDArray[np.float64], baskets: NDArray[np.float64]) -> Matched:
    """On the logarithms of spend and baskets; refunds beyond purchases count as no spend."""
    traits = np.column_stack([np.log1p(np.maximum(spend, 0)), np.log1p(baskets)])
    return match(traits, rows.reached, classes=rows.of_other_kinds, neighbours=NEIGHBOURS, caliper=CALIPER)


def _estimated(
    ledger: Ledger, windows: Windows, rows: Households, links: Matched, reach: int
) -> dict[str, Any]:
    """Effect, balance, trend, weeks and verdict of a comparison that holds enough."""
    before = _weekly(rows.before, windows.days_before)
    during = difference(_weekly(rows.during, windows.days_during) - before, links)
    after = None
    if windows.after_on:
        after = difference(_weekly(rows.after, windows.days_after) - before, links)
    traits = {
        "spend": before, "frequency": _weekly(rows.baskets, windows.days_before), "others": rows.others,
    }  # fmt: skip
    balances = {name: balance(values, rows.reached, links) for name, values in traits.items()}
    trend, pretend = _before_it(windows, rows, links)
    scale = reach / max(int(rows.reached.sum()), 1)  # above one only where a draw was measured
    matched = min(round(links.matched.size * scale), reach)
    doubts = doubts_about(
        reached=reach, matched=matched, partners=links.used.size,
        apart={name: found.after for name, found in balances.items()}, trend=trend, pretend=pretend,
        is_cut_off=windows.is_cut_off,
    )  # fmt: skip
    total = matched * windows.days_during / 7
    return {
        "verdict": verdict_of(doubts), "doubts": list(doubts), "matched": matched,
        **_named("effect", during, total, CENT), **_named("weekly", during, 1, FINE),
        **(_named("after", after, 1, FINE) if after else {}),
        "balance": [{"trait": name, **_plain(found)} for name, found in balances.items()],
        "trend": {"matched": _plain(trend), "pretend": _plain(pretend) if pretend else None},
        "weeks": _weeks(ledger, windows, rows, links), "levels": _levels(windows, rows, links),
    }  # fmt: skip


def _before_it(windows: Windows, rows: Households, links: Matched) -> tuple[Difference, Difference | None]:
    """How the matched drew apart from the earlier to the later half before the campaign; and what the method
    finds in the later half when it matches on the earlier one alone, as if the campaign had been then."""
    first = (windows.later_on - windows.before_on).days
    change = _weekly(rows.later, windows.days_before - first) - _weekly(rows.earlier, first)
    trend = difference(change, links)
    try:
        return trend, difference(change, _linked(rows, rows.earlier, rows.earlier_baskets))
    except NothingToMatch:
        return trend, None


def _weeks(ledger: Ledger, windows: Windows, rows: Households, links: Matched) -> list[dict[str, Any]]:
    """Sales per household and week of the matched and of their partners; a part of a week is scaled up."""
    ones = np.zeros(rows.ids.size)
    ones[links.matched] = 1 / links.matched.size
    others = links.weights() / links.weights().sum()
    found = ledger.weeks(windows, rows.ids, ones, others)
    return [
        {"week": week, "reached": round(one * 7 / days, 2), "unreached": round(other * 7 / days, 2)}
        for week, days, one, other in found
    ]


def _levels(windows: Windows, rows: Households, links: Matched) -> dict[str, Any]:
    spans = {
        "before": (rows.before, windows.days_before),
        "during": (rows.during, windows.days_during),
        "after": (rows.after, windows.days_after),
    }
    return {
        name: dict(zip(("reached", "unreached"), _rounded(means(_weekly(values, days), links)), strict=True))
        if days
        else None
        for name, (values, days) in spans.items()
    }


def _weekly(values: NDArray[np.float64], days: int) -> NDArray[np.float64]:
    return values * (7 / max(days, 1))


def _rounded(pair: tuple[float, float]) -> tuple[float, ...]:
    return tuple(round(value, 4) for value in pair)


def _named(name: str, found: Difference, times: float, unit: Decimal) -> dict[str, Decimal]:
    values = {name: found.value, f"{name}_low": found.low, f"{name}_high": found.high}
    return {key: Decimal(repr(value * times)).quantize(unit) for key, value in values.items()}


def _plain(found: Any) -> dict[str, float]:
    return {
        name: round(float(getattr(found, name)), 4) for name in found.__slots__ if not name.startswith("_")
    }


def _cents(value: Decimal | None) -> Decimal | None:
    return None if value is None else Decimal(value).quantize(CENT)
