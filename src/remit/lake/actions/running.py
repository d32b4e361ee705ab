"""Do an import: waiting → staged → committed → done, going on from wherever it stopped.

Killed at any point, nothing is half visible: what is staged is no part of the table, the commit is one
atomic append, exactly once, and counts and left-out rows are written in one transaction after it.
"""

import errno
from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from remit.audit.actions import record
from remit.files.queries.reading import FileGone
from remit.jobs.actions import fail, progress, start_job
from remit.jobs.models import Job

from .. import events
from ..enums import ImportState
from ..models import Import
from ..reading.refusal import Refusal
from ..reading.staging import STEPS
from ..store import Moved, StoreError
from .claim import advance, claim
from .finishing import finish_attempt
from .loading import send
from .staging import stage_attempt
from .tidying import let_go

type Clock = Callable[[], datetime]
type Report = Callable[[str, int], None]

ROUNDS_MAX = 5
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def run_import(*, import_id: int, clock: Clock, report: Report | None = None) -> Import:
    """Bring an import to its end; ``report`` is told each step.

    A file that cannot be taken ends in the state failed, with the reason. Raise AlreadyRunning when
    another process is at it, TakenOver when another took it meanwhile.
    """
    row = claim(import_id=import_id, at=clock())
    if row is None:
        return Import.objects.get(pk=import_id)
    if row.job is not None:
        start_job(job=row.job, at=clock(), total=len(STEPS) + 1, message=row.name)
    try:
        _run(row, clock, _reporter(row, clock, report))
    except (Refusal, FileGone, OSError, StoreError, ValueError) as error:
        _give_up(row=row, error=error, at=clock())
    except BaseException as error:
        if isinstance(error, Exception) and not isinstance(error, RuntimeError):
            _give_up(row=row, error=error, at=clock())
        raise
    return Import.objects.get(pk=import_id)


def _run(row: Import, clock: Clock, report: Report) -> None:
    for _round in range(ROUNDS_MAX):
        if row.state == ImportState.WAITING:
            stage_attempt(row=row, clock=clock, report=report)
        if row.state == ImportState.STAGED:
            report("loading", len(STEPS))
            try:
                send(row=row, clock=clock)
            except Moved:  # another import of the company came between: look at its rows too
                advance(row=row, at=clock(), state=ImportState.WAITING, staged={})
                continue
        if row.state == ImportState.COMMITTED:
            finish_attempt(row=row, at=clock())
        return
    raise Moved("Other imports of the same company came first again and again. Start this one again.")


def _reporter(row: Import, clock: Clock, report: Report | None) -> Report:
    """Progress for the job, which is also the sign of life, and for whoever asked."""

    def tell(step: str, done: int) -> None:
        at = clock()
        advance(row=row, at=at)
        if row.job is not None:
            progress(job=row.job, done=done, at=at, message=step)
        if report is not None:
            report(step, done)

    return tell


def _give_up(*, row: Import, error: BaseException, at: datetime) -> None:
    """Write down why. What was staged stays and can go on; what was not begins again, with files anew."""
    _write_down(row=row, error=error, at=at)
    if row.state in (ImportState.DONE, ImportState.FAILED):
        let_go(row=row)


@transaction.atomic
def _write_down(*, row: Import, error: BaseException, at: datetime) -> None:
    text = _text(error)
    values: dict[str, object] = {"error": text, "runner": "", "finished_at": at}
    if row.state != ImportState.STAGED or isinstance(error, Refusal | ValueError):
        # what the file brought before stays loaded when rows put right cannot follow it
        values["state"] = ImportState.DONE if row.replaying else ImportState.FAILED
        values["replaying"] = False
    advance(row=row, at=at, **values)
    if row.job is not None and Job.objects.filter(pk=row.job.pk).exists():
        fail(job=row.job, error=text[0], at=at)
    fields = {"table": row.table, "unit": row.unit.code, "attempt": row.attempt, "reason": text[1]}
    record(events.IMPORT_FAILED, row, by=row.by, at=at, fields=fields)


def _text(error: BaseException) -> list[str]:
    """Chinese and English; a sentence of another room comes in the language it was said in."""
    if isinstance(error, Refusal):
        return [error.text.zh_hant, error.text.en]
    if isinstance(error, OSError) and (error.errno in NO_ROOM or "No space left" in str(error)):
        return [
            "磁碟滿了，什麼都沒有載入。請清出空間後再執行一次。",
            "The disk is full; nothing was loaded. Free some space and run it again.",
        ]
    if isinstance(error, FileNotFoundError):
        return [
            f"找不到檔案 {error.filename}。請放回原處，或重新匯入。",
            f"The file {error.filename} is not there any more. Put it back, or import it again.",
        ]
    return [str(error) or type(error).__name__] * 2
