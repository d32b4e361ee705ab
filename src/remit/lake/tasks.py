"""Imports and care of the lake in the background."""

from django.tasks import task
from django.utils import timezone

from .actions import AlreadyRunning, compact_tables, run_import, vacuum_tables


@task(queue_name="imports")
def run(import_id: int) -> str:
    """Bring one import to its end; safe to run again at any time. Returns its state."""
    try:
        return str(run_import(import_id=import_id, clock=timezone.now).state)
    except AlreadyRunning:
        return "running"


@task()
def compact() -> dict[str, tuple[int, int]]:
    """Join small files, write checkpoints."""
    return compact_tables(at=timezone.now())


@task()
def vacuum() -> dict[str, int]:
    """Remove files that nobody needs any more."""
    return vacuum_tables(at=timezone.now())
