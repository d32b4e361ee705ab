"""The index of the lake's own events."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ..store import Lake
from .opened import Index, open_index
from .source import Source
from .update import bring_up_to_date

OTHERS = ("unit_id", "channel", "source", "campaign_id", "outlet_id", "currency")
NUMBERS = ("value",)


def index_of_lake(lake: Lake, folder: Path) -> Index:
    """All events of the newest snapshot, those that came since the last look added. Raise CannotIndex."""
    snapshot = lake.snapshot("events")

    def source_of(files: Sequence[str]) -> Source:
        all_of_them = replace(snapshot, files=tuple(files)).sql()
        sql = f"SELECT * FROM ({all_of_them}) WHERE robot IS NOT TRUE"  # noqa: S608  # our own SELECT
        return Source(
            sql,
            "concat(unit_id, ' ', person_code)",
            "happened_at",
            "event",
            {name: name for name in OTHERS},
            numbers={name: name for name in NUMBERS},
        )

    bring_up_to_date(folder, snapshot.files, source_of)
    return open_index(folder)
