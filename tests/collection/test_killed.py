"""Killed at any point, the drain neither loses nor doubles an event."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest
from django.conf import settings
from django.utils import timezone

from remit.collection.actions import drain_inbox
from remit.collection.models import Batch, Drain
from remit.lake.queries import the_lake
from tests.collection.desk import Desk, event
from tests.lake.test_killed import database_url

pytestmark = pytest.mark.django_db(transaction=True)

DRAIN = """
import os, signal, sys
import django
django.setup()
from django.utils import timezone
from remit.collection.actions import drain_inbox, draining
where = sys.argv[1]

def die(*args, **kwargs):
    os.kill(os.getpid(), signal.SIGKILL)

def die_after(action):
    def act(*args, **kwargs):
        action(*args, **kwargs)
        die()
    return act

if where == "numbered, not seen":
    draining.Seen.objects.bulk_create = die
if where == "claimed":
    draining._fresh = die
if where == "before the append":
    draining._append = die
if where == "appended":
    draining._append = die_after(draining._append)
if where == "deleted, not yet committed":
    real = draining.Drain.objects.filter
    draining.Drain.objects.filter = lambda *args, **given: die() if given.get("pk") else real(*args, **given)
print("ready", flush=True)
while drain_inbox(at=timezone.now(), batches_at_once=3).batches or where == "ever":
    pass
"""
PLACES = ("numbered, not seen", "claimed", "before the append", "appended", "deleted, not yet committed")


def another_process(where: str) -> subprocess.Popen[str]:
    # Not measured: what is killed while it writes leaves half a file of measurements.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")} | {
        "DJANGO_SETTINGS_MODULE": "remit.config.settings",
        "REMIT_HOME": str(settings.HOME),
        "REMIT_LAKE": settings.LAKE_URL,
        "REMIT_DATABASE": database_url(),
        "REMIT_ENV_FILE": os.devnull,
        "REMIT_SECRET_KEY": "a key of this test only, thrown away with it",
    }
    return subprocess.Popen(
        [sys.executable, "-c", DRAIN, where],
        env=environment, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2],
    )  # fmt: skip


def in_the_lake() -> tuple[int, int]:
    """Rows, and distinct ids among them."""
    sql = the_lake().snapshot("events").sql()
    (found,) = duckdb.sql(f"SELECT count(*), count(DISTINCT event_code) FROM ({sql})").fetchall()
    return found


def drain_all() -> None:
    while drain_inbox(at=timezone.now()).batches:
        pass


@pytest.mark.parametrize("where", PLACES)
def test_killed_there_each_event_arrives_once(where: str, desk: Desk) -> None:
    for batch in range(4):
        desk.tell(*(event(10 * batch + number) for number in range(10)))
    process = another_process(where)
    assert process.wait(60) == -signal.SIGKILL
    drain_all()
    assert in_the_lake() == (40, 40)
    assert (Batch.objects.count(), Drain.objects.filter(under_way=True).count()) == (0, 0)


def test_killed_anywhere_while_events_come_none_is_lost_or_doubled(desk: Desk) -> None:
    chance = random.Random(7)
    sent = 0
    for _kill in range(6):
        process = another_process("ever")
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        until = time.monotonic() + chance.uniform(0.05, 0.6)
        while time.monotonic() < until:
            desk.tell(*(event(sent + number) for number in range(5)))
            sent += 5
        process.kill()
        process.wait(10)
    drain_all()
    assert in_the_lake() == (sent, sent)
    assert not Batch.objects.exists()


def test_two_that_drain_at_once_bring_each_event_once(desk: Desk) -> None:
    for batch in range(30):
        desk.tell(*(event(5 * batch + number) for number in range(5)))
    processes = [another_process("nowhere") for _ in range(2)]
    assert [process.wait(60) for process in processes] == [0, 0]
    drain_all()
    assert in_the_lake() == (150, 150)
