"""Jobs: everybody sees their own, who manages the system sees all."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from remit.jobs.models import Job, JobState
from remit.jobs.queries import newest_jobs, workers_alive
from remit.org.rules import can_manage_system

from ..lists import Column, Filter, Listing
from ..who import who

TONES = {JobState.DONE: "good", JobState.FAILED: "bad", JobState.RUNNING: "accent"}

COLUMNS = (
    Column("kind", _("Work"), sort="kind", note=lambda job: job.error or job.message),
    Column(
        "state",
        _("State"),
        value=Job.get_state_display,
        kind="badge",
        tone=lambda job: TONES.get(job.state, ""),
    ),
    Column("done", _("Done"), kind="count", sort="done"),
    Column("total", _("Of"), kind="count"),
    Column("made_at", _("Asked for"), kind="moment", sort="made_at"),
    Column("finished_at", _("Finished"), kind="moment", sort="finished_at"),
    Column("subject", _("About"), kind="code", optional=True),
)


def _visible(request: HttpRequest) -> Any:
    person = who(request)
    return newest_jobs() if can_manage_system(person) else newest_jobs(by=person.pk)


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """The jobs, newest first, and the workers that are alive."""
    found = Listing(
        request,
        _visible(request),
        COLUMNS,
        name="jobs",
        search=("kind", "message", "subject"),
        filters=(Filter("state", _("State"), JobState.choices, field="state"),),
        sort="-made_at",
    )
    context = {"listing": found, "workers": workers_alive(timezone.now())}
    return found.export() or render(request, "jobs/list.html", context)


@require_GET
def progress(request: HttpRequest, job_id: int) -> HttpResponse:
    """How far one job is: a fragment that asks again every two seconds until the job has ended."""
    job = get_object_or_404(_visible(request), pk=job_id)
    return render(request, "jobs/progress.html", {"job": job, "states": JobState})
