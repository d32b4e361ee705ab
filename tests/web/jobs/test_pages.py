"""Work in the background: one's own, or all for who manages the system."""

import pytest
from django.utils import timezone

from remit.jobs.models import Job


@pytest.fixture
def job(person):
    """A job that somebody began."""

    def begin(name: str, **fields) -> Job:
        return Job.objects.create(kind="import", by=person(name).pk, made_at=timezone.now(), **fields)

    return begin


def test_one_sees_one_s_own_jobs_and_who_manages_the_system_all(log_in_as, job):
    job("west")
    job("east")

    def count(name: str) -> int:
        return len(log_in_as(name).get("/jobs").context["listing"].lines)

    assert (count("west"), count("tafeng"), count("admin")) == (1, 0, 2)


def test_progress_asks_again_until_the_job_has_ended(log_in_as, job):
    running = job("west", state="running", done=3, total=10)
    browser = log_in_as("west")
    assert 'hx-trigger="every 2s"' in browser.get(f"/jobs/{running.pk}/progress").text
    Job.objects.filter(pk=running.pk).update(state="failed", error="The disk is full.")
    ended = browser.get(f"/jobs/{running.pk}/progress").text
    assert "hx-trigger" not in ended
    assert "The disk is full." in ended


def test_another_s_job_does_not_exist(log_in_as, job):
    assert log_in_as("east").get(f"/jobs/{job('west').pk}/progress").status_code == 404
