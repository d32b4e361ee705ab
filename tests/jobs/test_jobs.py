"""Progress is a row that a person can watch and leave."""

from datetime import UTC, datetime, timedelta

import pytest

from remit.core.ref import Ref
from remit.jobs.actions import JobStopped, fail, finish, progress, queue_job, reap_jobs, start_job
from remit.jobs.models import Job, JobState
from remit.jobs.queries import jobs_of

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def a_running_job(at: datetime = AT) -> Job:
    job = queue_job(kind="import", subject=Ref("import", 7), by=None, at=at)
    return start_job(job=job, at=at, total=10)


def test_a_job_goes_from_waiting_through_running_to_done() -> None:
    job = queue_job(kind="import", subject=Ref("import", 7), by=None, at=AT)
    assert (job.state, job.subject, job.started_at) == (JobState.WAITING, "import:7", None)
    start_job(job=job, at=AT, total=10)
    progress(job=job, done=4, at=AT + timedelta(seconds=3), message="4 of 10 files")
    job.refresh_from_db()
    assert (job.state, job.done, job.total, job.message) == (JobState.RUNNING, 4, 10, "4 of 10 files")
    finish(job=job, at=AT + timedelta(seconds=9), message="10 files")
    job.refresh_from_db()
    assert (job.state, job.done, job.finished_at) == (JobState.DONE, 10, AT + timedelta(seconds=9))


def test_a_failed_job_says_why_and_can_begin_again() -> None:
    job = a_running_job()
    fail(job=job, error="The file ends in the middle.", at=AT)
    assert Job.objects.get().error == "The file ends in the middle."
    start_job(job=job, at=AT + timedelta(hours=1))
    again = Job.objects.get()
    assert (again.state, again.error, again.finished_at) == (JobState.RUNNING, "", None)


def test_a_job_silent_for_ten_minutes_is_given_up_and_its_late_worker_is_told() -> None:
    silent, lively = a_running_job(), a_running_job()
    progress(job=lively, done=1, at=AT + timedelta(minutes=5))
    assert reap_jobs(at=AT + timedelta(minutes=10, seconds=1)) == 1
    silent.refresh_from_db()
    lively.refresh_from_db()
    assert (silent.state, lively.state) == (JobState.FAILED, JobState.RUNNING)
    with pytest.raises(JobStopped):
        progress(job=silent, done=2, at=AT + timedelta(minutes=11))


def test_the_jobs_of_a_thing_are_listed_newest_first() -> None:
    first, second = a_running_job(), a_running_job()
    queue_job(kind="import", subject=Ref("import", 8), by=None, at=AT)
    assert list(jobs_of(Ref("import", 7))) == [second, first]
