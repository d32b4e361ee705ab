"""What campaigns did: the worked example of ``docs/how/effects.md``, who sees it, and when it is doubted."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from remit.audit.models import Event
from remit.kernels.matching import Difference
from remit.planning import measuring
from remit.planning.actions.effect import NotEnded, measure_campaigns
from remit.planning.effect_rules import can_measure, can_see_effect, effects_visible_to
from remit.planning.enums import Doubt, Standing
from remit.planning.measuring import doubts_about, windows_of
from remit.planning.models import EffectEstimate
from tests.rooms import AT

from .measured import ENDS, FIRST, REACHED, STARTS, UNREACHED, campaign, contacts, redeemed, weekly_sales

CALM, OFF = Difference(1.0, 1.0, -1.0, 3.0), Difference(5.0, 1.0, 3.0, 7.0)


@pytest.fixture
def grocer(organisation):
    """The company with its sales and one campaign that reached forty households."""
    unit = organisation.units["grocer"]
    weekly_sales(unit)
    row = campaign(unit)
    contacts(unit, row, REACHED, "K")
    redeemed(unit, row)
    return unit, row


def measured(row) -> EffectEstimate:
    measure_campaigns(at=AT)
    return EffectEstimate.objects.get(campaign=row)


def test_forty_households_that_spend_five_more_a_week_for_four_weeks_are_eight_hundred(grocer):
    effect = measured(grocer[1])
    assert (effect.verdict, effect.doubts) == ("estimate", [])
    assert (effect.weekly, effect.weekly_low, effect.weekly_high) == (5, 5, 5)
    assert (effect.effect, effect.after) == (Decimal("800.00"), 0)
    assert (effect.reach, effect.matched, effect.unmatched, effect.left_out) == (40, 40, 0, 0)
    assert effect.levels["before"] == {"reached": 24.5, "unreached": 24.5}
    assert effect.levels["during"] == {"reached": 29.5, "unreached": 24.5}
    assert [week["reached"] - week["unreached"] for week in effect.weeks] == [0] * 16 + [5] * 4 + [0] * 4


def test_redemptions_and_the_discounts_of_their_goods_are_counted_once(grocer):
    effect = measured(grocer[1])
    assert (effect.redemptions, effect.redeemers) == (3, 2)
    assert (effect.discount, effect.coupon_value) == (Decimal("3.00"), Decimal("0.80"))


def test_sales_of_all_reached_are_their_rows_in_the_days(grocer):
    effect = measured(grocer[1])
    week = sum(20 + customer % 10 for customer in REACHED)
    assert (effect.sales_before, effect.sales_during, effect.sales_after) == (
        16 * week,
        4 * (week + 200),
        4 * week,
    )


def test_whom_another_campaign_of_the_kind_reached_is_no_comparison(grocer):
    unit, row = grocer
    contacts(
        unit, campaign(unit, "K2", starts_on=ENDS, ends_on=ENDS + timedelta(days=30)), UNREACHED[:20], "K2"
    )
    effect = measured(row)
    assert (effect.left_out, effect.effect) == (20, Decimal("800.00"))
    assert effect.partners <= 60


def test_who_was_reached_by_another_kind_is_compared_with_whom_it_reached_too(grocer):
    unit, row = grocer
    other = campaign(unit, "B", campaign_type="B")
    contacts(unit, other, [*REACHED[:20], *UNREACHED[:30]], "B")
    effect = measured(row)
    balance = {each["trait"]: each for each in effect.balance}
    assert balance["others"]["after"] == 0.0
    assert balance["others"]["before"] > 0.2
    assert effect.effect == Decimal("800.00")


def test_measured_again_only_when_data_or_days_change(grocer):
    unit, row = grocer
    assert [measure_campaigns(at=AT), measure_campaigns(at=AT)] == [1, 0]
    assert Event.objects.filter(name="planning.effect.measured").count() == 1
    contacts(unit, row, [999], "late")
    assert measure_campaigns(at=AT) == 1
    effect = EffectEstimate.objects.get(campaign=row)
    assert (effect.reach, effect.unmatched) == (41, 1)
    row.ends_on = ENDS - timedelta(days=7)
    row.save()
    assert measure_campaigns(at=AT) == 1


def test_what_runs_still_is_not_measured(grocer):
    row = campaign(grocer[0], "L", starts_on=AT.date(), ends_on=AT.date())
    with pytest.raises(NotEnded):
        measure_campaigns(at=AT, only=row)
    assert measure_campaigns(at=AT) == 1
    assert row.standing(AT.date()) == Standing.RUNNING
    assert row.standing(AT.date() + timedelta(days=1)) == Standing.CLOSED


@pytest.mark.parametrize(
    ("starts", "ends", "reason"),
    [
        (date(2017, 1, 20), date(2017, 3, 1), "short_before"),
        (date(2017, 12, 30), date(2018, 2, 1), "short_during"),
    ],
)
def test_where_days_are_missing_it_is_counted_and_not_estimated(grocer, starts, ends, reason):
    row = campaign(grocer[0], "E", starts_on=starts, ends_on=ends)
    contacts(grocer[0], row, REACHED, "E")
    effect = measured(row)
    assert (effect.verdict, effect.doubts, effect.effect, effect.reach) == ("impossible", [reason], None, 40)


def test_windows_follow_the_data():
    first, last = date(2017, 1, 1), date(2017, 12, 31)
    whole = windows_of(STARTS, ENDS, first, last)
    assert (whole.days_before, whole.days_during, whole.days_after) == (112, 28, 28)
    assert (whole.later_on - whole.before_on).days == 56
    late = windows_of(date(2017, 12, 1), date(2018, 1, 9), first, last)
    assert (late.days_during, late.after_on, late.is_cut_off) == (31, None, True)


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({}, ()),
        ({"pretend": OFF}, ("pretend",)),
        ({"trend": OFF}, ("trend",)),
        ({"apart": {"spend": 0.11, "frequency": 0, "others": 0}}, ("unbalanced",)),
        ({"apart": {"spend": 0, "frequency": 0, "others": -0.26}}, ("others",)),
        ({"partners": 29}, ("few",)),
        ({"reached": 126}, ("unmatched",)),
        ({"is_cut_off": True, "matched": 29, "reached": 29}, ("few", "cut_off")),
    ],
)
def test_each_doubt_has_its_reason(changed, found):
    usual = {
        "reached": 100, "matched": 100, "partners": 300, "trend": CALM, "pretend": CALM, "is_cut_off": False,
        "apart": {"spend": 0.1, "frequency": 0.1, "others": 0.25},
    }  # fmt: skip
    assert doubts_about(**usual | changed) == found
    assert set(found) <= set(Doubt.values)
    assert measuring.verdict_of(found) == ("weak" if found else "estimate")


def test_who_works_for_a_part_sees_the_campaign_and_not_what_it_did_to_the_whole(
    grocer, organisation, client
):
    _unit, row = grocer
    measured(row)
    east, whole, market = (organisation.person(name) for name in ("east", "grocer", "market"))
    assert [effects_visible_to(person).count() for person in (east, whole, market)] == [0, 1, 0]
    assert not can_see_effect(east, row)
    assert not can_measure(whole, row)
    assert can_measure(organisation.person("grocer", ("define_figures",)), row)
    page = reverse("campaigns_campaign", args=[row.pk])
    said = {}
    for person in (east, whole):
        client.force_login(person)
        said[person] = client.get(page).content.decode()
    client.force_login(market)
    assert client.get(page).status_code == 404
    assert "800" not in said[east]
    assert "US$800" in said[whole]
    client.force_login(east)
    assert client.post(reverse("campaigns_measurement", args=[row.pk])).status_code == 403


def test_the_list_ranks_and_exports_with_the_interval(grocer, organisation, client):
    unit, _row = grocer
    for code in ("K2", "K3"):
        contacts(
            unit, campaign(unit, code, campaign_type=code, starts_on=FIRST, ends_on=FIRST), REACHED, code
        )
    measure_campaigns(at=AT)
    client.force_login(organisation.person("grocer"))
    answer = client.get(
        reverse("campaigns_effects"), {"export": "csv", "cols": "campaign,effect,effect_low,verdict"}
    )
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 4
    assert lines[1].startswith("K,800.00,Estimate,800.00")
    assert lines[2].startswith("K")
    assert client.get(reverse("campaigns_effects"), {"type": "T"}).content.decode().count("whisker-line") == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_as_many_queries_for_three_as_for_one(
    grocer, organisation, client, count, django_assert_num_queries
):
    unit, _row = grocer
    for number in range(count - 1):
        contacts(unit, campaign(unit, f"N{number}"), REACHED, f"N{number}")
    measure_campaigns(at=AT)
    client.force_login(organisation.person("grocer"))
    address = reverse("campaigns_effects")
    client.get(address)
    with django_assert_num_queries(QUERIES):
        client.get(address)


QUERIES = 13
