"""A real browser on a live server, as whoever is to be logged in."""

import os
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Browser, sync_playwright

from remit.duties.actions.duty import load_handbook
from remit.duties.queries.handbook import shipped_drafts
from remit.org.models import Person
from tests.cast import enter_cast
from tests.e2e.house import house, visit
from tests.e2e.window import Window, open_window
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
def cast(transactional_db) -> None:
    """Units, positions and people of the demonstration."""
    cache.clear()
    enter_cast()


@pytest.fixture
def handbook(cast) -> None:
    """The handbook that ships; nobody owes anything yet."""
    load_handbook(drafts=shipped_drafts(), by=None, at=timezone.now())


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
