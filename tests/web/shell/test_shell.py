"""The frame: languages, themes, places, palette, errors, and what stands in no page."""

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from remit.metrics.actions import make_board
from remit.org.enums import Ability
from remit.web import navigation, places

TEMPLATES = Path(navigation.__file__).parent / "templates"
SPRITE = Path(navigation.__file__).parent / "static/remit/icons.svg"


# -- language and theme --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "lang"), [("en", "en"), ("zh-TW", "zh-hant"), ("zh-CN", "zh-hans"), ("fr, en", "en")]
)
def test_a_visitor_gets_the_browser_s_language(db, asked, lang):
    page = Client(headers={"accept-language": asked}).get("/accounts/login/").text
    assert f'<html lang="{lang}"' in page


def test_a_chosen_language_goes_with_the_person_to_another_machine(log_in_as, person):
    browser = log_in_as("west", "en")
    browser.post("/language", {"language": "zh-hans", "next": "/account/"})
    assert '<html lang="zh-hans"' in browser.get("/account/").text
    elsewhere = Client(headers={"accept-language": "en"})
    elsewhere.post("/accounts/login/", {"login": "west@demo.example", "password": "remit-demo-2017"})
    assert '<html lang="zh-hans"' in elsewhere.get("/account/").text
    assert person("west").language == "zh-hans"


def test_a_chosen_theme_is_on_the_page_before_any_script_runs(log_in_as, person):
    browser = log_in_as("west")
    browser.post("/theme", {"theme": "dark", "next": "/account/"})
    assert 'data-theme="dark" data-bs-theme="dark"' in browser.get("/account/").text
    assert person("west").theme == "dark"
    browser.post("/theme", {"theme": "auto"})
    assert 'data-theme="auto" data-bs-theme="light"' in browser.get("/account/").text
    assert person("west").theme == ""


@pytest.mark.parametrize("language", ["", "xx", "../../etc"])
def test_an_unknown_language_or_theme_changes_nothing(log_in_as, person, language):
    browser = log_in_as("west")
    browser.post("/language", {"language": language})
    browser.post("/theme", {"theme": language})
    assert (person("west").language, person("west").theme) == ("", "")


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_changing_the_language_leads_nowhere_else(db, target):
    answer = Client().post("/language", {"language": "en", "next": target})
    assert answer["Location"] == "/"


# -- places and palette --------------------------------------------------------------------------


def test_every_place_of_the_navigation_exists():
    missing = []
    for entry in places.ENTRIES:
        try:
            reverse(entry.url_name)
        except NoReverseMatch:
            missing.append(entry.url_name)
    assert missing == []


def test_the_side_bar_shows_only_what_serves_the_person():
    everybody = {place.entry.url_name for place in navigation.places(())}
    all_abilities = {place.entry.url_name for place in navigation.places(Ability.values)}
    assert all_abilities - everybody == {
        entry.url_name for entry in places.ENTRIES if entry.ability is not None
    }


def test_the_present_page_is_marked_in_the_side_bar(log_in_as):
    page = log_in_as("admin").get(reverse("org_people")).text
    assert re.findall(r'<a href="([^"]+)" aria-current="page">', page)[0] == reverse("org_people")


def found(browser: Client, text: str) -> dict[str, list[str]]:
    groups = browser.get("/palette", {"q": text}).json()["groups"]
    return {group["title"]: [item["title"] for item in group["items"]] for group in groups}


def test_the_palette_finds_units_only_within_the_scope(log_in_as):
    assert found(log_in_as("admin"), "journey-west") == {"Units": ["Journey West"]}
    assert found(log_in_as("west"), "journey-west") == {"Units": ["Journey West"]}
    assert found(log_in_as("west"), "journey-east") == {}


def test_the_palette_finds_people_only_for_who_manages_them(log_in_as):
    assert found(log_in_as("admin"), "Hank")["People"] == ["Hank Wu", "Hank Chiang"]
    assert found(log_in_as("east"), "Hank") == {}


def test_the_palette_finds_metrics_by_title_name_and_meaning(log_in_as):
    browser = log_in_as("west")
    assert found(browser, "net_sales")["Metrics"][0] == "Net sales"
    assert found(browser, "銷售淨額")["Metrics"][0] == "Net sales"
    assert "Net sales" in found(browser, "makers reimburse")["Metrics"]


def test_the_palette_offers_only_what_one_may_do(log_in_as):
    assert found(log_in_as("admin"), "add person")["Do"] == ["Add person"]
    assert "Do" not in found(log_in_as("west"), "add person")


