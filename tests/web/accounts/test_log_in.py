"""Logging in: password, limits, reset, sessions, provider."""

import re
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.test import Client

from remit.audit.models import Event
from remit.audit.queries import found
from remit.org.actions import add_person, change_person, close_account
from remit.org.models import Person

from .conftest import AT, PASSWORD, is_inside, log_in

pytestmark = pytest.mark.django_db


def recorded() -> list[str]:
    return list(found().order_by("pk").values_list("name", flat=True))


# -- password ---------------------------------------------------------------------------------


def test_every_page_asks_for_a_log_in(browser):
    answer = browser.get("/account/")
    assert (answer.status_code, answer.url) == (302, "/accounts/login/?next=/account/")


@pytest.mark.parametrize("email", ["ann@example.org", "Ann@Example.ORG", " ann@example.org "])
def test_address_and_password_open_the_door_and_are_recorded(ann, browser, email):
    answer = log_in(browser, email=email)
    assert (answer.status_code, answer.url, is_inside(browser)) == (302, "/", True)
    event = Event.objects.latest("id")
    assert (event.name, event.by, event.fields) == ("org.person.logged_in", ann.pk, {"ways": "password"})
    assert event.personal_values.get().value == "127.0.0.1"


def test_a_wrong_password_does_not_and_is_recorded(ann, browser):
    answer = log_in(browser, "wrong")
    assert (answer.status_code, is_inside(browser)) == (200, False)
    assert recorded()[-1] == "org.person.log_in_failed"
    log_in(browser, "wrong", "nobody@example.org")
    assert recorded().count("org.person.log_in_failed") == 1


def test_an_address_that_was_changed_opens_nothing_any_more(ann, browser):
    change_person(person=ann, email="new@example.org", by=None, at=AT)
    log_in(browser)
    assert not is_inside(browser)
    log_in(browser, email="new@example.org")
    assert is_inside(browser)


def test_who_left_is_refused_and_put_out_of_an_open_session(ann, browser):
    log_in(browser)
    close_account(person=ann, by=None, at=AT)
    assert not is_inside(browser)
    answer = log_in(browser)
    assert (answer.url, is_inside(browser)) == ("/accounts/inactive/", False)


def test_nobody_signs_up(browser):
    browser.post(
        "/accounts/signup/", {"email": "x@example.org", "password1": PASSWORD, "password2": PASSWORD}
    )
    assert Person.objects.count() == 0
    assert not is_inside(browser)


def test_guessing_is_stopped_after_five_tries_even_with_the_right_password_then(ann, browser):
    for _try in range(5):
        assert "not correct" in log_in(browser, "wrong").content.decode()
    answer = log_in(browser)
    assert "Too many failed login attempts" in answer.content.decode()
    assert not is_inside(browser)
    assert recorded().count("org.person.log_in_failed") == 5


def test_one_persons_guesses_do_not_lock_another_out(ann, browser):
    add_person(email="bo@example.org", name="Bo", password=PASSWORD, by=None, at=AT)
    for _try in range(6):
        log_in(browser, "wrong", "bo@example.org")
    log_in(browser)
    assert is_inside(browser)


def test_log_out_ends_the_session(ann, browser):
    log_in(browser)
    browser.get("/accounts/logout/")
    assert is_inside(browser)
    browser.post("/accounts/logout/")
    assert not is_inside(browser)


def test_pages_come_as_the_person_prefers_after_log_in(ann, browser):
    change_person(person=ann, language="zh-hant", theme="dark", by=ann, at=AT)
    cookies = log_in(browser).cookies
    assert (cookies["django_language"].value, cookies["theme"].value) == ("zh-hant", "dark")


def test_an_address_is_not_changed_past_the_record(ann, browser):
    log_in(browser)
    answer = browser.post("/accounts/email/", {"action_add": "", "email": "other@example.org"})
    assert (answer.status_code, answer.url) == (302, "/account/")
    ann.refresh_from_db()
    assert ann.email == "ann@example.org"
    assert "other@example.org" not in str(ann.emailaddress_set.values())


# -- a new password ---------------------------------------------------------------------------


def reset_link() -> str:
    [letter] = mail.outbox
    return urlsplit(re.search(r"http\S+", letter.body)[0]).path


