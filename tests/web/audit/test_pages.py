"""The record: search, read, verify."""

import pytest
from django.urls import reverse

from remit.audit.models import Event
from remit.org.models import Unit


def told(page) -> list[tuple[str, str]]:
    return [(event.name, event.by) for event in page.context["events"]]


def test_events_are_said_with_names_newest_first(log_in_as):
    browser = log_in_as("admin")
    path = reverse("org_unit_edit", args=[Unit.objects.get(code="tafeng").pk])
    browser.post(path, {"name": "大豐", "structure": "matrix", "is_company": "on", "currency": "TWD"})
    first = browser.get("/audit").context["events"][0]
    assert (first.name, first.by) == ("org.unit.changed", "Alan Hsu")
    assert first.sentence.startswith("Alan Hsu changed the unit tafeng")
    assert first.url == f"/team/units/{Unit.objects.get(code='tafeng').pk}"


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("name=org.unit.added", {"org.unit.added"}),
        ("name=org.unit.zone_set", {"org.unit.zone_set"}),
        ("since=2099-01-01", set()),
        ("until=1999-01-01", set()),
        ("subject=dragon:1", set()),
    ],
)
def test_the_record_is_searched_by_what_when_and_about_what(log_in_as, query, names):
    page = log_in_as("admin").get(f"/audit?{query}")
    assert {name for name, _by in told(page)} == names


def test_the_record_about_one_thing_tells_of_it_alone(log_in_as):
    unit = Unit.objects.get(code="tafeng")
    page = log_in_as("admin").get(f"/audit?subject=unit:{unit.pk}&name=org.unit.added")
    assert [(event.name, event.subject) for event in page.context["events"]] == [
        ("org.unit.added", "Ta Feng (Taipei)")
    ]


@pytest.mark.parametrize("query", ["subject=nonsense", "since=yesterday", "by=9999", "name=nothing.at.all"])
def test_a_search_that_cannot_be_read_says_so(log_in_as, query):
    assert log_in_as("admin").get(f"/audit?{query}").status_code == 422


def test_older_events_are_reached_page_by_page_without_a_gap(log_in_as):
    browser = log_in_as("admin")
    seen, address = [], "/audit"
    while address:
        page = browser.get(address)
        seen += [event.number for event in page.context["events"]]
        address = f"/audit{page.context['older']}" if page.context["older"] else ""
    assert seen == list(Event.objects.order_by("-pk").values_list("pk", flat=True))


def test_a_nonsense_page_is_the_first_one(log_in_as):
    browser = log_in_as("admin")
    assert told(browser.get("/audit?before=x'")) == told(browser.get("/audit"))


def test_a_sound_record_is_said_to_hold(log_in_as):
    browser = log_in_as("admin")
    page = browser.post("/audit/verification")
    assert page.context["checked"].holds
    fragment = browser.post("/audit/verification", headers={"hx-request": "true"}).text
    assert "The record holds" in fragment
    assert "<html" not in fragment


def test_the_record_is_refused_to_who_may_not_read_it(log_in_as):
    assert log_in_as("tafeng").get("/audit").status_code == 403
