"""Lakes to ask."""

from pathlib import Path

import pytest

from remit.lake.store import Lake
from tests.rooms import lake_folder, organisation

from .real import journey_folder, real_lake, tafeng_archive
from .small import small_lake

__all__ = ["lake_folder", "organisation"]


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    """The lake written by hand; tests do not write to it."""
    return small_lake(tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    """The real sales of the demonstration, where their packages are installed."""
    if journey_folder() is None or tafeng_archive() is None:
        pytest.skip("the packages with the demonstration's data are not installed")
    folder: Path = tmp_path_factory.mktemp("real")
    return real_lake(folder)
