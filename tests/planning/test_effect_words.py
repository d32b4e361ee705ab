"""A measured effect in words never claims more than its interval: up, down, unclear, or unknown."""

from decimal import Decimal

import pytest
from django.utils import translation

from remit.planning.models import EffectEstimate
from remit.web.campaigns.words import chart_finding, finding, trend_sentences


def effect(of: int | None, weekly: tuple[int, int] = (-1, 1), **more: object) -> EffectEstimate:
    low, high = (None, None) if of is None else (Decimal(of - 10), Decimal(of + 10))
    return EffectEstimate(
        currency="USD", effect=None if of is None else Decimal(of), effect_low=low, effect_high=high,
        weekly_low=Decimal(weekly[0]), weekly_high=Decimal(weekly[1]), **more,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("row", "start", "rest"),
    [
        (effect(None), "Counted, but what it changed cannot be estimated", ""),
        (effect(50, (1, 3)), "Sales were higher by an estimated", "50.00"),
        (effect(-50, (-3, -1)), "Sales were lower: an estimated", "50.00"),
        (effect(5), "No clear change of sales", "zero is possible"),
    ],
)
def test_the_title_of_a_result_follows_its_interval(row, start, rest):
    with translation.override("en"):
        assert finding(row).startswith(start)
        assert rest in finding(row)


def test_without_weeks_before_the_chart_claims_nothing():
    during = {"reached": 30, "unreached": 20}
    assert chart_finding(effect(5, levels={"during": during, "before": None})) == ""
    whole = effect(5, levels={"during": during, "before": {"reached": 20, "unreached": 20}})
    with translation.override("en"):
        assert "sales of the reached moved by +50.0%" in chart_finding(whole)


def test_what_was_found_before_the_campaign_is_said_good_and_bad():
    alike, apart = ({"value": v, "error": 1, "low": v - 2, "high": v + 2} for v in (0.5, 9))
    with translation.override("en"):
        assert trend_sentences(effect(5, trend={"matched": None, "pretend": None})) == []
        (same, good), (nothing, quiet) = trend_sentences(
            effect(5, trend={"matched": alike, "pretend": alike})
        )
        (drew, bad), (shows, loud) = trend_sentences(effect(5, trend={"matched": apart, "pretend": apart}))
    assert (good, quiet, bad, loud) == (True, True, False, False)
    assert "the two moved alike" in same
    assert "shows nothing, as it should" in nothing
    assert "drew apart already" in drew
    assert "The estimate may be off by as much" in shows
