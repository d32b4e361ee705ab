"""A real browser on a live server: whoever is logged in as, what the console said, what axe finds."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib.resources import files

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from remit.demo.actions.organisation import set_up_organisation
from remit.org.models import Person
from tools.browsing import FLAGS, browser_path

# Playwright's synchronous half runs an event loop in this thread; the database is not touched in it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
SERIOUS = ("serious", "critical")


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
    set_up_organisation(at=timezone.now())


@dataclass
class Window:
    """A page with its address and what it complained about."""

    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)

    def go(self, path: str) -> Page:
        """Open a path and wait until nothing loads any more."""
        self.page.goto(self.address + path)
        self.page.wait_for_load_state("networkidle")
        return self.page

    def expect_complaint(self, part: str) -> None:
        """A complaint that has to be there, such as that of a page that is missing on purpose."""
        assert any(part in each for each in self.complaints)
        self.complaints[:] = [each for each in self.complaints if part not in each]

    def axe(self) -> list[str]:
        """Serious findings of axe: rule, and the first element that breaks it."""
        self.page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
        found = self.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        return [
            f"{each['id']}: {each['nodes'][0]['target']} {each['nodes'][0]['failureSummary'][:300]}"
            for each in found["violations"]
            if each["impact"] in SERIOUS
        ]

    def too_wide(self) -> int:
        """How many pixels the page is wider than its window."""
        return max(0, self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))


type Opens = Callable[..., Window]


@pytest.fixture
def window(chromium: Browser, live_server, cast) -> Iterator[Opens]:
    """``window("admin", language="en", theme="light", width=1440)``; the console has to stay clean."""
    opened: list[Window] = []

    def open_as(name: str = "", *, language: str = "en", theme: str = "light", width: int = 1440) -> Window:
        context = chromium.new_context(
            viewport={"width": width, "height": 844 if width < 600 else 900},
            has_touch=width < 600,
            reduced_motion="reduce",
            locale={"en": "en-GB", "zh-hant": "zh-TW", "zh-hans": "zh-CN"}[language],
        )
        cookies = {"theme": theme, settings.LANGUAGE_COOKIE_NAME: language}
        if name:
            cookies[settings.SESSION_COOKIE_NAME] = session_of(
                Person.objects.get(email=f"{name}@demo.example")
            )
        context.add_cookies([{"name": k, "value": v, "url": live_server.url} for k, v in cookies.items()])
        made = Window(context.new_page(), live_server.url)

        def keep(message: ConsoleMessage) -> None:
            if message.type in ("error", "warning"):
                made.complaints.append(message.text)

        made.page.on("console", keep)
        made.page.on("pageerror", lambda error: made.complaints.append(str(error)))
        made.page.set_default_timeout(10_000)
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
