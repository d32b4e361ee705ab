"""Send what was staged: facts into the lake, lists through the door of their room."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from ..doors import door_of
from ..enums import ImportState
from ..models import Import
from ..queries import the_lake
from ..store import Guard
from ..tables import TABLES
from .claim import advance

SOURCE = "import"
ROWS_AT_ONCE = 50_000


def send(*, row: Import, clock: Callable[[], datetime]) -> None:
    """Commit the staged rows once. Raise Moved when the table changed since they were checked."""
    lake = the_lake()
    files = [Path(path) for path in row.staged["files"]]
    if TABLES[row.table].kind == "dimension":
        if not all(path.exists() for path in files):
            return _read_again(row, clock)
        door_of(row.table).load(
            batches=_batches(files), unit=row.unit, import_id=row.pk, by=row.by, at=clock()
        )
        version = lake.snapshot(row.table).version
    elif files and lake.attempt_of(row.table, SOURCE, str(row.pk)) != row.attempt:
        if not all(path.exists() for path in files):
            return _read_again(row, clock)
        guard = Guard(str(row.unit_id), row.staged["guard"])
        done = lake.append(row.table, files, source=SOURCE, key=str(row.pk), attempt=row.attempt, guard=guard)
        version = done.version
    else:  # nothing to load, or loaded by a run that ended before it could write it down
        version = lake.snapshot(row.table).version
    advance(row=row, at=clock(), state=ImportState.COMMITTED, version=version)
    return None


def _read_again(row: Import, clock: Callable[[], datetime]) -> None:
    """The staged files are gone, such as after a restore: begin from the file."""
    from ..store import Moved

    raise Moved(f"The staged files of import {row.pk} are gone.")


def _batches(files: list[Path]) -> Iterator[pa.RecordBatch]:
    for path in files:
        yield from pq.ParquetFile(path).iter_batches(batch_size=ROWS_AT_ONCE)
