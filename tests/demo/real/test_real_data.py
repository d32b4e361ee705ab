"""What the demonstration loads is what the packages hold: compared with SQL on the sources' own columns."""

import io
import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import call_command

from remit.channels.models import Outlet
from remit.core.scope import Scope
from remit.customers.models import Customer
from remit.demo import cast, everything, standing
from remit.demo.actions.campaigns import set_up_campaigns
from remit.demo.actions.diagnoses import set_up_diagnoses
from remit.demo.actions.goals import set_up_goals
from remit.demo.standing import stands
from remit.demo.steps import STEPS
from remit.goals.models import Goal
from remit.goals.pacing import REALISTIC
from remit.goals.queries.goal_figures import Sight, days_of
from remit.goals.queries.goals import missing_words
from remit.goals.queries.outlook import prospects_of
from remit.goals.queries.proposals import outlook_for
from remit.lake.actions import run_import, start_import
from remit.lake.models import Import
from remit.lake.queries import the_lake
from remit.lake.reading.mapping import read_mapping
from remit.learning.models import Clue, Diagnosis, Remedy
from remit.learning.queries.diagnosing import thawed
from remit.metrics.engine.question import Question
from remit.metrics.queries import ask
from remit.org.models import Person, Successor, Unit
from remit.org.queries.scopes import scope_of, within
from remit.planning.models import Campaign, ReleaseRule
from remit.products.models import Product
from remit.web import numbers

from .conftest import AT

pytestmark = [pytest.mark.data, pytest.mark.django_db]

JOURNEY_ROWS = """
    SELECT basket_id::VARCHAR, product_id::VARCHAR, household_id::VARCHAR, store_id::VARCHAR,
        quantity::DECIMAL(18,3), round(sales_value, 2)::DECIMAL(18,4),
        (round(retail_disc, 2) + round(coupon_match_disc, 2))::DECIMAL(18,4),
        round(coupon_disc, 2)::DECIMAL(18,4), transaction_timestamp,
        timezone('America/New_York', timezone('UTC', transaction_timestamp))::DATE,
        hour(timezone('America/New_York', timezone('UTC', transaction_timestamp)))
    FROM transactions"""
LAKE_JOURNEY_ROWS = """
    SELECT order_code, p.code, c.code, o.code, quantity, net_sales, discount, coupon_value,
        timezone('UTC', sold_at), sold_on, sold_hour
    FROM lake_order_lines l
    JOIN lake_products p ON p.id = l.product_id JOIN lake_customers c ON c.id = l.customer_id
    JOIN lake_outlets o ON o.id = l.outlet_id
    WHERE l.currency = 'USD' AND l.line_code = p.code"""
TAFENG_ROWS = """
    SELECT strptime(TRANSACTION_DT, '%m/%d/%Y')::DATE, CUSTOMER_ID, PRODUCT_ID, AMOUNT::DECIMAL(18,3),
        SALES_PRICE::DECIMAL(18,4), ASSET::DECIMAL(18,4)
    FROM tafeng"""
LAKE_TAFENG_ROWS = """
    SELECT sold_on, c.code, p.code, quantity, net_sales, cost
    FROM lake_order_lines l
    JOIN lake_products p ON p.id = l.product_id JOIN lake_customers c ON c.id = l.customer_id
    WHERE l.currency = 'TWD' AND order_code = sold_on::VARCHAR || '-' || c.code AND line_code = p.code
        AND sold_at IS NULL AND sold_hour IS NULL AND coupon_value IS NULL AND discount IS NULL"""


def differing(demonstration, one, other):
    """Rows that only one of two queries has."""
    count = "SELECT count(*) FROM ((({0}) EXCEPT ALL ({1})) UNION ALL (({1}) EXCEPT ALL ({0})))"
    return demonstration.sql(count.format(one, other))[0][0]


