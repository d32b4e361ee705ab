"""The database at one instant: SQLite by its backup interface, PostgreSQL by an exported snapshot."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from django.db import connections

from .manifest import BadArchive

FILE_OF = {"sqlite": "database/remit.sqlite3", "postgresql": "database/remit.dump"}


class Frozen(Protocol):
    """A database held at an instant."""

    vendor: str

    def write(self, target: Path) -> None:
        """Copy it to a file; the instant is that of the freezing."""


class FrozenSqlite:
    """A read transaction of the write-ahead log keeps its instant, whatever others write."""

    vendor = "sqlite"

    def __init__(self, source: sqlite3.Connection) -> None:
        self.source = source

    def write(self, target: Path) -> None:
        copy = sqlite3.connect(target)
        try:
            self.source.backup(copy)
            # One plain file, which needs no log beside it.
            copy.execute("PRAGMA journal_mode=DELETE")
        finally:
            copy.close()


class FrozenPostgresql:
    """``pg_dump`` reads the snapshot that our transaction exports."""

    vendor = "postgresql"

    def __init__(self, snapshot: str, database: Mapping[str, Any]) -> None:
        self.snapshot = snapshot
        self.database = database

    def write(self, target: Path) -> None:
        run_client(
            self.database, "pg_dump", "--format=custom", "--no-owner", "--no-privileges",
            f"--snapshot={self.snapshot}", f"--file={target}",
        )  # fmt: skip


@contextmanager
def frozen() -> Iterator[Frozen]:
    """Hold the default database at this instant until the block ends."""
    database = connections["default"].settings_dict
    if connections["default"].vendor == "sqlite":
        source = sqlite3.connect(
            f"file:{database['NAME']}?mode=ro", uri=True, isolation_level=None, timeout=60
        )
        try:
            source.execute("BEGIN")
            source.execute("SELECT count(*) FROM sqlite_master").fetchone()  # the instant is the first read
            yield FrozenSqlite(source)
        finally:
            source.close()
        return
    connection = connections.create_connection("default")
    try:
        with connection.cursor() as cursor:
            connection.set_autocommit(False)
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            yield FrozenPostgresql(cursor.fetchone()[0], database)
    finally:
        connection.close()


def restore_postgresql(dump: Path, database: Mapping[str, Any]) -> None:
    """Load a dump into an empty database, all or nothing."""
    run_client(
        database, "pg_restore", "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error",
        f"--dbname={database['NAME']}", str(dump),
    )  # fmt: skip


def tables_in(database: Mapping[str, Any]) -> int:
    """How many tables another PostgreSQL database holds; raise BadArchive when it does not answer."""
    import psycopg  # imported late: an installation on SQLite does without
    from psycopg.conninfo import make_conninfo

    try:
        with psycopg.connect(make_conninfo("", **_parameters(database)), connect_timeout=10) as connection:
            found = connection.execute(
                "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
            ).fetchone()
    except psycopg.OperationalError as error:
        raise BadArchive(f"The database does not answer: {error}. Is it there, and empty?") from error
    return int(found[0]) if found else 0


def run_client(database: Mapping[str, Any], program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's own programs on a database of Django's settings."""
    path = client(program)
    if path is None:
        raise BadArchive(f"{program} is missing. Install PostgreSQL's client (Debian: postgresql-client).")
    names = {
        "dbname": "PGDATABASE",
        "host": "PGHOST",
        "port": "PGPORT",
        "user": "PGUSER",
        "password": "PGPASSWORD",
    }
    environment = os.environ | {names[key]: value for key, value in _parameters(database).items()}
    done = subprocess.run(  # noqa: S603  # a program of PostgreSQL with our own words
        [path, *arguments], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise BadArchive(f"{program} failed: {done.stderr.strip()}")


def client(program: str) -> str | None:
    """The newest one installed: an older pg_dump refuses a newer server."""
    newest = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"), key=lambda p: int(p.parts[-3]))
    return str(newest[-1]) if newest else shutil.which(program)


def _parameters(database: Mapping[str, Any]) -> dict[str, str]:
    names = {"NAME": "dbname", "HOST": "host", "PORT": "port", "USER": "user", "PASSWORD": "password"}
    return {ours: str(database[key]) for key, ours in names.items() if database.get(key)}
