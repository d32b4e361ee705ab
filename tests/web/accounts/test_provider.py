"""Log-in by the company's own provider (OpenID Connect), against a small one on this machine."""

import html
import re
from collections.abc import Iterator
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest

from remit.audit.models import Event
from remit.org.actions import change_person, close_account
from remit.org.models import Person

from .conftest import AT, is_inside, log_in
from .provider import Provider

pytestmark = pytest.mark.django_db


@pytest.fixture
def provider(settings, monkeypatch) -> Iterator[Provider]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    server = Provider()
    Thread(target=server.serve_forever, daemon=True).start()
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [server.app]}}
    yield server
    server.shutdown()
    server.server_close()


def way_to(browser) -> str:
    """Where the page between goes on to by itself: a redirected form would break on CSP's form-action."""
    page = browser.post("/accounts/oidc/company/login/")
    assert page.status_code == 200
    assert "form-action 'self'" in page.headers["Content-Security-Policy"]
    found = re.search(r'http-equiv="refresh" content="0;url=([^"]+)"', page.content.decode())
    assert found
    return html.unescape(found[1])


def come_back(browser, provider: Provider, **claims: object):
    """Go to the provider, log in there, and be sent back."""
    provider.claims = {"sub": "u-1", "email": "ann@example.org", "email_verified": True} | claims
    away = way_to(browser)
    assert away.startswith(f"{provider.address}/authorize?")
    state = parse_qs(urlsplit(away).query)["state"][0]
    return browser.get("/accounts/oidc/company/login/callback/", {"code": "c", "state": state})


def test_a_provider_is_offered_when_it_is_set(browser, provider):
    page = browser.get("/accounts/login/").content.decode()
    assert "Company Log-in" in page
    assert "/accounts/oidc/company/login/" in page


def test_none_is_offered_when_none_is_set(browser, settings):
    settings.SOCIALACCOUNT_PROVIDERS = {}
    assert "/accounts/oidc/" not in browser.get("/accounts/login/").content.decode()


def test_a_person_comes_in_by_a_verified_address_and_keeps_the_password(ann, browser, provider):
    come_back(browser, provider, email="Ann@Example.org")
    assert is_inside(browser)
    assert Event.objects.latest("id").fields == {"ways": "company"}
    browser.post("/accounts/logout/")
    log_in(browser)
    assert is_inside(browser)


def test_the_tie_holds_after_the_address_was_changed(ann, browser, provider):
    come_back(browser, provider)
    browser.post("/accounts/logout/")
    change_person(person=ann, email="new@example.org", by=None, at=AT)
    come_back(browser, provider)
    assert is_inside(browser)


@pytest.mark.parametrize(
    "claims",
    [{"email_verified": False}, {"email": "stranger@example.org"}, {"email": None}],
    ids=["address not verified", "somebody unknown", "no address"],
)
def test_nobody_else_comes_in_and_nobody_is_made(ann, browser, provider, claims):
    come_back(browser, provider, **claims)
    assert not is_inside(browser)
    assert list(Person.objects.all()) == [ann]


def test_who_left_does_not_come_in_by_the_provider_either(ann, browser, provider):
    close_account(person=ann, by=None, at=AT)
    come_back(browser, provider)
    assert not is_inside(browser)
