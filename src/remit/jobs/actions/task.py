"""Tasks that were lost with their worker, or that failed, are tried again."""

import os
import socket
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.tasks import Task, TaskResultStatus
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult

from ..models import Worker

ATTEMPTS = 3
BACKOFF = (timedelta(minutes=1), timedelta(minutes=10))
SILENCE_ALLOWED = timedelta(minutes=2)


class Permanent(Exception):
    """A task that fails with this (or a subclass) would fail again: it is not tried again."""


def enqueue_once(task: Task[Any, Any]) -> bool:
    """Queue it, unless it waits already: whoever runs it then finds what is there then. Whether it did."""
    waits = DBTaskResult.objects.filter(task_path=task.module_path, status=TaskResultStatus.READY)
    if waits.exists():
        return False
    task.enqueue()
    return True


def revive_abandoned(*, at: datetime) -> int:
    """Give the tasks of dead workers back to the queue, at most three times each; return how many.

    A worker is dead when it has not beaten for two minutes, or when its process is gone from this host.
    """
    for worker in Worker.objects.all():
        if worker.beat_at < at - SILENCE_ALLOWED or _is_gone(worker):
            worker.delete()
    alive = set(Worker.objects.values_list("name", flat=True))
    revived = 0
    for task in DBTaskResult.objects.running():
        # A worker signs on before it claims, so that a claim by an unknown name is a dead worker's.
        if not alive.intersection(task.worker_ids[-1:]):
            revived += _give_back(task, at)
    return revived


def retry_failed(*, at: datetime) -> int:
    """Queue failed tasks again, after one minute and after ten; return how many were queued."""
    recent = DBTaskResult.objects.failed().filter(finished_at__gte=at - timedelta(days=1))
    return sum(
        _try_again(task, at)
        for task in recent
        if len(task.worker_ids) < ATTEMPTS and not _is_permanent(task.exception_class_path)
    )


def _try_again(task: DBTaskResult[Any, Any], at: datetime) -> bool:
    wait = BACKOFF[min(len(task.worker_ids), len(BACKOFF)) - 1]
    return bool(
        DBTaskResult.objects.filter(pk=task.pk, status=TaskResultStatus.FAILED).update(
            status=TaskResultStatus.READY, run_after=task.finished_at + wait, finished_at=None
        )
    )


@transaction.atomic
def _give_back(task: DBTaskResult[Any, Any], at: datetime) -> bool:
    """Only if it is still the claim that was seen: another reaper, or a late end, may have been faster."""
    held = DBTaskResult.objects.select_for_update().filter(
        pk=task.pk, status=TaskResultStatus.RUNNING, started_at=task.started_at
    )
    if len(task.worker_ids) < ATTEMPTS:
        return bool(held.update(status=TaskResultStatus.READY))
    held.update(
        status=TaskResultStatus.FAILED,
        finished_at=at,
        exception_class_path="remit.jobs.actions.task.Permanent",
        traceback=f"Given up: {len(task.worker_ids)} workers died while doing this task.",
    )
    return False


def _is_gone(worker: Worker) -> bool:
    """Tell a process that ended without signing off; only the worker's own host can know."""
    if worker.host != socket.gethostname():
        return False
    try:
        os.kill(worker.pid, 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def _is_permanent(path: str) -> bool:
    """Whether the exception class at this dotted path says that trying again is useless."""
    try:
        return issubclass(import_string(path), Permanent)
    except (ImportError, TypeError):
        return False
