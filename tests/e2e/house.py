"""The whole product as it runs at a company's: ``remit serve`` with its workers, on a home of its own.

Unlike the ``window`` of conftest, which looks at the test's own database, everything here goes through the
browser: real files under hashed names, real workers, real processes. One server serves all tests.
"""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser

from tests.e2e.window import Window, open_window
from tests.web.accounts.provider import Provider
from tools.browsing import ROOT, free_port, running
from tools.postgres import binaries


@dataclass(frozen=True)
class House:
    """``sessions``: of whom, by name. ``things``: ids by the argument that an address names them with."""

    address: str
    sessions: dict[str, str]
    things: dict[str, int]
    log: Path
    provider: Provider


@pytest.fixture(scope="session")
def house(chromium: Browser, django_db_modify_db_settings: None, tmp_path_factory: Any) -> Iterator[House]:
    """Filled and served once; what the server complained of fails the last test."""
    folder = tmp_path_factory.mktemp("house")
    port = free_port()
    chosen = {
        "REMIT_HOME": str(folder / "home"),
        "REMIT_SECRET_KEY": "a key of the browser's tests, thrown away with them",
        "REMIT_ENV_FILE": os.devnull,
        "REMIT_STATIC_MANIFEST": "true",
        "REMIT_ADDRESS": f"http://127.0.0.1:{port}",
        "REMIT_WEB_PROCESSES": "1",
        "REMIT_MAIL": "console://",
        "DJANGO_SETTINGS_MODULE": "remit.config.settings",
        "COVERAGE_PROCESS_CONFIG": "",  # not measured: it would only be slower
    } | _database()
    provider = Provider()
    threading.Thread(target=provider.serve_forever, daemon=True).start()
    chosen |= {"NO_PROXY": "127.0.0.1", "REMIT_OIDC_APPS": json.dumps([provider.app])}
    done = subprocess.run(
        [sys.executable, "-m", "tests.e2e.preparing"], cwd=ROOT, env=os.environ | chosen,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    known = json.loads(done.stdout.splitlines()[-1])
    log = folder / "server.log"
    with running(["serve", "--address", f"127.0.0.1:{port}"], chosen, log):
        yield House(chosen["REMIT_ADDRESS"], known["sessions"], known["things"], log, provider)
    provider.shutdown()
    provider.server_close()
    assert "Traceback" not in log.read_text(encoding="utf-8"), log.read_text(encoding="utf-8")[-5000:]


def _database() -> dict[str, str]:
    """A database of its own in the cluster of the tests; nothing for SQLite, which lies in the home."""
    if settings.TEST_DATABASE != "postgresql":
        return {}
    tools = binaries()
    assert tools is not None
    made = [tools / "createdb", "-h", settings.POSTGRES_HOME, "-U", "remit", "house"]
    subprocess.run(made, check=True)
    place = str(settings.POSTGRES_HOME).replace("/", "%2F")
    return {"REMIT_DATABASE": f"postgresql://remit@{place}/house"}


type Visits = Callable[..., Window]


@pytest.fixture
def visit(chromium: Browser, house: House) -> Iterator[Visits]:
    """``visit("east", language="en", theme="light", width=1440)``; the console has to stay clean."""
    opened: list[Window] = []

    def open_as(name: str = "", *, language: str = "en", theme: str = "light", width: int = 1440) -> Window:
        cookies = {"theme": theme, settings.LANGUAGE_COOKIE_NAME: language}
        if name:
            cookies[settings.SESSION_COOKIE_NAME] = house.sessions[name]
        opened.append(open_window(chromium, house.address, cookies, language=language, width=width))
        return opened[-1]

    yield open_as
    for each in opened:
        each.page.context.close()
    assert [each.complaints for each in opened if each.complaints] == []
