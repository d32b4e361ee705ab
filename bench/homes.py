"""Homes to measure in: the demonstration as it is, and grown; kept under ``var/bench`` for the next run."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from .growth import copy_home, grow

# Everything that a measured process reads from its environment; nothing else of ours leaks into it.
FIXED = {
    "REMIT_SECRET_KEY": "of the benchmark, which guards nothing",
    "REMIT_ENV_FILE": os.devnull,
    "REMIT_STATIC_MANIFEST": "false",
    "DJANGO_SETTINGS_MODULE": "remit.config.settings",
}
IMPORTED = "import"
READY = "ready"


def environment(home: Path) -> dict[str, str]:
    """What a process of this home needs."""
    return {**FIXED, "REMIT_HOME": str(home)}


def home_of(root: Path, scale: int, say: Callable[[str], None]) -> Path:
    """The home with ``scale`` times the order lines; made when it is not there yet, half a one made anew."""
    home = root / f"{scale}x"
    if (home / READY).exists():
        remit(home, "migrate", "--verbosity", "0")  # the home may be older than the tables
        return home
    shutil.rmtree(home, ignore_errors=True)
    if scale == 1:
        say("loading the demonstration through its imports")
        remit(home, "migrate", "--verbosity", "0")
        remit(home, "demo", "--load-only")
    else:
        copy_home(home_of(root, 1, say), home)
        (home / READY).unlink(missing_ok=True)
        grow(home, scale, say)
    (home / READY).touch()
    return home


def home_for_imports(root: Path, say: Callable[[str], None]) -> Path:
    """A home with people and lists, and no order lines yet; and beside it the file to import."""
    home = root / IMPORTED
    if (home / READY).exists():
        remit(home, "migrate", "--verbosity", "0")
        return home
    shutil.rmtree(home, ignore_errors=True)
    say("loading outlets, products and households")
    remit(home, "migrate", "--verbosity", "0")
    run(home, "-m", "bench.child", "lists")
    (home / READY).touch()
    return home


def remit(home: Path, *words: str) -> None:
    """One ``remit`` command in a home."""
    run(home, "-m", "remit.config.command", *words)


def run(home: Path, *words: str) -> str:
    """A Python process in a home; what it wrote. Raise RuntimeError with its last words."""
    home.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        [sys.executable, *words],
        env={**os.environ, **environment(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(words)} failed:\n{(done.stdout + done.stderr)[-3000:]}")
    return done.stdout
