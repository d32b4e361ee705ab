"""A backup taken while the system works is one instant of it, and comes back into an empty folder."""

import sqlite3
import tarfile
import threading
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import psycopg
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from remit.audit.models import Event
from remit.config.archive.manifest import BadArchive
from remit.config.archive.reading import restore
from remit.config.archive.writing import back_up
from remit.files.content import keep
from remit.jobs.actions import finish, queue_job, start_job
from remit.jobs.models import Job, JobState
from remit.lake.store import Lake
from remit.lake.tables import TABLES

JOBS = "SELECT state, count(*) FROM jobs_job GROUP BY state ORDER BY state"
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
on_sqlite = pytest.mark.skipif(
    settings.TEST_DATABASE != "sqlite", reason="of the SQLite file; the run on PostgreSQL has its own test"
)
on_postgresql = pytest.mark.skipif(
    settings.TEST_DATABASE != "postgresql", reason="of PostgreSQL; make test runs it there"
)


def lines(number: int, rows: int = 10) -> pa.Table:
    """``rows`` order lines of import ``number``, each of 1.25 net."""
    known = {
        "import_id": number,
        "unit_id": 1,
        "order_code": f"O{number}",
        "sold_on": date(2026, 3, 1),
        "net_sales": Decimal("1.25"),
        "currency": "TWD",
    }
    table = TABLES["order_lines"]
    columns = {name: [known.get(name)] * rows for name in table.schema.names}
    columns["line_code"] = [str(row) for row in range(rows)]
    return pa.table(columns, schema=pa.schema([(c.name, c.type) for c in table.columns]))


def append(lake: Lake, number: int) -> None:
    lake.append("order_lines", lines(number), source="test", key=str(number))


def imported(lake: Lake, number: int) -> None:
    """What an import does: running, appended, done."""
    job = start_job(job=queue_job(kind="import", by=None, at=AT), at=AT)
    append(lake, number)
    finish(job=job, at=AT)


def figures(home: Path) -> tuple[int, Decimal]:
    """Rows and net sales of a restored lake, read from its Parquet files."""
    snapshot = Lake(str(home / "lake")).snapshot("order_lines")
    found = pa.concat_tables(pq.read_table(file, columns=["net_sales"]) for file in snapshot.files)
    return found.num_rows, sum(found["net_sales"].to_pylist(), Decimal(0))


def jobs_in(home: Path) -> list[tuple[str, int]]:
    with sqlite3.connect(home / "remit.sqlite3") as database:
        return database.execute(
            "SELECT state, count(*) FROM jobs_job GROUP BY state ORDER BY state"
        ).fetchall()


def quiet(_text: str) -> None:
    pass


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(str(tmp_path / "live" / "lake"))


@pytest.fixture
def files(tmp_path: Path, settings) -> Path:
    settings.FILES_ROOT = tmp_path / "live" / "files"
    settings.FILES_ROOT.mkdir(parents=True)
    return settings.FILES_ROOT


@on_sqlite
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", ["a.tar.zst", "a.tar.gz"])
def test_database_lake_and_files_come_back_as_they_were(
    tmp_path: Path, lake: Lake, files: Path, name: str
) -> None:
    for number in range(3):
        imported(lake, number)
    kept = keep([b"a report"], limit_bytes=100)
    back_up(target=tmp_path / name, lake=lake, files=files, at=AT, say=quiet)
    imported(lake, 3)
    home = tmp_path / "new"
    manifest = restore(archive=tmp_path / name, into=home, database=None, say=quiet)
    assert figures(home) == (30, Decimal("37.50"))
    assert manifest.lake == {"order_lines": {"version": 3, "rows": 30}}
    assert jobs_in(home) == [("done", 3)]
    assert (home / "files" / kept.sha256[:2] / kept.sha256).read_bytes() == b"a report"
    assert sorted(path.name for path in home.iterdir()) == ["files", "lake", "remit.sqlite3"]
    assert (tmp_path / name).stat().st_mode & 0o077 == 0


@on_sqlite
@pytest.mark.django_db(transaction=True)
def test_a_restored_lake_still_knows_what_was_appended_and_can_be_written(
    tmp_path: Path, lake: Lake, files: Path
) -> None:
    for number in range(25):  # past the interval of checkpoints
        append(lake, number)
    lake.compact("order_lines")
    back_up(target=tmp_path / "a.tar.zst", lake=lake, files=files, at=AT, say=quiet)
    append(lake, 25)
    lake.checkpoint("order_lines")
    restore(archive=tmp_path / "a.tar.zst", into=tmp_path / "new", database=None, say=quiet)
    restored = Lake(str(tmp_path / "new" / "lake"))
    again = restored.append("order_lines", lines(24), source="test", key="24")
    fresh = restored.append("order_lines", lines(25), source="test", key="25")
    assert (again.fresh, fresh.fresh) == (False, True)
    assert figures(tmp_path / "new") == (260, Decimal("325.00"))


