"""What background work leaves behind is kept for a season, not for ever."""

from datetime import datetime, timedelta

from django.db.models import Max
from django_tasks_db.models import DBTaskResult

from ..models import Job, JobState, Tick

TICKS_KEPT = timedelta(days=90)
TASKS_KEPT = timedelta(days=30)
JOBS_KEPT = timedelta(days=365)


def forget_old(*, at: datetime) -> dict[str, int]:
    """Delete ended tasks after 30 days, ticks after 90, ended jobs after a year; return the counts.

    The last tick of each schedule stays, since it says that the schedule is not new.
    """
    last = Tick.objects.values("schedule").annotate(last=Max("id")).values_list("last", flat=True)
    ticks, _ = Tick.objects.filter(due_at__lt=at - TICKS_KEPT).exclude(pk__in=list(last)).delete()
    tasks, _ = DBTaskResult.objects.finished().filter(finished_at__lt=at - TASKS_KEPT).delete()
    ended = Job.objects.filter(state__in=[JobState.DONE, JobState.FAILED])
    jobs, _ = ended.filter(finished_at__lt=at - JOBS_KEPT).delete()
    return {"ticks": ticks, "tasks": tasks, "jobs": jobs}
