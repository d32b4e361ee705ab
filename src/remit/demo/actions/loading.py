"""Bring the data in, through the door that every import goes through."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from remit.lake.actions import run_import, start_import
from remit.lake.enums import ImportState
from remit.lake.models import Import
from remit.lake.reading.mapping import read_mapping
from remit.org.models import Person, Unit

from ..steps import Step


class StepFailed(RuntimeError):
    """An import of the demonstration did not end well; the sentence says which and why."""


def load_step(
    *, step: Step, folder: Path, by: Person, clock: Callable[[], datetime], report: Callable[[str, int], None]
) -> tuple[Import, bool]:
    """Import the step's file unless it was imported before; return the import, and whether it ran now.

    One that was undone, failed or interrupted runs again. Raise StepFailed, SourceMissing, AlreadyRunning.
    """
    mapping = read_mapping(step.mapping)
    unit = Unit.objects.get(code=mapping.unit)
    started = start_import(mapping=mapping, unit=unit, by=by, at=clock(), path=step.source(folder))
    if started.row.state == ImportState.DONE:
        return started.row, False
    done = run_import(import_id=started.row.pk, clock=clock, report=report)
    if done.state != ImportState.DONE or done.left_out:
        reason = done.error_text("en") or f"{done.left_out} rows were left out: see the quarantine."
        raise StepFailed(f"{step.title}: {reason}")
    return done, True
