"""Saved views in the tools of a list."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from remit.org.models import ListView

PEOPLE = "/team/people"


def save(browser, **changes):
    fields = {"title": "Wu", "query": "q=Wu&sort=-name", "next": f"{PEOPLE}?q=Wu&sort=-name"} | changes
    return browser.post(reverse("list_views", args=["people"]), fields)


def menu(browser, address=PEOPLE):
    listing = browser.get(address).context["listing"]
    return [(view.title, view.url, view.chosen) for view in listing.views]


def test_a_state_is_saved_and_one_comes_back_to_it(log_in_as):
    admin = log_in_as("admin")
    answer = save(admin)
    assert (answer.status_code, answer["Location"]) == (302, f"{PEOPLE}?q=Wu&sort=-name")
    assert menu(admin, f"{PEOPLE}?page=2") == [("Wu", f"{PEOPLE}?q=Wu&sort=-name", False)]
    assert menu(admin, f"{PEOPLE}?q=Wu&sort=-name") == [("Wu", f"{PEOPLE}?q=Wu&sort=-name", True)]


def test_the_form_of_the_page_carries_the_state_without_page_and_strangers(log_in_as):
    page = log_in_as("admin").get(f"{PEOPLE}?q=Wu&page=1&size=25&stranger=1").content.decode()
    assert '<input type="hidden" name="query" value="q=Wu&amp;size=25">' in page
    assert f'action="{reverse("list_views", args=["people"])}"' in page


def test_only_what_the_list_knows_comes_into_an_address(log_in_as):
    admin = log_in_as("admin")
    save(admin, query="q=Wu&export=csv&page=7&stranger=1")
    assert menu(admin) == [("Wu", f"{PEOPLE}?q=Wu", False)]


def test_the_menu_opens_without_a_script(log_in_as):
    admin = log_in_as("admin")
    save(admin)
    page = admin.get(PEOPLE).content.decode()
    (view,) = ListView.objects.all()
    assert '<details class="dropdown list-views">' in page
    assert f'action="{reverse("list_view_removal", args=[view.pk])}"' in page
    assert "Remove the view “Wu”" in page


def test_a_title_is_text_and_no_markup(log_in_as):
    admin = log_in_as("admin")
    save(admin, title="<b>'\"&")
    page = admin.get(PEOPLE).content.decode()
    assert "<b>&#x27;" not in page
    assert "Remove the view “&lt;b&gt;&#x27;&quot;&amp;”" in page


def test_a_view_is_removed_by_its_owner_only(log_in_as):
    save(log_in_as("admin"))
    address = reverse("list_view_removal", args=[ListView.objects.get().pk])
    assert (log_in_as("west").post(address).status_code, menu(log_in_as("west"))) == (404, [])
    assert log_in_as("admin").post(address, {"next": PEOPLE})["Location"] == PEOPLE
    assert menu(log_in_as("admin")) == []


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"title": " "}, "Give the view a name."),
        ({"query": "q=" + "x" * 1000}, "This view is too long to be kept. Shorten the search."),
        ({"query": "&".join(f"k{number}=" for number in range(1100))}, None),
    ],
)
def test_what_cannot_be_saved_is_said_on_the_list(log_in_as, wrong, words):
    answer = save(log_in_as("admin"), **wrong)
    said = [str(message) for message in get_messages(answer.wsgi_request)]
    assert (answer.status_code, said) == (
        302,
        [words or "This view is too long to be kept. Shorten the search."],
    )
    assert ListView.objects.count() == 0


def test_nobody_is_led_to_another_site(log_in_as):
    assert save(log_in_as("admin"), next="https://example.org/")["Location"] == "/"
