"""Static checks: all of them run, then the failures are named."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv/bin"
CHECKS = {
    "ruff": [str(BIN / "ruff"), "check"],
    "format": [str(BIN / "ruff"), "format", "--check"],
    "types": [str(BIN / "mypy")],
    "floors": [str(BIN / "lint-imports"), "--no-cache"],
    "house rules": [str(BIN / "python"), "tools/house_rules.py"],
    "migrations": [str(BIN / "python"), "-m", "django", "makemigrations", "--check", "--dry-run",
                   "--settings=remit.config.testing"],
    "translations": [str(BIN / "python"), "tools/messages.py"],
    "templates": [str(BIN / "djlint"), "src/remit/web/templates", "--lint", "--quiet"],
}  # fmt: skip


def main() -> int:
    """1 when a check fails."""
    # Some read Django's settings of the tests and end without tidying the home that these make.
    with tempfile.TemporaryDirectory() as folder:
        return run_all(os.environ | {"TMPDIR": folder})


def run_all(environment: dict[str, str]) -> int:
    failed = []
    for name, command in CHECKS.items():
        began = time.monotonic()
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        verdict = "ok" if done.returncode == 0 else "FAILED"
        print(f"{name}: {verdict} ({time.monotonic() - began:.0f} s)", flush=True)
        if done.returncode:
            failed.append(name)
            print(f"{done.stdout}{done.stderr}", flush=True)
    print(f"Static checks failed: {', '.join(failed)}" if failed else "Static checks: all well.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
