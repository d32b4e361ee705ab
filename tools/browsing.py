"""A real browser on a server of our own: for pictures and for the browser tests."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WINDOWLESS = "chromium-headless-shell"  # draws no window around a page: it opens one in a fifth of the time
BROWSERS = (WINDOWLESS, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# A quiet browser that talks to nobody but us.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--font-render-hinting=none",
]
START_S = 180  # several may start at once on a small machine


def browser_path() -> str | None:
    """The system's Chromium, or the one that REMIT_BROWSER names; a tool never downloads its own."""
    named = os.environ.get("REMIT_BROWSER")
    return named or next((path for name in BROWSERS if (path := shutil.which(name))), None)


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def served(home: Path, log: Path) -> Iterator[str]:
    """Serve a home on a free port until the block ends; gives the address. Errors go to ``log``."""
    port = free_port()
    settings = {
        "REMIT_HOME": str(home),
        "REMIT_STATIC_MANIFEST": "false",
        "REMIT_ADDRESS": f"http://127.0.0.1:{port}",
        "REMIT_DEBUG": "false",
    }
    with running(["runserver", f"127.0.0.1:{port}", "--noreload", "--insecure"], settings, log):
        yield settings["REMIT_ADDRESS"]


@contextmanager
def running(words: Sequence[str], settings: Mapping[str, str], log: Path) -> Iterator[None]:
    """Run a command of Remit until the block ends, which begins when REMIT_ADDRESS answers."""
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "remit.config.settings"} | dict(settings)
    command = [sys.executable, "-m", "django", *words]
    with log.open("wb") as output:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output)
    try:
        _wait(environment["REMIT_ADDRESS"], server, log)
        yield
    finally:
        server.terminate()
        server.wait(timeout=40)


def _wait(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + START_S
    while time.monotonic() < end:
        if server.poll() is not None:
            raise SystemExit(f"The server did not start; see {log}.")
        try:
            urllib.request.urlopen(f"{address}/accounts/login/", timeout=5).close()
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
        else:
            return
    raise SystemExit(f"The server was not ready within {START_S} s; see {log}.")
