"""Companies and lakes whose journeys are counted."""

from pathlib import Path

import pytest

from remit.lake.store import Lake
from tests.rooms import lake_folder, organisation

__all__ = ["lake_folder", "organisation"]


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(str(tmp_path / "lake"))