def test_every_line_of_the_journey_is_there_as_the_source_has_it(demonstration):
    assert differing(demonstration, JOURNEY_ROWS, LAKE_JOURNEY_ROWS) == 0


def test_every_line_of_ta_feng_is_there_as_the_source_has_it(demonstration):
    assert differing(demonstration, TAFENG_ROWS, LAKE_TAFENG_ROWS) == 0


@pytest.mark.parametrize(
    ("currency", "totals"),
    [
        ("USD", (1_469_307, 155_848, 2_469, 457, Decimal("4596039.58"), None)),
        ("TWD", (817_741, 119_578, 32_266, 1, Decimal("107840076"), Decimal("91676819"))),
    ],
)
def test_the_totals_are_the_known_ones(demonstration, currency, totals):
    assert demonstration.sql(
        "SELECT count(*), count(DISTINCT order_code), count(DISTINCT customer_id), count(DISTINCT outlet_id),"
        f" sum(net_sales), sum(cost) FROM lake_order_lines WHERE currency = '{currency}'"
    ) == [totals]


def test_the_week_of_the_source_turns_over_at_midnight_in_new_york(demonstration):
    assert demonstration.sql(
        "SELECT count(*), sum((sold_on NOT BETWEEN monday AND monday + 6)::INT) FROM ("
        " SELECT sold_on, DATE '2016-12-26' + 7 * (week - 1)::INT AS monday FROM transactions t"
        " JOIN lake_order_lines l"
        " ON l.order_code = t.basket_id::VARCHAR AND l.line_code = t.product_id::VARCHAR"
        " WHERE l.currency = 'USD')"
    ) == [(1_469_307, 0)]


def test_fuel_is_sold_by_volume_and_everything_else_by_piece(demonstration):
    assert demonstration.sql(
        "SELECT l.sold_by, count(*), sum(quantity), sum(net_sales) FROM lake_order_lines l"
        " WHERE currency = 'USD' AND l.sold_by = 'volume' GROUP BY 1"
    ) == [("volume", 14_697, Decimal("151020580"), Decimal("384044.07"))]
    assert demonstration.sql(
        "SELECT DISTINCT p.product_type FROM lake_order_lines l JOIN products p"
        " ON p.product_id::VARCHAR = l.line_code WHERE l.currency = 'USD' AND l.sold_by = 'volume'"
    ) == [("GASOLINE-REG UNLEADED",)]


def test_lines_without_quantity_are_kept_and_their_sales_count(demonstration):
    assert demonstration.sql(
        "SELECT count(*), sum((net_sales > 0)::INT) FROM lake_order_lines"
        " WHERE currency = 'USD' AND quantity = 0"
    ) == [(8_869, 29)]


def test_what_no_list_describes_is_there_and_says_so(demonstration):
    """17 products of the order lines and 3 more of the coupons; households without demographics."""
    undescribed = [
        model.objects.filter(described=False).count() for model in (Product, Customer, Outlet, Campaign)
    ]
    assert undescribed == [17 + 3, 1_668, 0, 0]


def test_outlets_lie_in_the_region_that_the_configuration_gives_them(demonstration):
    assert demonstration.sql(
        "SELECT code::INT % 4 AS rest, list(DISTINCT region), count(*) FROM lake_outlets"
        " WHERE code <> 'tafeng' GROUP BY 1 ORDER BY 1"
    ) == [
        (rest, [region], count)
        for rest, region, count in demonstration.sql(
            "SELECT store_id % 4 AS rest, ['East', 'Midwest', 'South', 'West'][store_id % 4 + 1],"
            " count(DISTINCT store_id) FROM transactions GROUP BY ALL ORDER BY 1"
        )
    ]


def test_households_keep_their_demographics(demonstration):
    source = (
        "SELECT household_id::VARCHAR, age, income, household_comp, home_ownership, marital_status,"
        " kids_count FROM demographics"
    )
    lake = (
        "SELECT code, age_group, income, household, home_ownership, marital, kids FROM lake_customers"
        " WHERE age_group IS NOT NULL AND income IS NOT NULL AND area IS NULL"
    )
    assert differing(demonstration, source, lake) == 0


