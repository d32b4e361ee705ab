"""Killed at any point, an import is nothing or everything, and goes on where it stopped."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import duckdb
import pytest
from django.conf import settings
from django.db import connection

from remit.lake.actions import run_import
from remit.lake.enums import ImportState
from remit.lake.models import Import, QuarantinedRow
from remit.lake.queries import the_lake
from tests.lake.company import HEADER, Company, clock, line

pytestmark = pytest.mark.django_db(transaction=True)

CONTENT = HEADER + "".join(line(number) for number in range(500)) + line(501, "ten")

RUN = """
import os, signal, sys
import django
django.setup()
from django.utils import timezone
from remit.lake.actions import AlreadyRunning, finishing, loading, run_import, running
number, where = int(sys.argv[1]), sys.argv[2]

def die(*args, **kwargs):
    os.kill(os.getpid(), signal.SIGKILL)

def die_after(action):
    def act(*args, **kwargs):
        action(*args, **kwargs)
        die()
    return act

def report(step, done):
    if step == where:
        die()

if where == "committed, not written down":
    loading.advance = die
if where == "written down, not accounted for":
    running.finish_attempt = die
if where == "accounted for, not tidied":
    finishing._tidy = die
try:
    print(run_import(import_id=number, clock=timezone.now, report=report).state)
except AlreadyRunning:
    print("already running")
"""


def database_url() -> str:
    values = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{values['NAME']}"
    return f"postgresql://{values['USER']}@{quote(values['HOST'], safe='')}/{values['NAME']}"


def another_process(number: int, where: str = "nowhere") -> subprocess.Popen[str]:
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
        [sys.executable, "-c", RUN, str(number), where],
        env=environment, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2],
    )  # fmt: skip


def rows_of(number: int) -> tuple[int, int]:
    """Rows of the import in the lake, and distinct orders among them."""
    sql = the_lake().snapshot("order_lines").sql()
    (counted,) = duckdb.sql(
        f"SELECT count(*), count(DISTINCT order_code) FROM ({sql}) WHERE import_id = {number}"
    ).fetchall()
    return counted


@pytest.mark.parametrize(
    ("where", "visible"),
    [
        ("opening", 0),
        ("resolving", 0),
        ("writing", 0),
        ("loading", 0),
        ("committed, not written down", 500),
        ("written down, not accounted for", 500),
        ("accounted for, not tidied", 500),
    ],
)
def test_killed_there_it_shows_nothing_or_everything_and_ends_whole(
    where: str, visible: int, company: Company
) -> None:
    number = company.start(CONTENT).row.pk
    process = another_process(number, where)
    assert process.wait(60) == -signal.SIGKILL
    assert rows_of(number) == (visible, visible)
    row = run_import(import_id=number, clock=clock)
    assert (row.state, row.read, row.loaded, row.left_out) == (ImportState.DONE, 501, 500, 1)
    assert (rows_of(number), QuarantinedRow.objects.count()) == ((500, 500), 1)


def test_two_processes_with_the_same_file_load_it_once(company: Company) -> None:
    number = company.start(CONTENT).row.pk
    processes = [another_process(number) for _ in range(3)]
    said = sorted(process.communicate(timeout=60)[0].strip() for process in processes)
    assert said[-1] == "done"
    assert set(said) <= {"already running", "done"}
    assert (rows_of(number), QuarantinedRow.objects.count()) == ((500, 500), 1)
    assert Import.objects.get().state == ImportState.DONE


def test_two_files_with_the_same_rows_at_once_load_each_row_once(company: Company) -> None:
    first = company.start(CONTENT).row.pk
    second = company.start(CONTENT.replace("\n", "\r\n"), name="copy.csv").row.pk
    processes = [another_process(first), another_process(second)]
    assert [process.communicate(timeout=60)[0].strip() for process in processes] == ["done", "done"]
    (first_rows, _), (second_rows, _) = rows_of(first), rows_of(second)
    assert sorted([first_rows, second_rows]) == [0, 500]
