"""Pages of units."""

from collections import Counter

import pytest
from django.urls import reverse

from remit.demo.cast import PEOPLE
from remit.org.models import Unit

WORKING = dict(Counter(member.unit for member in PEOPLE))


def unit(code: str) -> Unit:
    return Unit.objects.get(code=code)


def test_the_tree_begins_at_one_s_own_unit(log_in_as):
    page = log_in_as("journey").get("/team/units")
    assert [(row.code, depth) for row, depth in page.context["rows"]] == [
        ("journey", 0),
        ("journey-east", 1),
        ("journey-midwest", 1),
        ("journey-south", 1),
        ("journey-west", 1),
    ]


def test_each_unit_says_how_many_work_in_it(log_in_as):
    rows = log_in_as("admin").get("/team/units").context["rows"]
    assert {row.code: row.people for row, _depth in rows if row.people} == WORKING


def test_a_unit_is_added_below_the_chosen_one(log_in_as):
    browser = log_in_as("admin")
    given = {
        "parent": unit("tafeng").pk,
        "code": "tafeng-north",
        "name": "大豐北區",
        "structure": "centralised",
    }
    answer = browser.post("/team/units/new", given)
    assert answer["Location"] == reverse("org_unit", args=[unit("tafeng-north").pk])
    assert Unit.objects.get_parent(unit("tafeng-north")).code == "tafeng"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"code": "journey"}, "code"),
        ({"is_company": "on"}, "currency"),
        ({"currency": "usd"}, "currency"),
        ({"parent": "987"}, "parent"),
        ({"name": ""}, "name"),
        ({"code": "no spaces please"}, "code"),
    ],
)
def test_a_wrong_unit_is_refused_beside_its_field(log_in_as, wrong, field):
    given = {"parent": unit("tafeng").pk, "code": "new", "name": "New", "structure": "centralised"} | wrong
    answer = log_in_as("admin").post("/team/units/new", given)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])


def test_a_unit_is_changed(log_in_as):
    path = reverse("org_unit_edit", args=[unit("tafeng").pk])
    given = {"name": "大豐", "structure": "matrix", "region": "Taipei", "is_company": "on", "currency": "TWD"}
    log_in_as("admin").post(path, given)
    changed = unit("tafeng")
    assert (changed.name, changed.structure) == ("大豐", "matrix")


def test_a_moved_unit_hangs_below_its_new_one(log_in_as):
    path = reverse("org_unit_place", args=[unit("journey-west").pk])
    log_in_as("admin").post(path, {"parent": unit("tafeng").pk})
    assert Unit.objects.get_parent(unit("journey-west")).code == "tafeng"


def test_a_unit_is_not_offered_a_place_below_itself(log_in_as):
    path = reverse("org_unit_place", args=[unit("journey").pk])
    answer = log_in_as("admin").post(path, {"parent": unit("journey-west").pk})
    assert (answer.status_code, list(answer.context["place_form"].errors)) == (422, ["parent"])


def test_a_time_zone_holds_from_its_day(log_in_as):
    path = reverse("org_unit_zone", args=[unit("journey").pk])
    browser = log_in_as("admin")
    browser.post(path, {"zone": "Europe/Paris", "starts_on": "2025-01-01"})
    assert str(browser.get(reverse("org_unit", args=[unit("journey").pk])).context["zone"]) == "Europe/Paris"
    assert browser.post(path, {"zone": "Moon/Base", "starts_on": "2025-01-01"}).status_code == 422


def test_the_people_of_a_unit_are_shown_to_who_manages_them(log_in_as):
    path = reverse("org_unit", args=[unit("journey").pk])
    assert len(log_in_as("admin").get(path).context["posts"]) == WORKING["journey"]
    assert [held.person.name_en for held in log_in_as("analyst").get(path).context["posts"]] == [
        "Sophie Wang"
    ]


@pytest.mark.parametrize("more", [0, 2])
def test_the_tree_takes_as_many_queries_for_one_unit_as_for_three(log_in_as, django_assert_num_queries, more):
    browser = log_in_as("tafeng")
    for number in range(more):
        Unit.objects.add_child(unit("tafeng"), {"code": f"t{number}", "name": f"T{number}"})
    browser.get("/team/units")
    # session, person, assignments, unread; the page: visible units twice (scope, rows), the ability
    with django_assert_num_queries(6):
        assert len(browser.get("/team/units").context["rows"]) == 1 + more