def test_customers_of_ta_feng_keep_age_and_residence_where_they_are_known(demonstration):
    source = "SELECT DISTINCT CUSTOMER_ID, AGE_GROUP, nullif(PIN_CODE, 'Unknown') FROM tafeng"
    lake = (
        "SELECT c.code, age_group, area FROM lake_customers c WHERE c.unit_id ="
        f" {Unit.objects.get(code='tafeng').pk}"
    )
    assert differing(demonstration, source, lake) == 0


def test_a_product_of_ta_feng_stands_in_the_subclass_of_its_newest_sale(demonstration):
    source = (
        "SELECT DISTINCT ON (PRODUCT_ID) PRODUCT_ID, PRODUCT_SUBCLASS, PRODUCT_SUBCLASS[1:2] FROM tafeng"
        " ORDER BY PRODUCT_ID, strptime(TRANSACTION_DT, '%m/%d/%Y') DESC, PRODUCT_SUBCLASS DESC"
    )
    lake = (
        "SELECT code, category, department FROM lake_products WHERE unit_id ="
        f" {Unit.objects.get(code='tafeng').pk}"
    )
    assert differing(demonstration, f"SELECT * FROM ({source})", lake) == 0


def test_exposures_and_redemptions_are_those_of_the_source(demonstration):
    exposures = (
        "SELECT household_id::VARCHAR, campaign_id::VARCHAR, 'mail', start_date::DATE FROM campaigns"
        " JOIN campaign_descriptions USING (campaign_id)"
    )
    lake_exposures = (
        "SELECT c.code, k.code, channel, exposed_on FROM lake_exposures e"
        " JOIN lake_customers c ON c.id = e.customer_id JOIN lake_campaigns k ON k.id = e.campaign_id"
    )
    redemptions = (
        "SELECT household_id::VARCHAR, campaign_id::VARCHAR, coupon_upc::VARCHAR, redemption_date::DATE"
        " FROM coupon_redemptions"
    )
    lake_redemptions = (
        "SELECT c.code, k.code, coupon_code, redeemed_on FROM lake_redemptions r"
        " JOIN lake_customers c ON c.id = r.customer_id JOIN lake_campaigns k ON k.id = r.campaign_id"
    )
    assert differing(demonstration, exposures, lake_exposures) == 0
    assert differing(demonstration, redemptions, lake_redemptions) == 0


def test_coupons_are_good_for_the_products_of_the_source_from_the_first_day_of_their_campaign(demonstration):
    source = (
        "SELECT DISTINCT campaign_id::VARCHAR, coupon_upc::VARCHAR, product_id::VARCHAR, start_date::DATE"
        " FROM coupons JOIN campaign_descriptions USING (campaign_id)"
    )
    lake = (
        "SELECT k.code, coupon_code, p.code, offered_on FROM lake_coupons c"
        " JOIN lake_products p ON p.id = c.product_id JOIN lake_campaigns k ON k.id = c.campaign_id"
    )
    assert differing(demonstration, source, lake) == 0
    assert demonstration.sql("SELECT count(*) FROM lake_coupons") == [(111_332,)]


@pytest.mark.parametrize(("login", "rest"), [("east", 0), ("west", 3)])
def test_somebody_of_a_region_is_answered_with_the_rows_of_that_region_only(demonstration, login, rest):
    scope = scope_of(Person.objects.get(email=f"{login}@demo.example"), AT.date())
    (answer,) = ask(Question(("net_sales", "baskets", "buyers", "lines"), scope))
    assert demonstration.sql(
        "SELECT sum(round(sales_value, 2)::DECIMAL(18,2)), count(DISTINCT basket_id),"
        f" count(DISTINCT household_id), count(*) FROM transactions WHERE store_id % 4 = {rest}"
    ) == [tuple(answer.rows[0][-4:])]


