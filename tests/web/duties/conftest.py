"""The house of the duties (``tests/duties/conftest.py``), somebody who manages its people, and a stranger.

hana (people_lead, shop) · otto (market_analyst, of another company)
"""

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from remit.org.models import Position, Unit
from tests.duties.conftest import House, house

__all__ = ["house"]

type Browse = Callable[[str], Client]


@pytest.fixture
def staffed(house: House) -> House:
    cache.clear()
    other = Unit.objects.add_child(
        Unit.objects.get(code="group"),
        {"code": "other", "name": "別家", "is_company": True, "currency": "USD"},
    )
    house.units["other"] = other
    house.positions["people_lead"] = Position.objects.create(
        code="people_lead", name="人事", abilities=["manage_people", "manage_duties"]
    )
    house.person("hana", "people_lead")
    house.person("otto", "market_analyst", "other")
    return house


@pytest.fixture
def browse(staffed: House) -> Browse:
    """A browser of somebody of the house, in English."""

    def of(name: str) -> Client:
        client = Client(headers={"accept-language": "en"})
        backend = "allauth.account.auth_backends.AuthenticationBackend"
        client.force_login(staffed.people[name], backend=backend)
        return client

    return of


@pytest.fixture
def said(browse: Browse) -> Callable[..., list[str]]:
    """What somebody reads on the gaps page of one kind."""

    def of(name: str, kind: str, **query: object) -> list[str]:
        answer = browse(name).get(reverse("duties_gaps"), {"kind": kind, **query})
        assert answer.status_code == 200
        return sentences(answer.content.decode())

    return of


def sentences(html: str) -> list[str]:
    """The findings that a page says."""
    return [unescape(text) for text in re.findall(r'<div class="gap-text"><p>(.*?)</p>', html)]
