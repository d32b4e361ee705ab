"""Account for an attempt: counts, rows left out, the record, the job."""

import shutil
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from remit.audit.actions import record
from remit.jobs.actions import finish

from .. import events
from ..enums import ImportState, RowState
from ..models import Import, QuarantinedRow
from ..reading.quarantine import LeftOut, read_left_out
from .claim import advance

ROWS_KEPT_MAX = 1_000
RECORDED = ("table", "attempt", "read", "loaded", "skipped", "left_out")


def finish_attempt(*, row: Import, at: datetime) -> None:
    """Write everything that follows from the commit, in one transaction; then let go of working files."""
    staged = row.staged
    left_out = _left_out(row)
    with transaction.atomic():
        if row.replaying:
            _settle_rows(row, staged["rows"], left_out)
        else:
            QuarantinedRow.objects.bulk_create(
                [
                    QuarantinedRow(
                        import_row=row, line=each.line, cells=each.cells,
                        problems=[problem.plain() for problem in each.problems],
                    )
                    for each in left_out
                ],
                batch_size=500,
            )  # fmt: skip
        advance(row=row, at=at, state=ImportState.DONE, runner="", finished_at=at, staged={}, **_counts(row))
        fields = {
            name: getattr(row, name) for name in ("table", "attempt", "read", "loaded", "skipped", "left_out")
        }
        fields |= {"unit": row.unit.code, "version": row.version}
        record(events.IMPORT_LOADED, row, by=row.by, at=at, fields=fields)
        if row.job is not None:
            finish(job=row.job, at=at, message=row.name)
    _tidy(Path(staged["folder"]), staged["quarantine"])


def _left_out(row: Import) -> list[LeftOut]:
    path = row.staged["quarantine"]
    if not path:
        return []
    limit = None if row.replaying else ROWS_KEPT_MAX
    columns, delimiter = len(row.found["columns"]), row.found.get("delimiter") or ","
    return list(read_left_out(Path(path), columns, delimiter, limit))


def _counts(row: Import) -> dict[str, Any]:
    """Totals over all attempts since the import began."""
    staged = row.staged
    days = {
        "first_day": _day(min, row.first_day, staged["first_day"]),
        "last_day": _day(max, row.last_day, staged["last_day"]),
    }
    if not row.replaying:
        return days | {
            "read": staged["read"],
            "loaded": staged["good"],
            "skipped": staged["skipped"],
            "left_out": staged["left_out"],
            "blank": staged["blank"],
        }
    return days | {
        "loaded": row.loaded + staged["good"],
        "skipped": row.skipped + staged["skipped"],
        "left_out": row.left_out - len(staged["rows"]) + staged["left_out"],
        "replaying": False,
    }


def _day(choose: Any, known: date | None, text: str | None) -> date | None:
    days = [day for day in (known, date.fromisoformat(text) if text else None) if day is not None]
    return choose(days) if days else None


def _settle_rows(row: Import, ids: list[int], left_out: list[LeftOut]) -> None:
    """Rows still wrong are open again with what is wrong now; the others are loaded."""
    wrong = {each.line: each for each in left_out}
    rows = list(QuarantinedRow.objects.filter(pk__in=ids))
    for each in rows:
        again = wrong.get(each.line)
        each.state = RowState.LOADED if again is None else RowState.OPEN
        if again is not None:
            each.problems = [problem.plain() for problem in again.problems]
    QuarantinedRow.objects.bulk_update(rows, ["state", "problems"], batch_size=500)


def _tidy(folder: Path, quarantine: str | None) -> None:
    """Keep the quarantine file of the attempt, nothing else."""
    if not quarantine:
        shutil.rmtree(folder, ignore_errors=True)
        with suppress(OSError):  # another attempt's quarantine may lie beside it
            folder.parent.rmdir()
        return
    for path in folder.iterdir() if folder.is_dir() else ():
        if str(path) != quarantine:
            shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
