"""The processes of the house: worker, scheduler, and all of them under ``remit serve``."""

import multiprocessing
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django_tasks_db.models import DBTaskResult

from remit.config.command import NOT_SET_UP
from remit.config.management.commands import scheduler
from remit.config.management.commands.scheduler import Turn
from remit.config.management.commands.web import host_and_port
from remit.config.supervisor import remit
from remit.jobs.actions import queue_job, start_job
from remit.jobs.models import Job, JobState, Tick, Worker
from remit.jobs.schedules import Schedule
from remit.jobs.tasks import tidy

AT = datetime(2026, 3, 2, 9, 0, 30, tzinfo=UTC)


@pytest.fixture
def listeners() -> Iterator[None]:
    """A command that listens to signals would listen for the rest of the run, in pytest's place."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, listener in before.items():
        signal.signal(number, listener)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("listeners")
def test_a_worker_does_what_waits_in_its_queues_and_signs_off() -> None:
    tidy.enqueue()
    tidy.using(queue_name="imports").enqueue()
    call_command("worker", "--queues", "imports", "--batch")
    assert sorted(DBTaskResult.objects.values_list("queue_name", "status")) == [
        ("default", "READY"),
        ("imports", "SUCCESSFUL"),
    ]
    assert Worker.objects.count() == 0


def test_a_worker_refuses_a_queue_that_is_not_there() -> None:
    with pytest.raises(CommandError, match="There is no queue inports"):
        call_command("worker", "--queues", "inports")


@pytest.mark.django_db
def test_the_clock_ticks_once_a_minute_and_looks_for_lost_work_every_ten_seconds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(scheduler, "SCHEDULES", (Schedule("minute", "* * * * *", "remit.jobs.tasks.tidy"),))
    turn = Turn()
    lost = start_job(job=queue_job(kind="import", by=None, at=AT), at=AT - timedelta(hours=1))
    for second in range(121):
        turn.take(AT + timedelta(seconds=second))
        if second == 0:
            lost.refresh_from_db()
            assert lost.state == JobState.FAILED
            start_job(job=lost, at=AT - timedelta(hours=1))
        if second == 9:
            assert Job.objects.get().state == JobState.RUNNING
        if second == 10:
            assert Job.objects.get().state == JobState.FAILED
    assert (Tick.objects.count(), DBTaskResult.objects.count()) == (3, 2)


@pytest.mark.parametrize(
    ("address", "expected"),
    [("127.0.0.1:8000", ("127.0.0.1", 8000)), ("[::1]:80", ("::1", 80)), ("8001", ("127.0.0.1", 8001))],
)
def test_an_address_is_read(address: str, expected: tuple[str, int]) -> None:
    assert host_and_port(address) == expected


@pytest.mark.parametrize("address", ["localhost", "127.0.0.1:", "127.0.0.1:99999", ""])
def test_an_address_that_cannot_be_read_says_how_to_write_one(address: str) -> None:
    with pytest.raises(CommandError, match="Write host:port"):
        host_and_port(address)


def test_a_port_in_use_is_refused_with_a_way_out() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=f"{port} is in use.*--address 127.0.0.1:{port + 1}"):
            call_command("serve", "--address", f"127.0.0.1:{port}")


@pytest.mark.skipif(multiprocessing.get_start_method() != "fork", reason="processes begin from nothing here")
def test_the_pages_are_loaded_once_before_the_web_processes_part(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[bool] = []

    class Served:
        def __init__(self, target: str, **_settings: Any) -> None:
            self.module = target.partition(":")[0]

        def serve(self) -> None:
            loaded.append(self.module in sys.modules)

    monkeypatch.setattr("granian.Granian", Served)
    monkeypatch.delitem(sys.modules, "remit.config.wsgi", raising=False)
    call_command("web", "--address", f"127.0.0.1:{free_port()}")
    assert loaded == [True]


# -- the whole house ---------------------------------------------------------------------------


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class House:
    """An installation of its own in a folder."""

    def __init__(self, home: Path) -> None:
        self.port = free_port()
        measured = {name: value for name, value in os.environ.items() if name.startswith("COVERAGE")}
        self.environment = measured | {
            "PATH": os.environ["PATH"],
            "REMIT_HOME": str(home),
            "REMIT_ENV_FILE": os.devnull,
            "REMIT_SECRET_KEY": "a key of this test only, thrown away with it",
            "REMIT_STATIC_MANIFEST": "false",
        }
        self.log = home / "log"
        self.database = home / "remit.sqlite3"
        self.process: subprocess.Popen[bytes] | None = None

    def run(self, *words: str) -> str:
        command = remit(*words)
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def serve(self, *words: str) -> None:
        command = [
            sys.executable,
            "-m",
            "remit.config.command",
            "serve",
            "--address",
            f"127.0.0.1:{self.port}",
        ]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [*command, *words], env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        self.until(
            lambda: f"Remit is at http://localhost:{self.port}" in self.log.read_text(), "it says its address"
        )

    def until(self, holds: Callable[[], bool], what: str) -> None:
        deadline = monotonic() + 90
        while not holds():
            assert monotonic() < deadline, f"{what}: {self.log.read_text()}"
            threading.Event().wait(0.1)

    def task_states(self) -> list[str]:
        return [state for (state,) in self._select(f"SELECT status FROM {DBTaskResult._meta.db_table}")]

    def workers(self) -> int:
        return len(self._select(f"SELECT 1 FROM {Worker._meta.db_table}"))

    def _select(self, sql: str) -> list[tuple[Any, ...]]:
        """Straight from the file: a command of ours takes a second to start, and this is asked often."""
        with closing(sqlite3.connect(self.database)) as one:
            return one.execute(sql).fetchall()

    def processes(self) -> list[int]:
        """Everything that runs with this home."""
        found = []
        for path in Path("/proc").glob("[0-9]*/environ"):
            try:
                if f"REMIT_HOME={self.environment['REMIT_HOME']}".encode() in path.read_bytes():
                    found.append(int(path.parent.name))
            except OSError:
                continue
        return found


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path)
    made.run("migrate", "-v0")
    yield made
    for pid in made.processes():
        os.kill(pid, signal.SIGKILL)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc, which only Linux has")
def test_one_command_serves_and_works_and_one_signal_ends_it_all(house: House) -> None:
    enqueue = "from remit.jobs.tasks import tidy; tidy.enqueue(); tidy.using(queue_name='imports').enqueue()"
    house.run("shell", "--no-imports", "-c", enqueue)
    house.serve()
    with urllib.request.urlopen(f"http://127.0.0.1:{house.port}/accounts/login/", timeout=30) as answer:
        assert answer.status == 200
    house.until(lambda: house.task_states() == ["SUCCESSFUL"] * 2, "both workers do their tasks")
    assert house.workers() == 2
    assert house.process is not None
    house.process.terminate()
    assert house.process.wait(timeout=60) == 0
    assert house.processes() == []
    assert house.workers() == 0
    assert re.search(r"Stopped\.\s*$", house.log.read_text())


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc, which only Linux has")
def test_nothing_is_left_behind_when_the_supervisor_is_killed(house: House) -> None:
    house.serve("--no-worker")
    assert house.process is not None
    house.process.kill()
    house.process.wait()
    house.until(lambda: house.processes() == [], "the web server notices and ends")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc, which only Linux has")
def test_a_restored_home_is_served_with_its_style_sheets(house: House, tmp_path: Path) -> None:
    house.run("backup", str(tmp_path / "archive.tar.gz"))
    house.run("restore", str(tmp_path / "archive.tar.gz"), "--into", str(tmp_path / "restored"))
    restored = House(tmp_path / "restored")
    restored.environment["REMIT_STATIC_MANIFEST"] = "true"  # as in an installation
    restored.run("migrate", "-v0")
    restored.serve("--no-worker")
    address = f"http://127.0.0.1:{restored.port}"
    try:
        with urllib.request.urlopen(f"{address}/accounts/login/", timeout=30) as answer:
            page = answer.read().decode()
        sheets = re.findall(r'href="(/static/[^"]+\.css)"', page)
        assert any("remit/app." in sheet for sheet in sheets)
        for sheet in sheets:
            with urllib.request.urlopen(address + sheet, timeout=30) as answer:
                assert answer.status == 200
    finally:
        for pid in restored.processes():
            os.kill(pid, signal.SIGKILL)


@pytest.mark.slow
def test_what_is_not_migrated_is_not_served(tmp_path: Path) -> None:
    new = House(tmp_path)
    command = remit("serve", "--address", f"127.0.0.1:{new.port}")
    done = subprocess.run(command, env=new.environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert re.search(r"Migrations wait: .*\. Run remit migrate\. \(remit\.E008\)", done.stderr)


@pytest.mark.slow
def test_what_is_not_migrated_is_said_in_a_sentence(tmp_path: Path) -> None:
    new = House(tmp_path)
    done = subprocess.run(
        remit("metric", "net_sales"), env=new.environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr.strip()) == (1, NOT_SET_UP)
