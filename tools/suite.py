"""The whole suite, at once on SQLite (measured) and on PostgreSQL. What is left out is said loudly.

``--branches`` measures branches too, on SQLite alone: before Python 3.14 that takes two thirds longer.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools import postgres, steps
from tools.browsing import WINDOWLESS, browser_path

ROOT = Path(__file__).resolve().parent.parent
CHINESE_FONT = "Noto Sans CJK"
COUNT = re.compile(r"(\d+) (passed|failed|skipped|errors?)\b")
KINDS = ("passed", "failed", "skipped")
BRANCHES_LEAST = 0.90
BY_BRANCH = "--branches" in sys.argv
UNKNOWN = -1  # the code of what did not come to its end
AT_ONCE = max(2, min(4, os.cpu_count() or 2))
# Shares of the tests, the longest first; the last is everything that is not named here.
LONGEST = (
    ("e2e",),
    ("web",),
    ("demo",),
    ("config", "collection"),
    ("planning", "execution"),
    ("metrics", "lake"),
    ("duties", "governance", "learning"),
    ("journeys", "kernels"),
)
COMPILED = LONGEST[
    -1
]  # of kernels that are compiled no branch is seen: measured they run as they are written


def main() -> int:
    """1 when a test failed or too little was covered; closes with the counts of each database."""
    left_out = [sentence for sentence in (browser(), database(), java()) if sentence]
    shout(left_out)
    both = postgres.binaries() and not BY_BRANCH
    databases = ("SQLite", "PostgreSQL") if both else ("SQLite",)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        parts = [Part(each, folders, folder) for folders, each in in_turn(databases)]
        run_all(parts)
        covered = is_covered(folder)
    shout(left_out)
    total = dict.fromkeys(KINDS, 0)
    for name in databases:
        own = [part for part in parts if part.database == name]
        counts = {kind: sum(part.counts[kind] for part in own) for kind in KINDS}
        print(closing_line(name, max((part.code for part in own), key=abs), counts))
        total = {kind: total[kind] + counts[kind] for kind in KINDS}
    print(f"Coverage: {'well' if covered else 'too little'}")
    print(", ".join(f"{total[kind]} {kind}" for kind in KINDS), flush=True)
    return 0 if covered and not any(part.code for part in parts) else 1


def shares() -> list[list[str]]:
    """Every folder of tests, in the shares that a process takes at a time: see LONGEST."""
    named = {name for share in LONGEST for name in share}
    rest = [path.name for path in sorted((ROOT / "tests").iterdir()) if any(path.glob("**/test_*.py"))]
    return [*map(list, LONGEST), [name for name in rest if name not in named]]


def in_turn(databases: Sequence[str]) -> list[tuple[list[str], str]]:
    """Every share on every database, not the same share on both at once: two browsers wait for each other."""
    given = shares()
    if len(databases) == 1:
        return [(share, databases[0]) for share in given]
    first, second = databases
    turns: list[tuple[list[str], str]] = []
    for one, other in zip_longest(given[::2], given[1::2]):
        if other is None:
            turns += [(one, first), (one, second)]
        else:
            turns += [(one, first), (other, second), (other, first), (one, second)]
    return turns


def run_all(parts: list["Part"]) -> None:
    """As many at once as there are processors: whoever is free takes the next, so that all end together."""
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background work begins without
    waiting, running = list(parts), list[Part]()

    def stop(*_: object) -> None:
        waiting.clear()
        interrupt(running)

    signal.signal(signal.SIGTERM, stop)
    try:
        while waiting or running:
            while waiting and len(running) < AT_ONCE:
                running.append(waiting.pop(0))
                running[-1].start()
            for part in [part for part in running if part.process.poll() is not None]:
                running.remove(part)
                part.end()
            time.sleep(0.2)
    finally:
        for part in running:
            part.process.wait()


class Part:
    """pytest for some folders on one database; it writes into a file, which is shown when it has ended.

    On SQLite it is measured what of the program runs.
    """

    process: subprocess.Popen[bytes]

    def __init__(self, database: str, folders: list[str], place: Path) -> None:
        self.database, self.folders = database, folders
        self.counts = dict.fromkeys(KINDS, 0)
        self.code = UNKNOWN
        self._place = place
        self._log = place / f"{database}-{folders[0]}.log"

    def start(self) -> None:
        """Begin, and say so."""
        print(f"{self._title()} begins", flush=True)
        self._began = time.monotonic()
        said = ["-r", "sfE", "--durations=20", "--durations-min=5"]
        cache = f"cache_dir=.pytest_cache/{self.database.lower()}-{self.folders[0]}"
        paths = [f"tests/{each}" for each in self.folders]
        measured = ["-m", "coverage", "run", *(["--branch"] if BY_BRANCH else [])]
        measured = measured if self.database == "SQLite" else []
        environment = os.environ | {
            "REMIT_TEST_DATABASE": self.database.lower(),
            "COVERAGE_FILE": str(self._place / "coverage"),
            # Dozens of processes are started: what one has compiled, the others need not compile again.
            "PYTHONDONTWRITEBYTECODE": "",
        }
        if BY_BRANCH:  # the other core cannot measure branches, and says so among every process's errors
            environment["COVERAGE_CORE"] = "ctrace"
            environment["NUMBA_DISABLE_JIT"] = "1" if self.folders == [*COMPILED] else "0"
        with self._log.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, *measured, "-m", "pytest", *said, "-o", cache, *paths],
                cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT,
            )  # fmt: skip

    def end(self) -> None:
        """Show what it has written; keep its closing counts."""
        self.code = self.process.returncode
        said = self._log.read_text(encoding="utf-8", errors="replace")
        print(f"\n== {self._title()}, {time.monotonic() - self._began:.0f} s ==\n{said}", flush=True)
        self.counts = counts_of(said)

    def _title(self) -> str:
        return f"The suite on {self.database}: {', '.join(self.folders)}"


def interrupt(running: list[Part]) -> None:
    """Interrupted, pytest stops the servers and the cluster that it started; terminated it would not."""
    for part in running:
        part.process.send_signal(signal.SIGINT)


def counts_of(said: str) -> dict[str, int]:
    """The counts in pytest's last line; an error counts as a failure."""
    counts = dict.fromkeys(KINDS, 0)
    last = [line for line in said.splitlines() if re.search(r"\bin \d[\d.:]*s", line) and COUNT.search(line)]
    for number, kind in COUNT.findall(last[-1]) if last else ():
        counts["failed" if kind.startswith("error") else kind] += int(number)
    return counts


