"""Journeys as pages: asked by a form, answered in the viewer's scope, led down to people, kept, watched."""

import json
import re
from decimal import Decimal
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from remit.customers.actions import publish_links
from remit.customers.models import Claim, Customer, Link
from remit.journeys.asking import KINDS as HOW
from remit.journeys.offering import Offer
from remit.metrics.actions.alert import look_at
from remit.metrics.models import Alert, AlertFiring, SavedQuestion, Tile
from remit.metrics.queries.journeys import KINDS
from remit.web.journeys.asked import PAGES, first_look
from tests.web.figures_house import House
from tests.web.journeys_house import walk
from tests.web.test_api import program
from tests.web.test_figures_pages import queries_of

__all__ = ["walk"]
FUNNEL = [("step", "view"), ("step", "cart"), ("step", "pay"), ("window", "1 day"), ("period", "all")]


def shown(house: House, person: str, kind: str, query: list[tuple[str, str]] | None = None) -> str:
    answer = house.client(person).get(f"{reverse('journeys_ask', args=[kind])}?{urlencode(query or [])}")
    assert answer.status_code == 200
    return answer.content.decode()


def exported(house: House, person: str, kind: str, query: list[tuple[str, str]]) -> list[list[str]]:
    text = shown(house, person, kind, [*query, ("export", "csv")])
    return [line.split(",") for line in text.lstrip("\ufeff").splitlines()]


def people(house: House, person: str, kind: str, query: list[tuple[str, str]]) -> list[str]:
    page = house.client(person).get(f"{reverse('journeys_people', args=[kind])}?{urlencode(query)}")
    assert page.status_code == 200
    return sorted(re.findall(r'timeline\?company=\d+&amp;person=(\w+)"', page.content.decode()))


def test_a_funnel_says_how_far_people_come_and_where_most_stop(walk):
    page = shown(walk, "analyst", "funnel", FUNNEL)
    assert "28.6% of 7 people who did “view” reach “pay”" in page
    assert "loses most" in page
    rows = exported(walk, "analyst", "funnel", FUNNEL)
    assert [(row[0], row[1], row[5]) for row in rows[1:4]] == [
        ("1. view", "7", "3"), ("2. cart", "4", "2"), ("3. pay", "2", "")]  # fmt: skip


def test_who_has_not_asked_yet_is_shown_a_funnel_of_the_events_there_are(walk):
    page = shown(walk, "analyst", "funnel")
    assert "view (7)" in page
    assert "28.6% of 7 people" in page


def test_a_breakdown_tells_each_channel(walk):
    page = shown(walk, "analyst", "funnel", [*FUNNEL, ("breakdown", "channel")])
    assert re.search(r"<th scope=\"row\">mail</th>.*>6<.*>4<.*>2<", page)
    assert "secret" not in page


@pytest.mark.parametrize("kind", PAGES)
def test_every_kind_is_answered_and_nothing_of_another_company_appears(walk, kind):
    for person in ("analyst", "east", "west"):
        page = shown(walk, person, kind)
        assert "secret" not in page
        assert not re.search(r"\bs1\b", re.sub(r"<script.*?</script>", "", page))


def test_a_regions_person_gets_the_regions_people_counted_and_not_named(walk):
    rows = exported(walk, "west", "funnel", FUNNEL)
    assert [row[1] for row in rows[1:4]] == ["1", "0", "0"]
    page = shown(walk, "west", "funnel", FUNNEL)
    assert "counted, not named" in page
    assert reverse("journeys_people", args=["funnel"]) not in page
    address = f"{reverse('journeys_people', args=['funnel'])}?{urlencode([*FUNNEL, ('place', '1')])}"
    assert walk.client("west").get(address).status_code == 403


def test_a_step_leads_to_the_people_in_it_and_to_those_who_stopped(walk):
    assert people(walk, "analyst", "funnel", [*FUNNEL, ("place", "2")]) == ["p1", "p2", "p3", "p4"]
    assert people(walk, "analyst", "funnel", [*FUNNEL, ("place", "2"), ("then", "gone")]) == ["p3", "p4"]
    page = shown(walk, "analyst", "funnel", FUNNEL)
    links = re.findall(r'<a href="([^"]*/people[^"]*)">([\d,]+)</a>', page)
    assert len(links) == 5
    for address, count in links:
        found = walk.client("analyst").get(address.replace("&amp;", "&")).content.decode()
        assert len(re.findall(r"timeline\?company", found)) == int(count)


def test_a_cohort_leads_to_its_people_and_to_those_who_came_back(walk):
    query = [("start", "view"), ("return", "pay"), ("span", "week"), ("period", "all")]
    page = shown(walk, "analyst", "retention", query)
    assert "14.3% of 7 people came back in the week after" in page
    assert len(people(walk, "analyst", "retention", [*query, ("place", "0")])) == 7
    assert people(walk, "analyst", "retention", [*query, ("place", "0"), ("then", "1")]) == ["p1"]
    assert people(walk, "analyst", "retention", [*query, ("place", "0"), ("then", "0")]) == ["p1", "p2"]


