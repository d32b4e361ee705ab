"""A person as this room knows one, and a folder of its own."""

from dataclasses import dataclass

import pytest

from remit.files import rules


@dataclass
class Reader:
    id: int
    is_active: bool = True


@pytest.fixture(autouse=True)
def files_root(settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "files"
    return settings.FILES_ROOT


@pytest.fixture
def ann() -> Reader:
    return Reader(1)


@pytest.fixture
def bo() -> Reader:
    return Reader(2)


@pytest.fixture
def sees():
    """Which scopes each person sees: a mapping from id to references."""
    before = list(rules._scopes_of)
    given: dict[int, set] = {}
    rules.register_scopes(lambda person: given.get(person.id, ()))
    yield given
    rules._scopes_of[:] = before
