"""What people did, in the demonstration: counts of the packages' files, and funnels against SQL by hand."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from remit.core.scope import Scope
from remit.journeys.asking import KINDS
from remit.journeys.event_index.of_lake import index_of_lake
from remit.lake.queries import the_lake
from remit.org.models import Person, Unit
from remit.org.queries.scopes import scope_of

from .conftest import AT

pytestmark = [pytest.mark.data, pytest.mark.django_db]

MIDNIGHT = "timezone('UTC', timezone('America/New_York', {}::DATE::TIMESTAMP))"
CONTACTS = f"""(SELECT household_id AS who, {MIDNIGHT.format("start_date")} AS at
    FROM campaigns JOIN campaign_descriptions USING (campaign_id))"""
REDEMPTIONS = (
    f"(SELECT household_id AS who, {MIDNIGHT.format('redemption_date')} AS at FROM coupon_redemptions)"
)
BASKETS = "(SELECT DISTINCT household_id AS who, transaction_timestamp AS at FROM transactions)"
BUYING = {"steps": ["exposed", "redeemed", "bought"], "window": "60 days"}
CLICKS = ("catalog", "product_view", "add_to_cart", "payment_details", "purchase")


def by_hand(tables: list[str], window: str) -> str:
    """How many people some chain brings to each step: every row joined with every later one of its person."""
    counts = ", ".join(f"count(DISTINCT s{n}.who)" for n in range(len(tables)))
    joins = "".join(
        f" LEFT JOIN {table} s{n} ON s{n}.who = s0.who AND s{n}.at BETWEEN s{n - 1}.at AND s0.at + {window}"
        for n, table in enumerate(tables[1:], 1)
    )
    return f"SELECT {counts} FROM {tables[0]} s0{joins}"


def reached(demonstration, question: dict[str, Any], scope: Scope) -> tuple[int, ...]:
    index = index_of_lake(the_lake(), demonstration.folder / "index", scope)
    answer = KINDS["funnel"].answer(index, KINDS["funnel"].read(question))
    return tuple(step["people"] for step in answer["steps"])


@pytest.mark.parametrize(
    ("event", "events", "people", "value"),
    [
        ("exposed", 6_589, 1_559, None),
        ("redeemed", 2_102, 410, None),
        ("bought", 155_848, 2_469, Decimal("4596039.58")),
        ("product_view", 6_851, 598, None),
        ("purchase", 470, 328, None),
    ],
)
def test_events_people_and_their_worth_are_the_known_ones(demonstration, event, events, people, value):
    assert demonstration.sql(
        f"SELECT count(*), count(DISTINCT person_code), sum(value) FROM lake_events WHERE event = '{event}'"
    ) == [(events, people, value)]


def test_every_click_is_there_with_its_time_and_what_the_source_says_of_it(demonstration):
    source = (
        "SELECT user_id, session_id, event, timestamp, platform, acquisition_channel, user_cohort,"
        " user_lifecycle FROM clicks"
    )
    lake = (
        "SELECT person_code, properties ->> 'session', event, timezone('UTC', happened_at),"
        " properties ->> 'platform', channel, properties ->> 'cohort', properties ->> 'lifecycle'"
        " FROM lake_events WHERE event_code LIKE 'click-%'"
    )
    both = f"(({source}) EXCEPT ALL ({lake})) UNION ALL (({lake}) EXCEPT ALL ({source}))"
    assert demonstration.sql(f"SELECT count(*) FROM ({both})") == [(0,)]
    assert demonstration.sql("SELECT count(*), count(DISTINCT person_code) FROM lake_events") == [
        (195_645, 2_469 + 600)
    ]


def test_from_contact_to_coupon_to_basket_is_what_sql_by_hand_counts(demonstration):
    found = reached(demonstration, BUYING, Scope.system("a test"))
    assert [found] == demonstration.sql(by_hand([CONTACTS, REDEMPTIONS, BASKETS], "INTERVAL 60 DAY"))
    assert found == (1_559, 410, 410)


def test_from_catalogue_to_purchase_is_what_sql_by_hand_counts(demonstration):
    tables = [f"(SELECT user_id AS who, timestamp AS at FROM clicks WHERE event = '{one}')" for one in CLICKS]
    found = reached(demonstration, {"steps": list(CLICKS), "window": "7 days"}, Scope.system("a test"))
    assert [found] == demonstration.sql(by_hand(tables, "INTERVAL 7 DAY"))
    assert found == (600, 591, 410, 220, 85)


@pytest.mark.parametrize(
    ("login", "expected"), [("digital", (1_559, 410, 410)), ("east", (0, 0, 0)), ("tafeng", (0, 0, 0))]
)
def test_a_funnel_counts_the_company_of_who_asks(demonstration, login, expected):
    """Somebody of a region sees baskets of its outlets, but no contacts, which happen nowhere."""
    scope = scope_of(Person.objects.get(email=f"{login}@demo.example"), AT.date())
    assert reached(demonstration, BUYING, scope) == expected


@pytest.mark.parametrize(("person", "said"), [("user_0000", "合成的點擊流"), ("1", "活動首日、郵寄")])
def test_a_timeline_says_what_is_configuration(demonstration, person, said):
    browser = Client(headers={"accept-language": "zh-TW"})
    browser.force_login(Person.objects.get(email="digital@demo.example"))
    unit = Unit.objects.get(code="journey")
    page = browser.get(reverse("collection_timeline"), {"company": unit.pk, "person": person})
    text = page.content.decode()
    assert page.status_code == 200
    assert "示範設定" in text and said in text
