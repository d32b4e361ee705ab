"""What every test shares: the database."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connection
from django.test import TestCase
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as properties

from remit.audit import guard
from tools.postgres import Cluster

# Two databases are tested at once: how long an example takes says nothing about the code.
properties.register_profile("remit", deadline=None, suppress_health_check=[HealthCheck.too_slow])
properties.load_profile("remit")


OF_THE_DATABASE = {"db", "transactional_db", "django_db_setup", "django_db_modify_db_settings", "live_server"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL what may ask the database: from all others pytest-django keeps it away.

    And nothing that only says how pages look (``looks``): the pages themselves are asked for on both.
    """
    if settings.TEST_DATABASE != "postgresql":
        return
    fitting = [
        item for item in items if _asks_the_database(item) and item.get_closest_marker("looks") is None
    ]
    chosen = set(fitting)
    config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
    items[:] = fitting


def _asks_the_database(item: pytest.Item) -> bool:
    names = set(getattr(item, "fixturenames", ()))
    made_of = getattr(item, "cls", None)
    is_case = isinstance(made_of, type) and issubclass(made_of, TestCase)
    return bool(names & OF_THE_DATABASE) or is_case or item.get_closest_marker("django_db") is not None


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> Iterator[None]:
    """Start PostgreSQL before pytest-django makes the database, where it was asked for."""
    if settings.TEST_DATABASE != "postgresql":
        yield
        return
    cluster = Cluster(settings.POSTGRES_HOME)
    cluster.start()
    yield
    cluster.stop()


@pytest.fixture(autouse=True)
def _no_language_stays() -> Iterator[None]:
    """A page answered in Chinese leaves its language in the thread; the next test begins without it."""
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def _emptied_afterwards(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test that commits is followed by emptying all tables, which the guard of the record would refuse.

    The triggers are dropped after the test, and Django's signal after emptying puts them back.
    """
    marker = request.node.get_closest_marker("django_db")
    commits = "transactional_db" in request.fixturenames or (marker and marker.kwargs.get("transaction"))
    if not commits:
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    guard.remove(connection)
