"""Customers by score: counted in the viewer's scope, and named only to those who may know."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from remit.customers.models import Customer
from remit.org.models import Assignment
from tests.web.figures_house import House
from tests.web.test_figures_pages import queries_of

GRID, LIST = "figures_scores", "figures_scores_list"


def shown(house: House, person: str, name: str, query: str = "period=all") -> str:
    answer = house.client(person).get(f"{reverse(name)}?{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def exported(house: House, person: str, name: str, query: str = "period=all") -> list[list[str]]:
    text = house.client(person).get(f"{reverse(name)}?{query}&export=csv").content.decode("utf-8-sig")
    return [line.split(",") for line in text.splitlines()]


@pytest.fixture
def named(house: House) -> House:
    """The customers of the sales have rows, as they have wherever facts were imported."""
    for number in (1, 2, 3, 4, 5, 9):
        unit = house.units["market" if number == 9 else "grocer"]
        Customer.objects.create(pk=number, code=f"C{number}", unit=unit, changed_at=timezone.now())
    return house


def test_every_customer_stands_once_in_the_groups_of_all_three_scores(house):
    head, *rows = exported(house, "analyst", GRID)
    assert head == ["Recency", "Frequency", "Monetary value", "Customers", "Sales", "Currency"]
    assert (sum(int(row[3]) for row in rows), {row[5] for row in rows}) == (5, {"USD"})


def test_a_regions_person_gets_the_scores_of_the_regions_customers(house):
    counted = {
        who: sum(int(row[3]) for row in exported(house, who, GRID)[1:]) for who in ("analyst", "east", "west")
    }
    assert counted == {"analyst": 5, "east": 3, "west": 2}


def test_each_number_of_the_grid_leads_to_as_many_customers(named):
    page = shown(named, "analyst", GRID)
    links = re.findall(r'<a href="([^"]+)"[^>]*aria-label="[^"]+: (\d+)"', page)
    assert sum(int(count) for _address, count in links) == 5
    for address, count in links:
        listed = named.client("analyst").get(address.replace("&amp;", "&")).content.decode()
        assert len(re.findall(r'href="/customers/\d+"', listed)) == int(count)


def test_the_page_says_what_the_scores_mean(house):
    page = shown(house, "analyst", GRID)
    words = ("whole fifths of the customers who lie strictly below", "share a score", "Days since the last")
    assert [word in page for word in words] == [True] * 3


def test_who_spent_most_comes_first_and_pages_hold_the_scores_chosen(named):
    head, *rows = exported(named, "analyst", LIST)
    assert (head[0], sorted(row[0] for row in rows)) == ("Customer", ["C1", "C2", "C3", "C4", "C5"])
    sales = [float(row[6]) for row in rows]
    assert sales == sorted(sales, reverse=True)
    few = exported(named, "analyst", LIST, f"period=all&money={rows[0][3]}")[1:]
    assert few == [row for row in rows if row[3] == rows[0][3]]
    strange = exported(named, "analyst", LIST, "period=all&money=6&recency=x&frequency=-1")[1:]
    assert strange == rows


def test_scores_that_nobody_has_are_an_empty_list_with_a_next_step(named):
    page = shown(named, "analyst", LIST, "period=all&recency=5&frequency=5&money=1&page=9")
    assert "No customer has these scores" in page


def test_customers_are_not_named_to_who_sees_a_part_of_the_company(named):
    assert "figures/customers/scores/list" not in shown(named, "east", GRID)
    assert "counted, not named" in shown(named, "east", GRID)
    answer = named.client("east").get(f"{reverse(LIST)}?period=all")
    assert (answer.status_code, "counted, not named" in answer.content.decode()) == (403, True)


def test_of_a_company_seen_in_part_customers_are_counted_but_not_named_beside_a_whole_one(named):
    """The east's person also sees the market whole: its customers have names, the grocer's have none."""
    east = named.people["east"]
    held = Assignment.objects.get(person=east)
    Assignment.objects.create(
        person=east, position=held.position, unit=named.units["market"], starts_on=held.starts_on
    )
    market = exported(named, "east", LIST, "period=all&unit=market")[1:]
    region = exported(named, "east", LIST, "period=all&unit=east")[1:]
    assert ([row[0] for row in market], [row[0] for row in region]) == (["C9"], ["", "", ""])


def test_a_unit_filter_names_customers_of_the_whole_company_only_to_who_sees_it(named):
    region = exported(named, "analyst", LIST, "period=all&unit=east")[1:]
    assert sorted(row[0] for row in region) == ["C1", "C2", "C3"]


@pytest.mark.parametrize("name", [GRID, LIST])
def test_several_currencies_and_what_is_no_period_are_refused_with_a_sentence(named, name):
    client = named.client("director")
    for query, words in (
        ("period=all&unit=", "different currencies"),
        ("period=2017-13", "there is no month 13"),
    ):
        answer = client.get(f"{reverse(name)}?{query}")
        assert (answer.status_code, words in answer.content.decode()) == (422, True)


@pytest.mark.parametrize(("name", "count"), [(GRID, 5), (LIST, 7)])
def test_the_pages_ask_the_database_as_often_for_one_customer_as_for_all(named, name, count):
    for query in ("period=all", "period=all&recency=1"):
        assert queries_of(named, "analyst", f"{reverse(name)}?{query}") == count
