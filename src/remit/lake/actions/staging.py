"""Read what an attempt is about, and check it."""

import secrets
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from ..dimensions import PublishedDimensions, latest_day, zones_of
from ..enums import ImportState, RowState
from ..models import Import, QuarantinedRow
from ..places import file_of, folder_of, limits
from ..queries import the_lake
from ..reading.encoding import room_for
from ..reading.examine import examine, recalled
from ..reading.mapping import mapping_of
from ..reading.refusal import Unreadable
from ..reading.source import LINE, Source, corrected_rows, open_source
from ..reading.staging import Destination, Staged, stage
from ..reading.vocabulary import Mapping
from .claim import advance
from .organisation import publish_units
from .tidying import let_go


def stage_attempt(*, row: Import, clock: Callable[[], datetime], report: Callable[[str, int], None]) -> None:
    """Stage the file, or the rows put right, in a new folder; what an earlier run left is removed."""
    whole = folder_of(row)
    let_go(row=row)
    folder = whole / f"{row.attempt}-{secrets.token_hex(4)}"
    folder.mkdir(parents=True)
    mapping = mapping_of(row.mapping)
    report("opening", 0)
    source, ids = _corrected(row, folder) if row.replaying else (_file(row, mapping, folder), [])
    publish_units(at=clock())  # a unit added a moment ago is known to this import
    fact = mapping.contract.kind == "fact"
    guard = the_lake().guard(row.table, str(row.unit_id)) if fact else None
    destination = Destination(
        unit_id=row.unit_id,
        import_id=row.pk,
        zones=zones_of(row.unit),
        dimensions=PublishedDimensions(row.unit, row.by, clock()),
        existing=the_lake().snapshot(row.table) if fact else None,
        latest=latest_day(row.unit, clock()),
    )
    made = stage(source, mapping, destination, folder, report)
    if source.path.parent == folder:  # a copy in UTF-8, a sheet: what goes on from here reads what was staged
        source.path.unlink()
    advance(
        row=row,
        at=clock(),
        state=ImportState.STAGED,
        staged=_plain(made, folder, ids, guard.seen if guard else None),
        found=row.found if row.replaying else _found(source, made),
        notes=row.notes if row.replaying else [[note.zh_hant, note.en] for note in made.notes],
    )


def _file(row: Import, mapping: Mapping, folder: Path) -> Source:
    path = file_of(row)
    room_for(path.stat().st_size, folder)
    examined = recalled(path, row.found.get("examined") or {}) or examine(path, limits())
    if examined.sha256 != row.sha256:
        raise Unreadable(
            f"檔案「{row.name}」在交付之後變了。請重新匯入。",
            f"The file {row.name} has changed since it was handed in. Import it again.",
        )
    return open_source(examined, mapping.options, folder, limits())


def _corrected(row: Import, folder: Path) -> tuple[Source, list[int]]:
    """The rows put right, as a file of their own with the lines that they had."""
    rows = list(
        QuarantinedRow.objects.filter(import_row=row, state=RowState.CORRECTED).order_by("line", "pk")
    )
    names = row.found["columns"]
    texts = {f"c{i}": pa.array([each.current[i] for each in rows], pa.string()) for i in range(len(names))}
    lines = pa.array([each.line for each in rows], pa.int64())
    path = folder / "corrected.parquet"
    pq.write_table(pa.table(texts | {LINE: lines}), path)
    return corrected_rows(path, tuple(names)), [each.pk for each in rows]


def _plain(made: Staged, folder: Path, ids: list[int], guard: int | None) -> dict[str, Any]:
    return {
        "folder": str(folder),
        "files": [str(path) for path in made.files],
        "quarantine": str(made.quarantine) if made.quarantine else None,
        "read": made.read,
        "good": made.good,
        "skipped": made.skipped,
        "left_out": made.left_out,
        "blank": made.blank,
        "first_day": str(made.first_day) if made.first_day else None,
        "last_day": str(made.last_day) if made.last_day else None,
        "guard": guard,
        "rows": ids,
    }


def _found(source: Source, made: Staged) -> dict[str, Any]:
    return {
        "kind": source.kind,
        "columns": list(source.columns),
        "encoding": source.encoding,
        "delimiter": source.delimiter,
        "sheet": source.sheet,
        "quarantine": str(made.quarantine) if made.quarantine else None,
    }