@on_sqlite
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_each_backup_beside_a_busy_writer_is_one_instant(tmp_path: Path, lake: Lake, files: Path) -> None:
    ended = threading.Event()
    imported(lake, 0)

    def write() -> None:
        number = 1
        try:
            while not ended.is_set():
                imported(lake, number)
                number += 1
        finally:
            connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(5):
            back_up(target=tmp_path / f"{number}.tar.gz", lake=lake, files=files, at=AT, say=quiet)
    finally:
        ended.set()
        writer.join()
    seen = []
    for number in range(5):
        home = tmp_path / str(number)
        restore(archive=tmp_path / f"{number}.tar.gz", into=home, database=None, say=quiet)
        rows, sales = figures(home)
        states = dict(jobs_in(home))
        # At most one import is in hand: appended already, or not yet.
        assert rows // 10 - states["done"] in ((0, 1) if "running" in states else (0,))
        assert sales == rows * Decimal("1.25")
        seen.append(rows)
    assert seen == sorted(seen)
    assert Job.objects.exclude(state=JobState.DONE).count() == 0


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_a_backup_of_postgresql_comes_back_into_an_empty_database(
    tmp_path: Path, lake: Lake, files: Path
) -> None:
    for number in range(3):
        imported(lake, number)
    back_up(target=tmp_path / "a.tar.zst", lake=lake, files=files, at=AT, say=quiet)
    imported(lake, 3)
    with connection.cursor() as cursor:
        cursor.execute("DROP DATABASE IF EXISTS restored")
        cursor.execute("CREATE DATABASE restored TEMPLATE template0")
    empty = connection.settings_dict | {"NAME": "restored"}
    with pytest.raises(BadArchive, match="name an empty database"):
        restore(archive=tmp_path / "a.tar.zst", into=tmp_path / "new", database=None, say=quiet)
    restore(archive=tmp_path / "a.tar.zst", into=tmp_path / "new", database=empty, say=quiet)
    assert figures(tmp_path / "new") == (30, Decimal("37.50"))
    with psycopg.connect(dbname="restored", host=empty["HOST"], user=empty["USER"]) as restored:
        assert restored.execute("SELECT state, count(*) FROM jobs_job GROUP BY state").fetchall() == [
            ("done", 3)
        ]
        guard = "SELECT count(*) FROM pg_trigger WHERE tgname LIKE 'audit_event_%'"
        assert restored.execute(guard).fetchone() == (2,)
    with pytest.raises(BadArchive, match=r"holds \d+ tables"):
        restore(archive=tmp_path / "a.tar.zst", into=tmp_path / "other", database=empty, say=quiet)


@on_sqlite
@pytest.mark.django_db(transaction=True)
def test_the_commands_say_what_they_did_and_refuse_to_overwrite(
    tmp_path: Path, lake: Lake, files: Path, settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.LAKE_URL = lake.url
    append(lake, 0)
    target, home = tmp_path / "a.tar.zst", tmp_path / "new"
    call_command("backup", str(target))
    said = capsys.readouterr().out
    assert "order_lines: 10 rows, version 1\n" in said
    assert "keep your .env apart" in said
    assert Event.objects.get().fields == {"file": "a.tar.zst", "bytes": target.stat().st_size}
    with pytest.raises(CommandError, match="exists already"):
        call_command("backup", str(target))
    with pytest.raises(CommandError, match=r"something\.tar\.zst or something\.tar\.gz"):
        call_command("backup", str(tmp_path / "a.zip"))
    call_command("restore", str(target), "--into", str(home))
    assert f"Restored into {home}." in capsys.readouterr().out
    with pytest.raises(CommandError, match="is not empty"):
        call_command("restore", str(target), "--into", str(home))


@on_sqlite
@pytest.mark.django_db(transaction=True)
def test_a_damaged_archive_restores_nothing(tmp_path: Path, lake: Lake, files: Path) -> None:
    append(lake, 0)
    target, home = tmp_path / "a.tar.gz", tmp_path / "new"
    back_up(target=target, lake=lake, files=files, at=AT, say=quiet)
    whole = target.read_bytes()
    for spoiled in (whole[: len(whole) // 2], whole[:1000] + bytes(50) + whole[1050:], b"no archive", b""):
        (tmp_path / "b.tar.gz").write_bytes(spoiled)
        with pytest.raises(BadArchive, match="nothing was restored"):
            restore(archive=tmp_path / "b.tar.gz", into=home, database=None, say=quiet)
        assert list(home.iterdir()) == []
    with pytest.raises(BadArchive, match="There is no file"):
        restore(archive=tmp_path / "none.tar.gz", into=home, database=None, say=quiet)


@on_sqlite
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda members: members.pop("manifest.json"), "it is cut off"),
        (lambda members: members.update({"database/remit.sqlite3": b"other"}), "differs from the manifest"),
        (lambda members: members.update({"lake/more": b"x"}), "differs from the manifest"),
        (lambda members: members.update({"../outside": b"x"}), "no backup of Remit"),
    ],
)
def test_an_archive_that_somebody_changed_restores_nothing(
    tmp_path: Path, lake: Lake, files: Path, change, sentence: str
) -> None:
    append(lake, 0)
    back_up(target=tmp_path / "a.tar.gz", lake=lake, files=files, at=AT, say=quiet)
    with tarfile.open(tmp_path / "a.tar.gz") as archive:
        members = {entry.name: archive.extractfile(entry).read() for entry in archive}  # type: ignore[union-attr]  # all are files
    change(members)
    with tarfile.open(tmp_path / "b.tar.gz", "w:gz") as archive:
        for name, content in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, BytesIO(content))
    with pytest.raises(BadArchive, match=sentence):
        restore(archive=tmp_path / "b.tar.gz", into=tmp_path / "new", database=None, say=quiet)
    assert list((tmp_path / "new").iterdir()) == []
    assert not (tmp_path / "outside").exists()
