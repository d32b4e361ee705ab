"""A real browser on a live server, as whoever is to be logged in."""

import os
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from playwright.sync_api import Browser, sync_playwright

from remit.org import scopes
from remit.org.models import Person, Unit
from tests.cast import enter_cast
from tests.e2e.house import house, visit
from tests.e2e.window import Window, open_window
from tests.web.figures_house import E1, M1, W1, fill, sales_of
from tools.browsing import FLAGS, browser_path

__all__ = ["house", "visit"]  # here and nowhere else: each module that imports a fixture gets one of its own

# Playwright's synchronous half runs an event loop in this thread; the database is not touched in it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here drives a browser."""
    for item in items:
        if "tests/e2e" in item.path.as_posix():
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's browser; without one the test is left out, loudly."""
    path = browser_path()
    if path is None:
        pytest.skip("NO BROWSER: install Chromium (on Debian: apt-get install chromium fonts-noto-cjk)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def cast(request: pytest.FixtureRequest, transactional_db) -> None:
    """Units, positions and people of the demonstration."""
    cache.clear()
    enter_cast(with_handbook="handbook" in request.fixturenames)


@pytest.fixture
def handbook(cast) -> None:
    """The handbook that ships, which comes with the cast; nobody owes anything yet."""


@pytest.fixture
def facts(cast, settings, tmp_path, monkeypatch) -> None:
    """The small house's sales, in the units of the demonstration."""
    settings.LAKE_URL = str(tmp_path / "lake")
    names = {"grocer": "journey", "market": "tafeng", "east": "journey-east", "west": "journey-west"}
    units = {name: Unit.objects.get(code=code) for name, code in names.items()}
    outlets = {units["east"].pk: {E1}, units["west"].pk: {W1}, units["market"].pk: {M1}}
    source = lambda ids: {outlet for unit in ids for outlet in outlets.get(unit, ())}  # noqa: E731  # a stand-in for the outlets' room
    monkeypatch.setattr(scopes, "_sources", [source])
    fill(units, sales_of(units["grocer"].pk, units["market"].pk))


type Opens = Callable[..., Window]


@pytest.fixture
def window(chromium: Browser, live_server, cast) -> Iterator[Opens]:
    """``window("admin", language="en", theme="light", width=1440)``; the console has to stay clean."""
    opened: list[Window] = []

    def open_as(name: str = "", *, language: str = "en", theme: str = "light", width: int = 1440) -> Window:
        cookies = {"theme": theme, settings.LANGUAGE_COOKIE_NAME: language}
        if name:
            cookies[settings.SESSION_COOKIE_NAME] = session_of(
                Person.objects.get(email=f"{name}@demo.example")
            )
        made = open_window(chromium, live_server.url, cookies, language=language, width=width)
        opened.append(made)
        return made

    yield open_as
    for each in opened:
        each.page.context.close()
    assert [each.complaints for each in opened if each.complaints] == []


def session_of(person: Person) -> str:
    """The key of a new session in which the person is logged in."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return str(session.session_key)
