"""One cluster for all tests of this folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from remit.lake.spark import leave
from remit.lake.store import Lake
from tests.metrics.small import small_lake

from .standalone import Standalone, end_driver, lacking, standalone


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standalone]:
    if missing := lacking():
        pytest.skip(f"NOTHING RUNS ON SPARK: {missing}")
    folder = tmp_path_factory.mktemp("spark")
    with pytest.MonkeyPatch.context() as patch, standalone(folder, patch.setenv) as started:
        yield started


@pytest.fixture(scope="session")
def engine(cluster: Standalone) -> Iterator[str]:
    address = cluster.start()
    yield address
    leave(address)
    end_driver()


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    """The lake written by hand, in a folder whose name needs care."""
    folder: Path = tmp_path_factory.mktemp("湖 a'b") / "lake"
    return small_lake(folder)
