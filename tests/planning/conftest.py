"""The shared fixtures."""

import pytest
from django.test import Client

from tests.rooms import lake_folder, organisation

__all__ = ["lake_folder", "organisation"]


@pytest.fixture
def browse(house):
    """``browse("ana")``: that person of the module's own house, logged in, in English."""

    def client(name: str) -> Client:
        found = Client(HTTP_ACCEPT_LANGUAGE="en")
        found.force_login(house[name])
        return found

    return client
