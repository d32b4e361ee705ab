"""A schedule fires once per due time, however many schedulers race."""

import threading
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django_tasks_db.models import DBTaskResult

from remit.jobs.actions import tick
from remit.jobs.models import Tick
from remit.jobs.schedules import Schedule

TAIPEI = ZoneInfo("Asia/Taipei")
NIGHTLY = Schedule("nightly", "30 3 * * *", "remit.jobs.tasks.tidy")


@pytest.mark.parametrize(
    ("cron", "at", "due"),
    [
        ("30 3 * * *", "2026-03-02T03:30:00+08:00", "2026-03-02T03:30:00+08:00"),
        ("30 3 * * *", "2026-03-02T03:29:59+08:00", "2026-03-01T03:30:00+08:00"),
        ("30 3 * * *", "2026-03-02T03:30:00.5+08:00", "2026-03-02T03:30:00+08:00"),
        ("30 3 * * *", "2026-03-02T03:30:01+08:00", "2026-03-02T03:30:00+08:00"),
        ("*/5 * * * *", "2026-03-02T00:04:59+00:00", "2026-03-02T00:00:00+00:00"),
        ("0 9 * * 1", "2026-03-04T12:00:00+08:00", "2026-03-02T09:00:00+08:00"),
        ("0 9 1 * *", "2026-03-01T08:59:00+08:00", "2026-02-01T09:00:00+08:00"),
    ],
)
def test_the_last_due_time_is_read_in_the_zone_of_the_company(cron: str, at: str, due: str) -> None:
    schedule = Schedule("x", cron, "remit.jobs.tasks.tidy")
    assert schedule.last_due(datetime.fromisoformat(at), TAIPEI) == datetime.fromisoformat(due)


def test_a_night_of_summer_time_is_fired_once() -> None:
    schedule = Schedule("x", "30 1 * * *", "remit.jobs.tasks.tidy")
    new_york = ZoneInfo("America/New_York")
    hours = [datetime(2026, 11, 1, 4, 0, tzinfo=UTC) + timedelta(minutes=10 * i) for i in range(60)]
    due = {schedule.last_due(at, new_york).astimezone(new_york).date() for at in hours}
    assert len(due) == 2


@pytest.mark.django_db
def test_a_new_schedule_begins_with_its_next_due_time_and_then_fires_once() -> None:
    at = datetime(2026, 3, 2, 12, 0, tzinfo=TAIPEI)
    assert tick(schedules=[NIGHTLY], at=at, zone=TAIPEI) == []
    assert tick(schedules=[NIGHTLY], at=at + timedelta(days=1), zone=TAIPEI) == ["nightly"]
    assert tick(schedules=[NIGHTLY], at=at + timedelta(days=1, minutes=5), zone=TAIPEI) == []
    assert list(DBTaskResult.objects.values_list("task_path", flat=True)) == ["remit.jobs.tasks.tidy"]


@pytest.mark.django_db
def test_a_long_pause_is_made_up_for_once() -> None:
    at = datetime(2026, 3, 2, 12, 0, tzinfo=TAIPEI)
    tick(schedules=[NIGHTLY], at=at, zone=TAIPEI)
    assert tick(schedules=[NIGHTLY], at=at + timedelta(days=30), zone=TAIPEI) == ["nightly"]
    assert DBTaskResult.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_three_racing_schedulers_enqueue_twenty_due_times_once_each() -> None:
    every_minute = Schedule("minute", "* * * * *", "remit.jobs.tasks.tidy")
    start = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
    tick(schedules=[every_minute], at=start, zone=TAIPEI)
    gate = threading.Barrier(3)
    fired: list[list[str]] = []

    def race() -> None:
        try:
            for minute in range(1, 21):
                gate.wait(timeout=60)
                fired.append(
                    tick(schedules=[every_minute], at=start + timedelta(minutes=minute), zone=TAIPEI)
                )
        finally:
            connection.close()

    threads = [threading.Thread(target=race) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [name for names in fired for name in names] == ["minute"] * 20
    assert (DBTaskResult.objects.count(), Tick.objects.count()) == (20, 21)