def test_somebody_who_is_known_leads_to_the_customers_page(walk):
    grocer, at = walk.units["grocer"], timezone.now()
    customer = Customer.objects.create(code="C1", unit=grocer, changed_at=at)
    claim = Claim.objects.create(unit=grocer, person_code="p2", kind="customer", name=str(customer.pk), at=at,
                                 event_code="1")  # fmt: skip
    Link.objects.create(unit=grocer, person_code="p2", customer=customer, claim=claim)
    address = f"{reverse('journeys_people', args=['funnel'])}?{urlencode([*FUNNEL, ('place', '3')])}"
    page = walk.client("analyst").get(address).content.decode()
    assert re.findall(r'href="/customers/(\d+)"', page) == [str(customer.pk)]


def test_a_visitor_who_logged_in_is_one_person_in_every_journey_until_taken_apart(walk):
    grocer, at = walk.units["grocer"], timezone.now()
    customer = Customer.objects.create(code="C1", unit=grocer, changed_at=at)
    for code in ("p1", "p7"):  # a phone at home that only looked, and a member who paid
        claim = Claim.objects.create(unit=grocer, person_code=code, kind="phone", name="x", at=at,
                                     event_code=code)  # fmt: skip
        Link.objects.create(unit=grocer, person_code=code, customer=customer, claim=claim)
    publish_links(at=at)
    rows = exported(walk, "analyst", "funnel", FUNNEL)
    assert [(row[0], row[1]) for row in rows[1:4]] == [("1. view", "6"), ("2. cart", "4"), ("3. pay", "2")]
    assert people(walk, "analyst", "funnel", [*FUNNEL, ("place", "1")]) == [f"p{n}" for n in range(1, 7)]
    Link.objects.filter(person_code="p7").delete()
    publish_links(at=at)
    rows = exported(walk, "analyst", "funnel", FUNNEL)
    assert [row[1] for row in rows[1:4]] == ["7", "4", "2"]


@pytest.mark.parametrize("query", ["place=9", "place=x", "place=0", "", "place=1&then=9999999"])
def test_a_place_that_is_none_breaks_nothing(walk, query):
    address = f"{reverse('journeys_people', args=['funnel'])}?{urlencode(FUNNEL)}&{query}"
    assert walk.client("analyst").get(address).status_code in (200, 404, 422)


def test_without_events_the_page_says_how_they_come(house, settings, tmp_path):
    settings.HOME = tmp_path / "home"
    page = shown(house, "analyst", "funnel")
    assert "No events yet" in page
    assert "Watch events live" in page


def test_what_does_not_exist_is_said_in_a_sentence(walk):
    client = walk.client("analyst")
    wrong = client.get(f"{reverse('journeys_ask', args=['funnel'])}?unit=market&step=view&step=pay")
    assert (wrong.status_code, "There is no unit “market” among those you see" in wrong.content.decode()) == (
        422, True)  # fmt: skip
    assert client.get(reverse("journeys_ask", args=["nothing"])).status_code == 404
    period = client.get(f"{reverse('journeys_ask', args=['funnel'])}?step=view&step=pay&period=soon")
    assert period.status_code == 422
    gone = shown(walk, "analyst", "funnel", [("step", "view"), ("step", "flown"), ("period", "all")])
    assert "No event is called “flown”." in gone


def test_a_journey_is_kept_among_the_saved_questions_and_opens_as_its_page(walk):
    client = walk.client("analyst")
    address = f"{reverse('journeys_save', args=['funnel'])}?{urlencode(FUNNEL)}"
    assert "Funnel: view → cart → pay" in client.get(address).content.decode()
    done = client.post(address, {"title": "To the till", "audience": ""})
    saved = SavedQuestion.objects.get()
    assert done.url == reverse("figures_question", args=[saved.pk])
    spec = {"steps": ["view", "cart", "pay"], "window": "1 day", "period": "all"}
    assert saved.question == {"journey": "funnel", "spec": spec, "unit": ""}
    assert "Funnel: view → cart → pay" in client.get(reverse("figures_questions")).content.decode()
    opened = client.get(done.url, follow=True)
    assert opened.redirect_chain[-1][0].startswith("/journeys/funnel?step=view&step=cart&step=pay")
    assert "28.6% of 7 people" in opened.content.decode()


@pytest.mark.parametrize(
    ("kind", "words"), [("number", "28.6%"), ("bar", "of 7 people"), ("table", "2. cart")]
)
def test_a_board_shows_a_journey_as_number_drawing_or_table_in_the_viewers_scope(walk, kind, words):
    client = walk.client("analyst")
    address = f"{reverse('journeys_tile', args=['funnel'])}?{urlencode(FUNNEL)}"
    form = {"board": "new", "title": "", "kind": kind, "size": "medium"}
    done = client.post(address, form)
    assert done.status_code == 302
    page = client.get(f"{done.url}?now=1&unit=").content.decode()
    assert words in page
    assert "/journeys/funnel?step=view" in page
    tile = Tile.objects.get()
    changed = client.post(
        reverse("boards_tile", args=[tile.pk]), {"title": "Till", "kind": kind, "size": "large"}
    )
    tile.refresh_from_db()
    assert (changed.status_code, tile.title, tile.question["journey"]) == (302, "Till", "funnel")
    assert client.get(reverse("boards_edit", args=[tile.board_id])).status_code == 200


