"""A task outlives its worker; a failed one is tried again; what is old is forgotten."""

import os
import socket
from datetime import UTC, datetime, timedelta

import pytest
from django.tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from remit.jobs.actions import (
    beat,
    finish,
    forget_old,
    queue_job,
    retry_failed,
    revive_abandoned,
    sign_off,
    sign_on,
    start_job,
    tick,
)
from remit.jobs.actions.task import enqueue_once
from remit.jobs.models import Job, Tick, Worker
from remit.jobs.queries import waiting_tasks, workers_alive
from remit.jobs.schedules import Schedule
from remit.jobs.tasks import tidy

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def test_what_waits_already_is_not_queued_again_and_what_runs_is():
    assert [enqueue_once(tidy), enqueue_once(tidy), DBTaskResult.objects.count()] == [True, False, 1]
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING)
    assert [enqueue_once(tidy), DBTaskResult.objects.count()] == [True, 2]


def a_task(
    status: TaskResultStatus, *workers: str, ended: datetime | None = None, error: str = ""
) -> DBTaskResult:
    task = DBTaskResult.objects.get(pk=tidy.enqueue().id)
    task.status, task.worker_ids, task.started_at = status, list(workers), AT
    task.finished_at, task.exception_class_path = ended, error
    task.save()
    return task


def a_worker(name: str, *, host: str = "elsewhere", pid: int = 1, at: datetime = AT) -> Worker:
    return sign_on(name=name, host=host, pid=pid, queues="default", at=at)


def test_the_task_of_a_worker_that_stopped_beating_is_given_back() -> None:
    a_worker("lively")
    a_worker("silent")
    kept, lost = a_task(TaskResultStatus.RUNNING, "lively"), a_task(TaskResultStatus.RUNNING, "silent")
    later = AT + timedelta(minutes=2, seconds=1)
    beat(name="lively", at=later)
    assert revive_abandoned(at=later) == 1
    kept.refresh_from_db()
    lost.refresh_from_db()
    assert (kept.status, lost.status) == (TaskResultStatus.RUNNING, TaskResultStatus.READY)
    assert [worker.name for worker in workers_alive(later)] == ["lively"]


def test_the_task_of_a_process_that_is_gone_from_this_host_is_given_back_at_once() -> None:
    host = socket.gethostname()
    a_worker("here", host=host, pid=os.getpid())
    a_worker("gone", host=host, pid=2**22 - 1)
    a_task(TaskResultStatus.RUNNING, "here")
    lost = a_task(TaskResultStatus.RUNNING, "gone")
    assert revive_abandoned(at=AT) == 1
    assert list(DBTaskResult.objects.ready()) == [lost]


def test_a_task_that_has_cost_three_workers_is_given_up() -> None:
    lost = a_task(TaskResultStatus.RUNNING, "a", "b", "c")
    assert revive_abandoned(at=AT) == 0
    lost.refresh_from_db()
    assert (lost.status, lost.finished_at) == (TaskResultStatus.FAILED, AT)
    assert retry_failed(at=AT) == 0


def test_a_failed_task_is_tried_again_after_a_minute_and_after_ten_and_then_no_more() -> None:
    first = a_task(TaskResultStatus.FAILED, "a", ended=AT, error="builtins.OSError")
    second = a_task(TaskResultStatus.FAILED, "a", "b", ended=AT, error="no.such.Error")
    third = a_task(TaskResultStatus.FAILED, "a", "b", "c", ended=AT, error="builtins.OSError")
    assert retry_failed(at=AT + timedelta(seconds=5)) == 2
    for task in (first, second, third):
        task.refresh_from_db()
    assert (first.status, first.run_after) == (TaskResultStatus.READY, AT + timedelta(minutes=1))
    assert (second.status, second.run_after) == (TaskResultStatus.READY, AT + timedelta(minutes=10))
    assert third.status == TaskResultStatus.FAILED


def test_a_task_that_failed_for_good_is_not_tried_again() -> None:
    a_task(TaskResultStatus.FAILED, "a", ended=AT, error="remit.jobs.actions.task.Permanent")
    assert retry_failed(at=AT) == 0


def test_a_worker_that_signs_off_leaves_no_trace() -> None:
    a_worker("one")
    sign_off(name="one")
    assert Worker.objects.count() == 0


def test_what_is_old_is_forgotten_and_the_last_tick_of_a_schedule_stays() -> None:
    schedule = Schedule("nightly", "30 3 * * *", "remit.jobs.tasks.tidy")
    for day in (0, 1, 2):
        tick(schedules=[schedule], at=AT + timedelta(days=day), zone=UTC)  # type: ignore[arg-type]  # UTC is a zone too
    DBTaskResult.objects.all().delete()
    a_task(TaskResultStatus.SUCCESSFUL, "a", ended=AT)
    a_task(TaskResultStatus.READY)
    start_job(job=queue_job(kind="import", by=None, at=AT), at=AT)
    finish(job=start_job(job=queue_job(kind="import", by=None, at=AT), at=AT), at=AT)
    assert forget_old(at=AT + timedelta(days=400)) == {"ticks": 2, "tasks": 1, "jobs": 1}
    assert (Tick.objects.count(), DBTaskResult.objects.count(), Job.objects.count()) == (1, 1, 1)
    assert waiting_tasks("remit.jobs.tasks.tidy").count() == 1
