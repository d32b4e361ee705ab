"""Databases beside the one of the tests."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper


@pytest.fixture
def made(
    django_db_setup: None, django_db_blocker: Any, tmp_path: Path
) -> Iterator[Callable[..., BaseDatabaseWrapper]]:
    """Further databases, made by a process of their own: some migrations of others know only the default."""
    with django_db_blocker.unblock(), databases(tmp_path) as database:
        yield database


@contextmanager
def databases(folder: Path) -> Iterator[Callable[..., BaseDatabaseWrapper]]:
    """What ``made`` gives; they are gone at the end of the block."""
    names: list[str] = []

    def database(name: str, *words: str) -> BaseDatabaseWrapper:
        own = connections.settings["default"] | {"NAME": str(folder / name / "remit.sqlite3")}
        where = {}
        if connection.vendor == "postgresql":
            own["NAME"] = name
            where["REMIT_DATABASE"] = f"postgresql://{own['USER']}@/{name}?host={quote(own['HOST'], safe='')}"
            with connection.cursor() as cursor:
                cursor.execute(f"DROP DATABASE IF EXISTS {name}")
                cursor.execute(f"CREATE DATABASE {name} TEMPLATE template0")
        connections.settings[name] = own
        names.append(name)
        (folder / name).mkdir()
        environment = {
            "PATH": os.environ["PATH"],
            "REMIT_HOME": str(folder / name),
            "REMIT_ENV_FILE": os.devnull,
            "REMIT_SECRET_KEY": "a key of this test only, thrown away with it",
        } | where
        subprocess.run(
            [sys.executable, "-m", "remit.config.command", "migrate", "--verbosity", "0", *words],
            env=environment, check=True, timeout=600,
        )  # fmt: skip
        return connections[name]

    try:
        yield database
    finally:
        for name in names:
            connections[name].close()
            del connections[name], connections.settings[name]
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute(f"DROP DATABASE {name}")
