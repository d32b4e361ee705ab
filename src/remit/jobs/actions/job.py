"""Jobs: progress that a person can watch and leave.

A job is bookkeeping about work; the work itself is audited by the actions that it calls, so that these
functions record no events of their own.
"""

from datetime import datetime, timedelta

from django.db.models import Model, Q
from django.utils.translation import gettext as _

from remit.core.ref import Ref

from ..models import Job, JobState

SILENCE_ALLOWED = timedelta(minutes=10)


class JobStopped(RuntimeError):
    """The job is no longer running: it was given up, or it has ended. Its worker should stop."""


def queue_job(
    *, kind: str, subject: Ref | None = None, by: Model | None, at: datetime, message: str = ""
) -> Job:
    """Write down a piece of work that waits for a worker. ``kind`` is a code such as ``import``."""
    return Job.objects.create(
        kind=kind,
        subject=str(subject) if subject else "",
        by=by.pk if by else None,
        made_at=at,
        message=message[:300],
    )


def start_job(*, job: Job, at: datetime, total: int | None = None, message: str = "") -> Job:
    """Begin, or begin again after a failure or a lost worker; ``total`` counts the steps, where known."""
    job.state = JobState.RUNNING
    job.done, job.total, job.message, job.error = 0, total, message[:300], ""
    job.started_at, job.beat_at, job.finished_at = at, at, None
    job.save()
    return job


def progress(*, job: Job, done: int, at: datetime, total: int | None = None, message: str = "") -> None:
    """Say how far the work is, which is also the sign of life.

    Raises JobStopped when the job was given up meanwhile, so that a worker thought lost does no more.
    """
    values: dict[str, object] = {"done": done, "beat_at": at}
    if total is not None:
        values["total"] = total
    if message:
        values["message"] = message[:300]
    if not Job.objects.filter(pk=job.pk, state=JobState.RUNNING).update(**values):
        raise JobStopped(_("This job was stopped before it was done. Start it again."))
    for name, value in values.items():
        setattr(job, name, value)


def finish(*, job: Job, at: datetime, message: str = "") -> Job:
    """The work is done."""
    job.state, job.finished_at, job.beat_at = JobState.DONE, at, at
    job.message = message[:300]
    if job.total is not None:
        job.done = job.total
    job.save()
    return job


def fail(*, job: Job, error: str, at: datetime) -> Job:
    """The work ended without success; ``error`` is the sentence that the person reads."""
    job.state, job.finished_at, job.error = JobState.FAILED, at, error
    job.save()
    return job


def reap_jobs(*, at: datetime) -> int:
    """Fail the running jobs that have been silent for ten minutes; return how many."""
    silent = Q(beat_at__lt=at - SILENCE_ALLOWED)
    return Job.objects.filter(silent, state=JobState.RUNNING).update(
        state=JobState.FAILED,
        finished_at=at,
        error=_("The worker stopped answering. Start the job again; nothing was left half done."),
    )
