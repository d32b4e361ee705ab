"""Pages of products, customers, outlets and campaigns: who sees what, and how an outlet moves."""

from datetime import date

import pytest
from django.urls import reverse

from remit.channels.actions import load_outlets
from remit.channels.models import Outlet
from remit.customers.actions import load_customers
from remit.customers.models import Customer
from remit.org.enums import Ability
from remit.planning.actions import load_campaigns
from remit.planning.models import Campaign
from remit.products.actions import load_products
from remit.products.models import Product
from tests.rooms import AT, batches, lake_folder, organisation

__all__ = ["lake_folder", "organisation"]

LISTS = ("products_list", "customers_list", "channels_outlets", "campaigns_list")


@pytest.fixture
def stocked(organisation):
    """One product, customer and campaign of each company; outlets 1 east, 2 west, 5 of the market."""
    for unit, code in (("grocer", "1"), ("market", "5")):
        named = {"unit": organisation.units[unit], "import_id": 1, "by": None, "at": AT}
        load_products(batches=batches({"code": code, "department": f"D{code}", "sold_by": "piece"}), **named)
        load_customers(batches=batches({"code": code, "age_group": "25-34"}), **named)
        load_campaigns(batches=batches({"code": code, "starts_on": date(2017, 3, 3)}), **named)
        rows = [{"code": "1", "region": "East"}, {"code": "2", "region": "West"}]
        load_outlets(batches=batches(*(rows if unit == "grocer" else [{"code": "5"}])), **named)
    return organisation


def codes(client, name, **query):
    page = client.get(reverse(name), query)
    assert page.status_code == 200
    return [row.code for row in page.context["listing"].page]


@pytest.mark.parametrize(
    ("place", "products", "customers", "outlets", "campaigns"),
    [
        ("group", ["1", "5"], ["1", "5"], ["1", "2", "5"], ["5", "1"]),
        ("grocer", ["1"], ["1"], ["1", "2"], ["1"]),
        ("east", ["1"], [], ["1"], ["1"]),
        ("market", ["5"], ["5"], ["5"], ["5"]),
    ],
)
def test_each_list_shows_what_the_person_may_see(
    client, stocked, place, products, customers, outlets, campaigns
):
    client.force_login(stocked.person(place))
    assert [codes(client, name) for name in LISTS] == [products, customers, outlets, campaigns]


@pytest.mark.parametrize(
    ("url", "model"),
    [
        ("products_product", Product),
        ("customers_customer", Customer),
        ("channels_outlet", Outlet),
        ("campaigns_campaign", Campaign),
    ],
)
def test_a_page_outside_the_scope_looks_like_one_that_does_not_exist(client, stocked, url, model):
    ours, theirs = model.objects.get(code="1"), model.objects.get(code="5")
    client.force_login(stocked.person("grocer"))
    found = [client.get(reverse(url, args=[pk])).status_code for pk in (ours.pk, theirs.pk, 999_999)]
    assert found == [200, 404, 404]


def test_lists_narrow_by_company_and_by_attribute(client, stocked):
    client.force_login(stocked.person("group"))
    assert codes(client, "products_list", department="D5") == ["5"]
    assert codes(client, "products_list", company=stocked.units["grocer"].pk) == ["1"]
    assert codes(client, "channels_outlets", region="East") == ["1"]
    assert codes(client, "channels_outlets", q="5") == ["5"]
    assert codes(client, "customers_list", described="False") == []


@pytest.mark.parametrize("name", LISTS)
def test_an_export_carries_the_list_as_it_is_seen(client, stocked, name):
    client.force_login(stocked.person("market"))
    page = client.get(reverse(name), {"export": "csv"})
    rows = page.content.decode("utf-8-sig").splitlines()
    assert [row.split(",")[0] for row in rows[1:]] == ["5"]


@pytest.mark.parametrize("name", LISTS)
def test_a_list_asks_as_often_for_three_rows_as_for_one(
    client, stocked, name, django_assert_num_queries, django_assert_max_num_queries
):
    person = stocked.person("grocer")
    client.force_login(person)
    client.get(reverse(name))
    with django_assert_max_num_queries(20) as one:
        client.get(reverse(name))
    named = {"unit": stocked.units["grocer"], "import_id": 2, "by": None, "at": AT}
    for load in (load_products, load_customers, load_campaigns, load_outlets):
        load(batches=batches({"code": "11"}, {"code": "12"}), **named)
    with django_assert_num_queries(len(one)):
        client.get(reverse(name))


def test_an_outlet_is_moved_from_its_page(client, stocked):
    client.force_login(stocked.person("grocer", (Ability.MANAGE_PEOPLE,)))
    outlet = Outlet.objects.get(code="1")
    answer = client.post(
        reverse("channels_placings", args=[outlet.pk]),
        {"unit": stocked.units["west"].pk, "on": "2017-07-01"},
    )
    assert (answer.status_code, answer.headers["Location"]) == (
        302,
        reverse("channels_outlet", args=[outlet.pk]),
    )
    outlet.refresh_from_db()
    assert outlet.unit == stocked.units["west"]


@pytest.mark.parametrize("on", ["2999-01-01", "0017-01-01", "never", ""])
def test_an_impossible_move_shows_its_reason_beside_the_form(client, stocked, on):
    client.force_login(stocked.person("grocer", (Ability.MANAGE_PEOPLE,)))
    outlet = Outlet.objects.get(code="1")
    answer = client.post(
        reverse("channels_placings", args=[outlet.pk]), {"unit": stocked.units["west"].pk, "on": on}
    )
    assert answer.status_code == 422
    assert answer.context["form"].errors
    outlet.refresh_from_db()
    assert outlet.unit == stocked.units["east"]


def test_an_outlet_is_not_moved_into_another_company(client, stocked):
    client.force_login(stocked.person("group", (Ability.MANAGE_PEOPLE,)))
    outlet = Outlet.objects.get(code="1")
    answer = client.post(
        reverse("channels_placings", args=[outlet.pk]),
        {"unit": stocked.units["market"].pk, "on": "2017-07-01"},
    )
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["unit"])


@pytest.mark.parametrize(("place", "status"), [("east", 403), ("west", 404), ("market", 404)])
def test_who_does_not_manage_units_moves_nothing(client, stocked, place, status):
    client.force_login(stocked.person(place))
    outlet = Outlet.objects.get(code="1")
    answer = client.post(
        reverse("channels_placings", args=[outlet.pk]), {"unit": outlet.company_id, "on": "2017-07-01"}
    )
    outlet.refresh_from_db()
    assert (answer.status_code, outlet.unit) == (status, stocked.units["east"])
