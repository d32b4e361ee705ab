"""Pages of people and their assignments."""

import pytest
from django.urls import reverse

from remit.demo.cast import PEOPLE
from remit.org.models import Assignment, Person, Position, Unit


def names(page) -> list[str]:
    return sorted(line.row.name_en for line in page.context["listing"].lines)


def test_everybody_sees_themselves_and_managers_their_people(log_in_as):
    assert names(log_in_as("west").get("/team/people")) == ["Hank Wu"]
    assert len(names(log_in_as("admin").get("/team/people"))) == len(PEOPLE)


def new_person(**changes: object) -> dict[str, object]:
    return {
        "name": "新人",
        "email": "New@demo.example",
        "position": Position.objects.get(code="sales_person").pk,
        "unit": Unit.objects.get(code="tafeng").pk,
        "starts_on": "2026-01-05",
        "hours_per_week": "40",
        "share": "100",
    } | changes


def test_somebody_new_starts_in_their_position(log_in_as):
    log_in_as("admin").post("/team/people/new", new_person())
    held = Assignment.objects.get(person__email="new@demo.example")
    assert (held.position.code, held.unit.code, str(held.starts_on)) == (
        "sales_person",
        "tafeng",
        "2026-01-05",
    )


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"email": "WEST@demo.example"}, "email"),
        ({"email": "nobody"}, "email"),
        ({"ends_on": "2025-01-01"}, "ends_on"),
        ({"unit": "987"}, "unit"),
    ],
)
def test_somebody_wrong_is_refused_and_nobody_is_added(log_in_as, wrong, field):
    answer = log_in_as("admin").post("/team/people/new", new_person(**wrong))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert Person.objects.filter(name="新人").count() == 0


def test_a_person_s_data_are_changed(log_in_as, person):
    west = person("west")
    given = {"name": "吳宗翰", "name_en": "Henry Wu", "email": west.email, "joined_on": "2024-05-01"} | {
        "hours_per_week": "32.5"
    }
    log_in_as("admin").post(reverse("org_person_edit", args=[west.pk]), given)
    changed = person("west")
    assert (changed.name_en, str(changed.joined_on), str(changed.hours_per_week)) == (
        "Henry Wu",
        "2024-05-01",
        "32.5",
    )


def test_a_closed_account_sees_nothing_and_an_opened_one_again(log_in_as, person):
    browser, west = log_in_as("admin"), log_in_as("west")
    path = reverse("org_person_account", args=[person("west").pk])
    browser.post(path, {"state": "closed"})
    assert west.get("/account/").status_code == 302
    browser.post(path, {"state": "open"})
    assert person("west").is_active


def test_a_second_position_is_given_and_ended(log_in_as, person):
    browser, west = log_in_as("admin"), person("west")
    given = {
        "position": Position.objects.get(code="market_analyst").pk,
        "unit": Unit.objects.get(code="tafeng").pk,
        "starts_on": "2026-01-05",
        "share": "40",
    }
    path = reverse("org_person_assignments", args=[west.pk])
    browser.post(path, given)
    held = Assignment.objects.get(person=west, unit__code="tafeng")
    assert browser.post(path, given).context["form"].errors.keys() == {"starts_on"}
    browser.post(reverse("org_assignment_end", args=[held.pk]), {"ends_on": "2026-02-01"})
    held.refresh_from_db()
    assert (str(held.ends_on), held.share) == ("2026-02-01", 40)


@pytest.mark.parametrize("day", ["", "yesterday", "1999-01-01"])
def test_an_impossible_last_day_ends_nothing(log_in_as, person, day):
    held = Assignment.objects.get(person=person("west"))
    answer = log_in_as("admin").post(
        reverse("org_assignment_end", args=[held.pk]), {"ends_on": day}, follow=True
    )
    held.refresh_from_db()
    assert held.ends_on is None
    assert len(list(answer.context["messages"])) == 1


def test_nobody_changes_their_own_position(log_in_as, person):
    answer = log_in_as("admin").post(reverse("org_person_assignments", args=[person("admin").pk]), {})
    assert answer.status_code == 403


@pytest.mark.parametrize("more", [1, 3])
def test_the_list_takes_as_many_queries_for_few_as_for_many(log_in_as, django_assert_num_queries, more):
    browser = log_in_as("admin")
    for number in range(more):
        Person.objects.create(email=f"n{number}@example.org", name=f"N{number}")
    browser.get("/team/people")
    # session, person, assignments, unread; abilities twice; the page: count, people, their posts, saved views
    with django_assert_num_queries(9):
        browser.get("/team/people")
