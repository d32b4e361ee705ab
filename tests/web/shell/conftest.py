"""The demonstration's people at work: whoever is logged in as."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client

from remit.org.models import Person
from tests.cast import enter_cast

type LogIn = Callable[[str, str], Client]


@pytest.fixture
def cast(db) -> None:
    """Units, positions and people of the demonstration."""
    cache.clear()
    enter_cast()


@pytest.fixture
def person(cast) -> Callable[[str], Person]:
    """Somebody of the cast by the part of their address before the @."""
    return lambda name: Person.objects.get(email=f"{name}@demo.example")


@pytest.fixture
def log_in_as(person) -> LogIn:
    """A browser in a language (English by default) in which somebody is logged in."""

    def log_in(name: str, language: str = "en") -> Client:
        browser = Client(headers={"accept-language": language})
        browser.force_login(person(name))
        return browser

    return log_in
