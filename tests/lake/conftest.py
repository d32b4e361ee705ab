"""A lake of its own for each test, a company, and lists that know codes."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from remit.lake.reading.examine import Limits, examine
from remit.lake.reading.mapping import Mapping, read_mapping
from remit.lake.reading.source import open_source
from remit.lake.reading.staging import Destination, Staged, stage
from remit.lake.store import Lake
from remit.org.models import Unit
from tests.lake.company import Company
from tests.lake.lists import HEADER, LINES, UNIT, Lists

TAIPEI = ((date(1970, 1, 1), "Asia/Taipei"),)


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(str(tmp_path / "lake"))


__all__ = ["HEADER", "Stage"]

type Stage = Callable[..., Staged]


@pytest.fixture
def staged(lake: Lake, tmp_path: Path) -> Stage:
    """Stage bytes (or a file) by a mapping; ``import_id`` also appends the good rows."""
    lists = Lists(lake)
    count = iter(range(10_000))

    def run(
        content: bytes | str | Path, mapping: str | Mapping = LINES, *, import_id: int | None = None,
        zones: Sequence[tuple[date, str]] = TAIPEI, limits: Limits | None = None,
        latest: date | None = None,
    ) -> Staged:  # fmt: skip
        folder = tmp_path / f"work-{next(count)}"
        folder.mkdir()
        path = content if isinstance(content, Path) else folder / "file.csv"
        if not isinstance(content, Path):
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        mapping = read_mapping(mapping) if isinstance(mapping, str) else mapping
        limits = limits or Limits()
        source = open_source(examine(path, limits), mapping.options, folder, limits)
        fact = mapping.contract.kind == "fact"
        existing = lake.snapshot(mapping.table) if fact else None
        where = Destination(UNIT, import_id or 0, zones, lists, existing, latest)
        done = stage(source, mapping, where, folder)
        if import_id is not None:
            lake.append(mapping.table, done.files, source="import", key=str(import_id))
        return done

    return run


@pytest.fixture
def company(db: None, settings: Any, tmp_path: Path) -> Company:
    """A company in Taipei with a lake and a home of its own."""
    settings.HOME = tmp_path / "home"
    settings.LAKE_URL = str(tmp_path / "home" / "lake")
    folder = tmp_path / "files"
    folder.mkdir()
    unit = Unit.objects.add_root({"code": "market", "name": "市場", "is_company": True, "currency": "TWD"})
    return Company(unit, folder)