def closing_line(name: str, code: int, counts: dict[str, int]) -> str:
    verdict = "well" if code == 0 else f"exit code {code}"
    return f"{name}: {verdict}, " + ", ".join(f"{counts[kind]} {kind}" for kind in KINDS)


def is_covered(folder: Path) -> bool:
    """Report what the measured run has covered; false when that is less than pyproject.toml asks for."""
    whole = map(str, whole_measurements(folder))
    coverage = [sys.executable, "-m", "coverage"]
    (ROOT / ".coverage").unlink(missing_ok=True)
    subprocess.run([*coverage, "combine", "--quiet", "--data-file=.coverage", *whole], cwd=ROOT, check=False)
    print("\n== Covered on SQLite ==", flush=True)
    enough = subprocess.run([*coverage, "report"], cwd=ROOT, check=False).returncode == 0
    return enough and (not BY_BRANCH or _are_branches_covered(coverage))


def _are_branches_covered(coverage: list[str]) -> bool:
    """Say what part of the branches has run; lines are not counted in it."""
    told = subprocess.run([*coverage, "json", "-q", "-o", "-"], cwd=ROOT, check=True, capture_output=True)
    totals = json.loads(told.stdout)["totals"]
    share = totals["covered_branches"] / totals["num_branches"]
    print(f"Branches: {share:.1%} of {totals['num_branches']:,} covered; {BRANCHES_LEAST:.0%} are asked for.")
    return bool(share >= BRANCHES_LEAST)


def whole_measurements(folder: Path) -> list[Path]:
    """Without those of processes that were killed while they wrote, which cannot be read.

    coverage.py adds the digest of a file (.H…) to its name when it has written all of it.
    """
    return sorted(folder.glob("coverage.*.H*"))


def browser() -> str:
    """Install a browser without a window and a Chinese typeface where we may; otherwise the sentence."""
    if not shutil.which(WINDOWLESS):
        print("Installing Chromium without a window …", flush=True)
        steps.install_system_package(WINDOWLESS)
    if not browser_path():
        print("Installing the system's Chromium …", flush=True)
        steps.install_system_package("chromium")
    if not has_chinese_font():
        print("Installing a Chinese typeface …", flush=True)
        steps.install_system_package("fonts-noto-cjk")
    if not browser_path():
        return "NO BROWSER TESTS: install Chromium (on Debian: apt-get install chromium fonts-noto-cjk)."
    return ""


def has_chinese_font() -> bool:
    lister = shutil.which("fc-list")
    if lister is None:
        return False
    return CHINESE_FONT in subprocess.run([lister], capture_output=True, text=True, check=False).stdout


def database() -> str:
    """Install PostgreSQL where we may; otherwise the sentence."""
    if postgres.binaries() is None:
        print("Installing PostgreSQL …", flush=True)
        steps.install_system_package("postgresql")
    if postgres.binaries() is None:
        return "NOTHING RUNS ON POSTGRESQL: install it (on Debian: apt-get install postgresql)."
    return ""


def java() -> str:
    """The sentence where no cluster can be started; the set-up has tried to install it."""
    if shutil.which("java") is None:
        return "NOTHING RUNS ON SPARK: install Java (on Debian: apt-get install openjdk-17-jre-headless)."
    return ""


def shout(sentences: list[str]) -> None:
    for sentence in sentences:
        print(f"\n{'!' * 80}\n{sentence}\n{'!' * 80}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