def test_a_funnels_share_is_watched_and_speaks_once(walk):
    client = walk.client("analyst")
    address = f"{reverse('journeys_alert', args=['funnel'])}?{urlencode(FUNNEL)}"
    form = {"title": "Few pay", "unit": walk.units["grocer"].pk, "breach": "below", "limit": "50",
            "severity": "warning", "owner": walk.people["analyst"].pk}  # fmt: skip
    done = client.post(address, form)
    alert = Alert.objects.get()
    assert done.url == reverse("figures_alert", args=[alert.pk])
    firing = AlertFiring.objects.get()
    assert (firing.value, firing.limit) == (Decimal("0.285714"), Decimal("0.5"))
    page = client.get(done.url).content.decode()
    assert all(
        words in page for words in ("28.6%", "50.0%", "Funnel: view → cart → pay", "/journeys/funnel?")
    )
    assert "Few pay" in client.get(reverse("figures_alerts")).content.decode()
    assert look_at(alert=alert.pk, at=timezone.now()) == ()


def test_a_kind_without_one_number_is_not_watched(walk):
    address = f"{reverse('journeys_alert', args=['paths'])}?from=view"
    assert walk.client("analyst").get(address).status_code == 302


def test_a_page_asks_the_database_no_more_than_it_has_to(walk):
    assert queries_of(walk, "analyst", f"{reverse('journeys_ask', args=['funnel'])}?{urlencode(FUNNEL)}") == 6


# -- the programming interface ------------------------------------------------------------------


def asked_by_a_program(house: House, name: str, kind: str, **body: object) -> tuple[int, dict[str, object]]:
    cache.clear()
    answer = program(house, name).post(
        f"/api/v1/journeys/{kind}", json.dumps(body), content_type="application/json"
    )
    return answer.status_code, json.loads(answer.content)


SPEC = {"steps": ["view", {"event": "cart", "name": "In the cart"}, "pay"], "window": "1 day"}


@pytest.mark.parametrize(
    ("name", "people"), [("analyst", [7, 4, 2]), ("west", [1, 0, 0]), ("nobody", [0, 0, 0])]
)
def test_a_program_gets_the_answer_of_the_command_in_the_scope_of_its_person(walk, name, people):
    status, found = asked_by_a_program(walk, name, "funnel", spec=SPEC)
    assert (status, [step["people"] for step in found["steps"]]) == (200, people)
    assert "secret" not in json.dumps(found)


def test_a_program_names_a_unit_and_learns_what_is_wrong_with_a_question(walk):
    assert asked_by_a_program(walk, "analyst", "funnel", spec=SPEC, unit="west")[1]["steps"][0]["people"] == 1
    status, found = asked_by_a_program(walk, "analyst", "funnel", spec={"steps": ["view"], "windw": "1 day"})
    assert (status, found["detail"][:33]) == (422, "funnel does not know windw. Keys:")
    assert asked_by_a_program(walk, "west", "funnel", spec=SPEC, unit="market")[0] == 422
    assert asked_by_a_program(walk, "west", "nothing", spec={})[0] == 422


@pytest.mark.parametrize(
    ("kind", "spec", "part"),
    [
        ("retention", {"start": "view", "return": "pay"}, "cohorts"),
        ("attribution", {"touches": "view", "conversion": "pay"}, "channels"),
        ("paths", {"from": "view"}, "links"),
        ("sessions", {}, "landed"),
        ("stickiness", {}, "periods"),
        ("lifecycle", {}, "periods"),
        ("sequence", {"all": [{"did": ["view", "pay"]}]}, "named"),
    ],
)
def test_every_kind_is_answered_to_programs(walk, kind, spec, part):
    status, found = asked_by_a_program(walk, "analyst", kind, spec=spec)
    assert (status, part in found, "notes" in found) == (200, True, True)


def test_the_kinds_are_those_that_can_be_answered():
    assert set(KINDS) == set(HOW)
    assert set(PAGES) < set(KINDS)


@pytest.mark.parametrize(
    ("names", "steps"),
    [
        (("bought", "catalog", "exposed", "purchase", "redeemed"), ["exposed", "redeemed", "bought"]),
        (("bought", "purchase", "product_view", "cart"), ["product_view", "cart", "purchase", "bought"]),
        (("bought",), []),
    ],
)
def test_a_funnel_nobody_asked_for_follows_one_way_that_people_go(names, steps):
    offer = Offer(events=tuple((name, 1) for name in names), columns={}, people=1, last_at=None)
    assert first_look("funnel", offer, "").steps == steps