def set_by_mail(browser, password: str):
    form = browser.get(reset_link(), follow=True)
    where = form.redirect_chain[-1][0]
    return browser.post(where, {"password1": password, "password2": password})


def test_a_forgotten_password_is_set_anew_by_mail(ann, browser, settings):
    settings.ADDRESS = "https://remit.example.org"
    settings.ALLOWED_HOSTS = ["*"]
    browser.post("/accounts/password/reset/", {"email": "ANN@example.org"}, headers={"host": "evil.example"})
    assert mail.outbox[0].to == ["ann@example.org"]
    assert "https://remit.example.org/accounts/password/reset/key/" in mail.outbox[0].body
    assert mail.outbox[0].subject.startswith("[Remit] ")
    set_by_mail(browser, "another password entirely")
    log_in(browser)
    assert not is_inside(browser)
    log_in(browser, "another password entirely")
    assert is_inside(browser)
    assert "org.person.safety_changed" in recorded()


def test_a_link_works_once(ann, browser):
    browser.post("/accounts/password/reset/", {"email": ann.email})
    set_by_mail(browser, "another password entirely")
    mail.outbox[:] = mail.outbox[:1]
    answer = browser.get(reset_link(), follow=True)
    assert "password1" not in answer.content.decode()


def test_who_has_no_password_yet_sets_one_by_mail(browser):
    add_person(email="new@example.org", name="New", by=None, at=AT)
    browser.post("/accounts/password/reset/", {"email": "new@example.org"})
    set_by_mail(browser, "the very first password")
    log_in(browser, "the very first password", "new@example.org")
    assert is_inside(browser)


@pytest.mark.parametrize("password", ["short", "password123", "ann@example.org"])
def test_a_weak_password_is_refused_with_the_reason(ann, browser, password):
    browser.post("/accounts/password/reset/", {"email": ann.email})
    answer = set_by_mail(browser, password)
    assert answer.status_code == 200
    assert re.search(r"too (short|common|similar)", answer.content.decode())


def test_who_asks_for_an_unknown_address_learns_nothing_and_no_letter_goes_out(ann, browser):
    known = browser.post("/accounts/password/reset/", {"email": ann.email})
    mail.outbox.clear()
    unknown = browser.post("/accounts/password/reset/", {"email": "nobody@example.org"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert mail.outbox == []


def test_letters_about_the_log_in_are_in_the_readers_language(ann, browser):
    change_person(person=ann, language="zh-hant", by=ann, at=AT)
    browser.post("/accounts/password/reset/", {"email": ann.email})
    assert "密碼" in mail.outbox[0].body


def test_a_changed_password_ends_the_other_sessions_and_is_told_by_mail(ann, browser):
    other = Client()
    log_in(other)
    log_in(browser)
    browser.post(
        "/accounts/password/change/",
        {
            "oldpassword": PASSWORD,
            "password1": "another password entirely",
            "password2": "another password entirely",
        },
    )
    assert (is_inside(browser), is_inside(other)) == (True, False)
    assert [letter.to for letter in mail.outbox] == [["ann@example.org"]]
    assert Event.objects.latest("id").fields == {"what": "password_changed"}


# -- sessions ---------------------------------------------------------------------------------


def test_sessions_are_listed_and_the_others_can_be_ended(ann, browser):
    other = Client(headers={"user-agent": "An old telephone"})
    log_in(other)
    assert is_inside(other)
    log_in(browser)
    page = browser.get("/accounts/sessions/")
    assert (page.status_code, len(page.context["sessions"])) == (200, 2)
    browser.post("/accounts/sessions/")
    assert (is_inside(browser), is_inside(other)) == (True, False)


# -- the company's own provider ---------------------------------------------------------------


@pytest.fixture
def provider(settings):
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "company",
                    "name": "Company Log-in",
                    "client_id": "remit",
                    "secret": "s",
                    "settings": {"server_url": "https://id.example.org"},
                }
            ]
        }
    }


def test_a_provider_is_offered_when_it_is_set_and_only_then(browser, settings):
    settings.SOCIALACCOUNT_PROVIDERS = {}
    assert "Company Log-in" not in browser.get("/accounts/login/").content.decode()


def test_a_provider_that_is_set_is_offered(browser, provider):
    page = browser.get("/accounts/login/").content.decode()
    assert "Company Log-in" in page
    assert "/accounts/oidc/company/login/" in page
