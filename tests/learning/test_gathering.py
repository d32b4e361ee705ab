"""What is gathered from the lake, beside rows counted by hand in Python."""

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from remit.kernels.experiments.assigning import Condition, assign
from remit.learning.asking import Days
from remit.learning.models import Experiment
from remit.learning.per_person import NotPerPerson, measurable, measure_of
from remit.learning.queries.definitions import definition_of, measures_of, whole
from remit.learning.queries.gathering import source_of
from remit.metrics.catalog.shipped import SHIPPED

from .shop import STARTS, customers, prepared, sales

DAYS = Days(STARTS, STARTS + timedelta(days=13))


def by_hand(shop, definition, entered, past):
    """(variant, spend, bought, baskets, the same of the past) of each person, from the rows themselves."""
    spend, baskets = defaultdict(float), defaultdict(set)
    for row in sales(shop["unit"]):
        who, day = row["customer_id"], row["sold_on"]
        first = entered.get(who, STARTS)
        for name, is_in in (("now", first <= day <= DAYS.last), ("past", DAYS.past_on <= day < STARTS)):
            if is_in:
                spend[name, who] += float(row["net_sales"])
                baskets[name, who].add(row["order_code"])
    found = []
    for one in customers(shop["unit"]):
        variant = assign(definition, one["code"], {"age_group": one["age_group"]}).variant
        if variant:
            numbers = [
                number
                for name in ("now", "past")
                for number in (spend[name, one["id"]], float(len(baskets[name, one["id"]])))
            ]
            found.append((one["id"], variant, *numbers))
    return found


def ready(shop, **more):
    return whole(Experiment.objects.all()).get(pk=prepared(shop, **more).pk)


@pytest.mark.parametrize("conditions", [(), (Condition("age_group", ("25-34", "")),),
                                        (Condition("age_group", ("25-34",), True),)])  # fmt: skip
def test_moments_are_those_of_the_rows(shop, conditions):
    experiment = ready(shop)
    definition = replace(definition_of(experiment), start=500, end=9_000, conditions=conditions)
    measures = [one for _role, one in measures_of(experiment)]
    with source_of(shop["unit"], ["order_lines"]) as source:
        found = source.gather(definition, measures, DAYS)
    rows = by_hand(shop, definition, {}, past=True)
    for variant in ("control", "video"):
        table = np.array([row[2:] for row in rows if row[1] == variant])
        moments = found.moments[variant]
        assert found.counts[variant] == moments.n == len(table)
        spend, ratio, bought = (found.measured[name] for name in ("net_sales", "basket_value", "buyers"))
        assert moments.mean(spend.top) == pytest.approx(table[:, 0].mean())
        assert moments.mean(spend.top_before) == pytest.approx(table[:, 2].mean())
        assert moments.covariance(spend.top, spend.top_before) == pytest.approx(
            np.cov(table[:, 0], table[:, 2])[0, 1]
        )
        assert moments.covariance(ratio.top, ratio.bottom) == pytest.approx(
            np.cov(table[:, 0], table[:, 1])[0, 1]
        )
        assert moments.covariance(ratio.bottom, ratio.top_before) == pytest.approx(
            np.cov(table[:, 1], table[:, 2])[0, 1]
        )
        assert moments.mean(bought.top) == pytest.approx((table[:, 1] > 0).mean())


def test_who_entered_later_counts_from_that_day_on(shop):
    experiment = ready(shop)
    definition = definition_of(experiment)
    late = STARTS + timedelta(days=9)
    enrolled = [("C0001", "video", late), ("C0002", "control", STARTS), ("NOBODY", "video", STARTS)]
    with source_of(shop["unit"], ["order_lines"]) as source:
        measures = [measures_of(experiment)[0][1]]
        found = source.gather(definition, measures, replace(DAYS, has_past=False), enrolled=enrolled)
    rows = sales(shop["unit"])
    spend = {
        who: sum(
            float(row["net_sales"]) for row in rows
            if row["customer_id"] == who and first <= row["sold_on"] <= DAYS.last
        )
        for who, first in ((1, late), (2, STARTS))
    }  # fmt: skip
    assert found.counts == {"control": 1, "video": 1}
    assert found.moments["video"].mean("m0_top") == pytest.approx(spend[1])
    assert found.moments["control"].mean("m0_top") == pytest.approx(spend[2])


def test_amounts_above_the_percentile_of_buyers_are_cut_to_it(shop):
    experiment = ready(shop)
    definition = definition_of(experiment)
    with source_of(shop["unit"], ["order_lines"]) as source:
        measures = [one for _role, one in measures_of(experiment)]
        found = source.gather(definition, measures, DAYS, cap=90.0)
    rows = by_hand(shop, definition, {}, past=True)
    spend = np.array([row[2] for row in rows])
    most = np.percentile(spend[spend > 0], 90)
    total = sum(moments.sums[moments.at("m0_top")] for moments in found.moments.values())
    assert total == pytest.approx(np.minimum(spend, most).sum())
    ratio = sum(moments.sums[moments.at("m2_top")] for moments in found.moments.values())
    assert ratio == pytest.approx(spend.sum()), "a ratio is not cut"


def test_nobody_in_an_experiment_is_zero_people_and_no_error(shop):
    experiment = ready(shop)
    with source_of(shop["unit"], ["order_lines"]) as source:
        found = source.gather(definition_of(experiment), [measures_of(experiment)[0][1]], DAYS, enrolled=[])
    assert found.counts == {"control": 0, "video": 0}


def test_facts_reach_from_the_first_to_the_last_day_of_this_company(shop):
    with source_of(shop["unit"], ["order_lines", "exposures"]) as source:
        assert source.first_day(["order_lines"]) == STARTS - timedelta(days=28)
        assert source.last_day(["order_lines"]) == date(2026, 2, 28)
        assert source.last_day(["order_lines", "exposures"]) is None


def test_figures_that_do_not_add_up_over_people_are_refused_and_the_others_offered():
    found = measurable(SHIPPED)
    assert {"net_sales", "baskets", "buyers", "basket_value", "sales_per_buyer", "coupon_redemptions",
            "gross_margin"} <= set(found)  # fmt: skip
    for name in ("products_sold", "repurchase_rate_30", "sales_growth", "outlet_share", "spend", "roi"):
        with pytest.raises(NotPerPerson):
            measure_of(SHIPPED[name], SHIPPED)
        assert name not in found
    assert found["basket_value"].bottom[0][1].sql.startswith("count(DISTINCT order_code)")


def test_every_offered_figure_is_a_statement_that_runs(shop):
    experiment = ready(shop)
    measures = list(measurable(SHIPPED).values())
    tables = sorted({table for one in measures for table in one.tables})
    with source_of(shop["unit"], tables) as source:
        found = source.gather(definition_of(experiment), measures, DAYS, cap=99.0)
    assert sum(found.counts.values()) == 600
    assert set(found.measured) == {one.metric.name for one in measures}