def test_months_and_departments_are_those_of_the_source(demonstration):
    scope = within([Unit.objects.get(code="journey")])
    (answer,) = ask(Question(("net_sales", "lines"), scope, by=("month", "department")))
    expected = demonstration.sql(
        "SELECT strftime(timezone('America/New_York', timezone('UTC', transaction_timestamp)), '%Y-%m'),"
        " department, sum(round(sales_value, 2)::DECIMAL(18,2)), count(*) FROM transactions"
        " LEFT JOIN products USING (product_id) GROUP BY ALL"
    )
    found = {(str(row[0])[:7], row[1]): row[-2:] for row in answer.rows}
    assert {key: tuple(value) for key, value in found.items()} == {
        (month, department): (sales, lines) for month, department, sales, lines in expected
    }


def test_loading_again_finds_everything_there_and_changes_nothing(demonstration):
    tables = (
        "order_lines",
        "exposures",
        "redemptions",
        "coupons",
        "products",
        "customers",
        "outlets",
        "campaigns",
        "rates",
        "events",
    )
    before = {name: the_lake().snapshot(name).version for name in tables}
    assert [demonstration.load(step) for step in STEPS if not step.optional] == [False] * 15
    assert {name: the_lake().snapshot(name).version for name in tables} == before


def test_a_shuffled_copy_of_what_is_there_adds_nothing(demonstration, tmp_path):
    copy = tmp_path / "shuffled.parquet"
    demonstration.sql(
        f"COPY (FROM transactions ORDER BY hash(basket_id, product_id)) TO '{copy}' (FORMAT parquet)"
    )
    step = next(step for step in STEPS if step.name == "journey_order_lines")
    started = start_import(
        mapping=read_mapping(step.mapping), unit=Unit.objects.get(code="journey"), by=None, at=AT, path=copy
    )
    run_import(import_id=started.row.pk, clock=lambda: AT)
    done = Import.objects.get(pk=started.row.pk)
    assert (done.read, done.loaded, done.skipped, done.left_out) == (1_469_307, 0, 1_469_307, 0)
    (answer,) = ask(Question(("net_sales",), Scope.system("a test"), currency=None))
    assert sorted(row[-1] for row in answer.rows) == [Decimal("4596039.58"), Decimal("107840076")]


def said_by_the_command() -> list[str]:
    printed = io.StringIO()
    call_command("demo", load_only=True, stdout=printed)
    return printed.getvalue().splitlines()


@pytest.mark.timeout(900)
def test_a_second_run_asks_once_whether_everything_is_there_and_brings_back_what_is_gone(
    demonstration, monkeypatch, django_assert_num_queries
):
    said_by_the_command()  # sets targets and alerts
    steps = [step.name for step in STEPS if not step.optional]
    with monkeypatch.context() as patched:
        patched.setattr(everything, "load", None)
        lines = said_by_the_command()
    assert [line for line in lines if line.startswith("✓") and "there already" not in line] == []
    assert sum("there already" in line for line in lines) == len(steps) + 16
    assert [member.email for member in cast.PEOPLE if not any(member.email in line for line in lines)] == []
    assert any(cast.PASSWORD in line for line in lines)
    with django_assert_num_queries(1):
        assert stands(demonstration.folder, steps)
    with django_assert_num_queries(0):
        assert not stands(demonstration.folder, ["journey_placements"])  # optional, and not loaded
    with django_assert_num_queries(0), monkeypatch.context() as patched:
        patched.setattr(standing, "program", lambda: "a newer one")
        assert not stands(demonstration.folder, steps)
    Successor.objects.all().delete()
    Import.objects.filter(table="rates").update(state="failed")
    lines = said_by_the_command()
    fresh = [line for line in lines if line.startswith("✓") and "there already" not in line]
    assert [re.sub(r" {2,}.*", "", line) for line in fresh] == [
        "✓ Skills, mentors, successors", "✓ Exchange rates",
    ]  # fmt: skip
    assert stands(demonstration.folder, steps)


