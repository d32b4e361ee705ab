"""Reads: how the work in the background is doing."""

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django_tasks_db.models import DBTaskResult

from remit.core.ref import Ref

from ..models import Job, Worker


def jobs_of(subject: Ref) -> QuerySet[Job]:
    """The jobs about one thing, newest first."""
    return Job.objects.filter(subject=str(subject)).order_by("-pk")


def newest_jobs(by: int | None = None) -> QuerySet[Job]:
    """All jobs, newest first; with ``by`` (id of a person) those that this person began."""
    jobs = Job.objects.order_by("-pk")
    return jobs if by is None else jobs.filter(by=by)


def workers_alive(at: datetime) -> QuerySet[Worker]:
    """Workers that have beaten within the last two minutes."""
    return Worker.objects.filter(beat_at__gte=at - timedelta(minutes=2)).order_by("pk")


def waiting_tasks(path: str) -> QuerySet[DBTaskResult]:
    """Tasks of a dotted path that wait for a worker."""
    return DBTaskResult.objects.ready().filter(task_path=path)
