"""The whole suite, at once on SQLite (measured) and on PostgreSQL. What is left out is said loudly."""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools import postgres, steps

ROOT = Path(__file__).resolve().parent.parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
CHINESE_FONT = "Noto Sans CJK"
COUNT = re.compile(r"(\d+) (passed|failed|skipped|errors?)\b")
KINDS = ("passed", "failed", "skipped")


def main() -> int:
    """1 when a test failed or too little was covered; closes with the counts of each database."""
    left_out = [sentence for sentence in (browser(), database()) if sentence]
    shout(left_out)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background work begins without
        runs = [Run("SQLite", folder, measured=True)]
        if postgres.binaries():
            runs.append(Run("PostgreSQL", folder, measured=False))
        signal.signal(signal.SIGTERM, lambda *_: interrupt(runs))
        try:
            for run in runs:
                run.show()
        finally:
            for run in runs:
                run.process.wait()
        covered = is_covered(folder)
    shout(left_out)
    total = {kind: sum(run.counts[kind] for run in runs) for kind in KINDS}
    for run in runs:
        print(closing_line(run.name, run.process.returncode, run.counts))
    print(f"Coverage: {'well' if covered else 'too little'}")
    print(", ".join(f"{total[kind]} {kind}" for kind in KINDS), flush=True)
    return 0 if covered and not any(run.process.returncode for run in runs) else 1


class Run:
    """pytest on one database; it writes into a file, so that two run at once and are read in turn."""

    def __init__(self, name: str, folder: Path, *, measured: bool) -> None:
        self.name = name
        self.counts = dict.fromkeys(KINDS, 0)
        self._log = folder / f"{name}.log"
        slow = ["--durations=40", "--durations-min=5"]
        pytest = ["-m", "pytest", "-r", "sfE", *slow, "-o", f"cache_dir=.pytest_cache/{name.lower()}"]
        environment = os.environ | {
            "REMIT_TEST_DATABASE": name.lower(),
            "COVERAGE_FILE": str(folder / "coverage"),
            # Dozens of processes are started: what one has compiled, the others need not compile again.
            "PYTHONDONTWRITEBYTECODE": "",
        }
        with self._log.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, *(["-m", "coverage", "run"] if measured else []), *pytest],
                cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT,
            )  # fmt: skip

    def show(self) -> None:
        """Print what it has written and what it writes, until it ends; keep its closing counts."""
        print(f"\n== The suite on {self.name} ==", flush=True)
        for text in self._output():
            print(text, end="", flush=True)
        self.counts = counts_of(self._log.read_text(encoding="utf-8", errors="replace"))

    def _output(self) -> Iterator[str]:
        with self._log.open(encoding="utf-8", errors="replace") as file:
            while True:
                ended = self.process.poll() is not None  # asked first, so that nothing of the end is missed
                yield file.read()
                if ended:
                    return
                time.sleep(0.2)


def interrupt(runs: list[Run]) -> None:
    """Interrupted, pytest stops the servers and the cluster that it started; terminated it would not."""
    for run in runs:
        run.process.send_signal(signal.SIGINT)


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
    return subprocess.run([*coverage, "report"], cwd=ROOT, check=False).returncode == 0


def whole_measurements(folder: Path) -> list[Path]:
    """Without those of processes that were killed while they wrote, which cannot be read.

    coverage.py adds the digest of a file (.H…) to its name when it has written all of it.
    """
    return sorted(folder.glob("coverage.*.H*"))


def browser() -> str:
    """Install the system's Chromium and a Chinese typeface where we may; otherwise the sentence."""
    if not any(map(shutil.which, BROWSERS)):
        print("Installing the system's Chromium …", flush=True)
        steps.install_system_package("chromium")
    if not has_chinese_font():
        print("Installing a Chinese typeface …", flush=True)
        steps.install_system_package("fonts-noto-cjk")
    if not any(map(shutil.which, BROWSERS)):
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


def shout(sentences: list[str]) -> None:
    for sentence in sentences:
        print(f"\n{'!' * 80}\n{sentence}\n{'!' * 80}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