def test_the_palette_finds_boards_that_one_may_see(log_in_as, person):
    make_board(title="Spring launch", by=person("west"), at=timezone.now())
    assert found(log_in_as("west"), "spring")["Boards"] == ["Spring launch"]
    assert "Boards" not in found(log_in_as("east"), "spring")


def test_the_palette_finds_a_place_by_its_other_names(log_in_as):
    assert found(log_in_as("admin"), "稽核")["Places"] == ["Audit record"]


# -- errors --------------------------------------------------------------------------------------


def test_missing_and_forbidden_look_the_same(log_in_as, person):
    browser = log_in_as("west")
    missing = browser.get("/team/people/987654321")
    forbidden = browser.get(f"/team/people/{person('east').pk}")
    assert (missing.status_code, forbidden.status_code) == (404, 404)

    def body(answer):
        return re.sub(
            r'(csrf-token" content|csrfmiddlewaretoken" value|name="next" value)="[^"]*"', "", answer.text
        )

    assert body(missing) == body(forbidden)


def test_a_refused_page_says_the_rule_and_what_to_do_next(log_in_as):
    answer = log_in_as("west").get("/audit")
    assert answer.status_code == 403
    assert "Ask whoever manages people to assign one that does." in answer.text


def test_an_address_that_only_takes_forms_leads_a_reader_to_its_page(log_in_as, person):
    browser, page = log_in_as("west"), reverse("org_person", args=[person("west").pk])
    form = reverse("org_person_absences", args=[person("west").pk])
    assert browser.get(form, headers={"accept": "*/*"}).status_code == 405  # programs are told as before
    refused = browser.post(form, {"next": form})
    assert (refused.status_code, refused.request["PATH_INFO"]) == (422, form)
    opened = browser.get(form, headers={"accept": "text/html,*/*;q=0.8"})
    assert (opened.status_code, opened.url) == (302, page)
    assert browser.get("/language", headers={"accept": "text/html"}).url == "/"


def test_a_form_without_its_token_is_told_how_to_go_on(cast):
    browser = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    answer = browser.post("/accounts/login/", {"login": "x"})
    assert answer.status_code == 403
    assert "This form is out of date" in answer.text


@pytest.mark.parametrize(
    ("language", "title"),
    [("en", "Something went wrong here"), ("zh-hant", "系統發生錯誤"), ("zh-hans", "系统发生错误")],
)
def test_a_fault_of_ours_has_a_page_that_needs_nothing_else(log_in_as, monkeypatch, language, title):
    browser = log_in_as("west", language)
    browser.raise_request_exception = False
    monkeypatch.setattr("remit.web.shell.views.found", lambda *_args: 1 / 0)
    answer = browser.get("/palette")
    assert answer.status_code == 500
    assert title in answer.text
    assert re.findall(r'(?:href|src)="([^"]+)"', answer.text) == ["/static/remit/error.css", "/"]


# -- what stands in no page ------------------------------------------------------------------------

LEFT_OVER = re.compile(r"<c-[a-z]|</c-|{%|{{|{#")
INLINE = re.compile(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*(?:\ssrc=|application/json))|javascript:")


@pytest.mark.parametrize("language", ["zh-hant", "zh-hans", "en"])
def test_no_page_has_left_over_tags_or_anything_inline(log_in_as, language):
    browser = log_in_as("admin", language)
    names = [entry.url_name for entry in places.ENTRIES] + [
        "mfa_index",
        "usersessions_list",
        "org_unit_new",
    ]
    faults = {}
    for name in names:
        text = browser.get(reverse(name), follow=True).text
        if wrong := [*LEFT_OVER.findall(text), *INLINE.findall(text)]:
            faults[name] = wrong
    assert faults == {}


def test_every_icon_in_a_template_is_in_the_sprite():
    have = set(re.findall(r'<symbol id="([^"]+)"', SPRITE.read_text()))
    used = {
        name
        for path in TEMPLATES.rglob("*.html")
        for name in re.findall(r"{% icon [\"']([a-z0-9-]+)[\"']", path.read_text(encoding="utf-8"))
        + re.findall(r'<c-[^>]*\sicon="([a-z0-9-]+)"', path.read_text(encoding="utf-8"))
    }
    used |= {entry.icon for entry in places.ENTRIES}
    assert used - have == set()


# -- queries ---------------------------------------------------------------------------------------


def test_the_frame_costs_four_queries_and_writes_nothing(log_in_as, django_assert_num_queries):
    browser = log_in_as("west")
    browser.get("/notices")  # notes that the session was seen, once a minute
    with django_assert_num_queries(5) as queries:  # session, person, assignments, unread; the page: count
        browser.get("/notices")
    assert [query["sql"][:6] for query in queries.captured_queries] == ["SELECT"] * 5
