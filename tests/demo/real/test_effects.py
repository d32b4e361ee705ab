"""The 27 real campaigns, measured: what is counted is compared with SQL on the sources' own columns."""

from decimal import Decimal

import pytest

from remit.planning.actions.effect import measure_campaigns
from remit.planning.models import Campaign, EffectEstimate

from .conftest import AT

pytestmark = [pytest.mark.data, pytest.mark.django_db]

DAY = "timezone('America/New_York', timezone('UTC', transaction_timestamp))::DATE"
COUNTED = """
    SELECT campaign_id::VARCHAR, count(DISTINCT c.household_id),
        (SELECT count(*) FROM coupon_redemptions r WHERE r.campaign_id = c.campaign_id),
        (SELECT count(DISTINCT household_id) FROM coupon_redemptions r WHERE r.campaign_id = c.campaign_id)
    FROM campaigns c GROUP BY c.campaign_id"""
DISCOUNTS = f"""
    SELECT d.campaign_id::VARCHAR, sum(round(retail_disc, 2) + round(coupon_match_disc, 2))::DECIMAL(18,2),
        sum(round(coupon_disc, 2))::DECIMAL(18,2)
    FROM transactions t, (
        SELECT DISTINCT r.campaign_id, household_id, product_id, redemption_date::DATE AS day
        FROM coupon_redemptions r JOIN coupons k USING (campaign_id, coupon_upc)
    ) d
    WHERE t.household_id = d.household_id AND t.product_id = d.product_id AND {DAY} = d.day GROUP BY 1"""
SALES = f"""
    SELECT campaign_id::VARCHAR,
        sum(round(sales_value, 2)) FILTER (day >= greatest(s - 112, DATE '2017-01-01') AND day < s),
        sum(round(sales_value, 2)) FILTER (day BETWEEN s AND e),
        sum(round(sales_value, 2)) FILTER (day BETWEEN e + 1 AND e + 28)
    FROM (SELECT *, {DAY} AS day FROM transactions) t
    JOIN campaigns c USING (household_id)
    JOIN (SELECT campaign_id, start_date::DATE AS s, least(end_date::DATE, DATE '2017-12-31') AS e
        FROM campaign_descriptions) d USING (campaign_id)
    GROUP BY 1"""


@pytest.fixture
def effects(demonstration):
    measure_campaigns(at=AT)
    return {row.campaign.code: row for row in EffectEstimate.objects.select_related("campaign")}


def test_reach_redemptions_discount_and_sales_are_those_of_the_source(demonstration, effects):
    assert len(effects) == Campaign.objects.count() == 27
    counted = {code: (row.reach, row.redemptions, row.redeemers) for code, row in effects.items()}
    assert counted == {code: tuple(rest) for code, *rest in demonstration.sql(COUNTED)}
    zero = (Decimal(0), Decimal(0))
    given = {code: tuple(rest) for code, *rest in demonstration.sql(DISCOUNTS)}
    assert {code: (row.discount, row.coupon_value) for code, row in effects.items()} == {
        code: given.get(code, zero) for code in effects
    }
    sold = {code: rest for code, *rest in demonstration.sql(SALES)}
    for code, row in effects.items():
        if row.starts_on is None:
            continue
        found = [row.sales_before, row.sales_during] + ([row.sales_after] if row.after_on else [])
        assert [float(value) for value in found] == pytest.approx(sold[code][: len(found)], abs=0.005), code


def test_what_cannot_be_estimated_says_why_and_the_rest_is_balanced(effects):
    impossible = {code: row.doubts for code, row in effects.items() if row.verdict == "impossible"}
    assert impossible == {
        "23": ["short_during"], "24": ["short_before"], "25": ["short_before"], "26": ["short_before"],
    }  # fmt: skip
    estimated = [row for row in effects.values() if row.effect is not None]
    assert all(row.effect_low <= row.effect <= row.effect_high for row in estimated)
    apart = [abs(each["after"]) for row in estimated for each in row.balance if each["trait"] != "others"]
    assert max(apart) <= 0.1
    assert all(row.matched + row.unmatched == row.reach for row in estimated)


def test_a_second_run_measures_nothing(effects):
    assert measure_campaigns(at=AT) == 0
