"""Somebody who can log in, and a browser."""

from datetime import UTC, datetime

import pytest
from django.core.cache import cache
from django.test import Client

from remit.org.actions import add_person
from remit.org.models import Person

PASSWORD = "a password of seven words"
AT = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def no_limits_left_over(db):
    cache.clear()


@pytest.fixture
def ann(db) -> Person:
    return add_person(email="ann@example.org", name="Ann", password=PASSWORD, language="en", by=None, at=AT)


@pytest.fixture
def browser() -> Client:
    return Client(headers={"accept-language": "en"})


def log_in(browser: Client, password: str = PASSWORD, email: str = "ann@example.org"):
    return browser.post("/accounts/login/", {"login": email, "password": password})


def prove(browser: Client, password: str = PASSWORD):
    """Type the password again, as whoever changes a log-in has to."""
    return browser.post("/accounts/reauthenticate/", {"password": password})


def is_inside(browser: Client) -> bool:
    """Whether the account's own page is answered, and not the log-in."""
    return browser.get("/account/").status_code == 200
