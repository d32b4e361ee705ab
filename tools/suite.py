"""The whole suite: on SQLite with coverage, then on PostgreSQL. What is left out is said loudly."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools import postgres, steps

ROOT = Path(__file__).resolve().parent.parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
CHINESE_FONT = "Noto Sans CJK"
COUNT = re.compile(r"(\d+) (passed|failed|skipped|errors?)\b")


def main() -> int:
    """1 when a test failed; closes with one plain line of counts."""
    left_out = [sentence for sentence in (browser(), database()) if sentence]
    shout(left_out)
    runs = {"SQLite": run("sqlite", ["--cov", "--cov-report=term"])}
    if postgres.binaries():
        runs["PostgreSQL"] = run("postgresql", [])
    shout(left_out)
    for name, (code, counts) in runs.items():
        print(f"{name}: {'well' if code == 0 else f'exit code {code}'}, {counts}")
    total = {kind: sum(counts.get(kind, 0) for _code, counts in runs.values()) for kind in KINDS}
    print("{passed} passed, {failed} failed, {skipped} skipped".format(**total), flush=True)
    return 1 if any(code for code, _counts in runs.values()) else 0


KINDS = ("passed", "failed", "skipped")


def run(name: str, options: list[str]) -> tuple[int, dict[str, int]]:
    """One run of pytest, shown as it goes; its exit code and its closing counts."""
    print(f"\n== The suite on {name} ==", flush=True)
    process = subprocess.Popen(
        [sys.executable, "-m", "pytest", "-r", "sfE", *options],
        cwd=ROOT, env=os.environ | {"REMIT_TEST_DATABASE": name}, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    counts: dict[str, int] = {}
    for line in process.stdout:
        print(line, end="", flush=True)
        if re.search(r"\bin \d[\d.:]*s", line) and (found := COUNT.findall(line)):
            counts = {}
            for number, kind in found:
                kind = "failed" if kind.startswith("error") else kind
                counts[kind] = counts.get(kind, 0) + int(number)
    return process.wait(), counts


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