def test_a_rule_of_release_was_tried_on_the_real_figures_and_is_live(demonstration):
    set_up_goals(at=AT)
    set_up_campaigns(at=AT)
    rule = ReleaseRule.objects.get(line__code="shelf")
    fired = [(one["on"], one["value"], one["left"]) for one in rule.trial["fired"]]
    assert (rule.state, rule.trial["last"]) == ("live", "2017-12-31")
    assert fired == [("2017-11-07", "31.5618", "12000.00"), ("2017-12-05", "32.4554", "6000.00")]


def test_the_goals_of_the_demonstration_add_up_and_say_which_quarters_are_unrealistic(demonstration):
    """The shipped example of ``docs/how/forecast.md``: +30 % over 2017, split 15/20/25/40."""
    page = (Path(__file__).parents[3] / "docs/how/forecast.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| 2018 (Q\d) \| ([\d,.]+) \| (.+?) \|$", page, re.MULTILINE)
    assert set_up_goals(at=AT) == 7
    assert set_up_goals(at=AT) == 0
    goal = Goal.objects.get(metric="net_sales", growth=Decimal("0.3"))
    assert (goal.baseline, goal.target) == (Decimal("4596039.58"), Decimal("5974851.45"))
    parts = list(goal.children.order_by("path"))
    assert [f"{part.target:,.2f}" for part in parts] == [target for _name, target, _chance in rows]
    assert sum(part.target for part in parts) == goal.target
    assert all(part.lever and part.state == "active" for part in parts)
    sight = Sight(Person.objects.get(email="journey@demo.example"), AT.date())
    look = outlook_for(goal, sight)
    assert (look.grain, look.season, len(look.buckets)) == ("week", 1, 52)
    asked = [(days_of(part), part.target) for part in parts]
    found = prospects_of(look, sight.lens(goal), asked, adds=True, falls=False)
    said = [_said(each.chance) for each in found]
    assert said == [chance for _name, _target, chance in rows]
    draft = Goal.objects.get(state="draft")
    assert missing_words(draft) == ["baseline", "target", "resources"]


def _said(chance):
    """As the page writes it."""
    words = "below 1%" if chance < 0.01 else "above 99%" if chance > 0.99 else f"{chance:.0%}"
    return words + (", unrealistic" if chance < REALISTIC else "")


def test_the_diagnoses_of_the_demonstration_say_what_their_figures_say(demonstration):
    """What is written beside a figure is what was read; what was expected of the remedy did not come."""
    assert set_up_diagnoses(at=AT) == 2
    assert set_up_diagnoses(at=AT) == 0
    coupons, shop = Diagnosis.objects.order_by("pk")
    assert (coupons.stage, shop.stage) == ("concluded", "open")
    figures = Clue.objects.filter(kind="figure")
    for clue in figures.filter(why__diagnosis=coupons):
        (metric,) = clue.question["metrics"]
        rows = thawed(clue.answer).rows[: 2 if metric == "campaign_reach" else 3]
        told = [_told(row[1], metric) for row in rows]
        assert all(number in clue.words for number in told), (told, clue.words)
    for clue in figures.filter(why__diagnosis=shop):
        steps = [step["people"] for step in clue.answer["journey"]["steps"]]
        assert "breakdown" in clue.question["spec"] or all(str(n) in clue.words for n in steps), steps
    done, later = Remedy.objects.order_by("pk")
    assert (done.outcome, later.outcome) == ("less", "")
    assert f"{done.found:.4f}" == "-0.0427"


def _told(value, metric):
    """As the words beside a figure write it."""
    shown = {"coupon_redemption_rate": numbers.percent(value), "campaign_reach": str(value)}
    return shown.get(metric, f"{value:.1f}")
