"""People, a resolver, and mail servers that fail in their ways."""

from datetime import UTC, datetime

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend

from remit.core.ref import Ref
from remit.notices import subjects
from remit.notices.actions import set_preference
from remit.notices.enums import Pace
from remit.notices.subjects import Subject
from remit.org.models import Person

from .station import open_station

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


class Refusing(BaseEmailBackend):
    """A server that takes nothing."""

    def send_messages(self, messages):
        raise ConnectionRefusedError("no server at this address")


class Killed(BaseException):
    """What ends a process: nothing in our code catches it."""


class CrashingAfter(BaseEmailBackend):
    """The letter is out, and the worker dies before it can note it."""

    def send_messages(self, messages):
        mail.outbox.extend(messages)
        raise Killed


@pytest.fixture
def server(settings):
    """Choose the mail server: ``server(Refusing)``."""
    return lambda backend: setattr(
        settings, "MAILERS", {"default": {"BACKEND": f"{backend.__module__}.{backend.__qualname__}"}}
    )


@pytest.fixture
def ann(db) -> Person:
    """Wants letters at once and has no quiet hours; reads English."""
    person = Person.objects.create(email="ann@example.org", name="Ann", language="en", zone="UTC")
    prefer(person)
    return person


@pytest.fixture
def bo(db) -> Person:
    return Person.objects.create(email="bo@example.org", name="Bo", language="en", zone="UTC")


@pytest.fixture
def station(settings, monkeypatch):
    """The three services on this machine, set up as robots."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    settings.ADDRESS = "https://remit.example.org"
    opened, close = open_station(NOON)
    settings.ROBOT_SECRETS = opened.setting()
    yield opened
    close()


def prefer(
    person: Person, mail_: str = Pace.IMMEDIATELY, quiet=(None, None), digest_at="08:00", **robot
) -> None:
    clock = lambda text: text and datetime.strptime(text, "%H:%M").time()  # noqa: DTZ007, E731  # a time of day
    set_preference(
        person=person,
        mail=mail_,
        digest_at=clock(digest_at),
        quiet_from=clock(quiet[0]),
        quiet_until=clock(quiet[1]),
        by=person,
        at=NOON,
        **robot,
    )


@pytest.fixture
def visible():
    """Which (person id, reference) pairs the reader may see."""
    before = list(subjects._resolvers)
    pairs: set[tuple[int, Ref]] = set()
    subjects.register_resolver(
        lambda person, ref: (
            Subject(f"Board {ref.id}", f"/boards/{ref.id}") if (person.pk, ref) in pairs else None
        )
    )
    yield pairs
    subjects._resolvers[:] = before
