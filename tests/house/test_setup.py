"""The set-up does what is due and no more; the locks hold everything, and no host."""

import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from tools import steps

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def stamps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(steps, "STAMPS", tmp_path / "stamps")
    return tmp_path


def test_a_step_runs_when_what_it_reads_has_changed_or_what_it_makes_is_gone(stamps: Path) -> None:
    made, state, ran = stamps / "made", ["one"], []

    def run() -> None:
        ran.append(state[0])
        made.touch()

    step = steps.Step("a step", lambda: state, made, run)
    assert [steps.run_if_due(step) for _ in range(2)] == [True, False]
    state[0] = "two"
    assert [steps.run_if_due(step) for _ in range(2)] == [True, False]
    made.unlink()
    assert [steps.run_if_due(step) for _ in range(2)] == [True, False]
    assert ran == ["one", "two", "two"]


def test_a_step_that_failed_is_due_again_and_says_what_the_program_said(stamps: Path) -> None:
    def fail() -> None:
        steps.call("sh", "-c", "echo out of space >&2; exit 3", hint="Make room.")

    step = steps.Step("a step", list, stamps, fail)
    for _ in range(2):
        with pytest.raises(steps.Stop, match=r"out of space(?s:.)*Make room\."):
            steps.run_if_due(step)


def test_a_machine_without_a_fitting_python_is_told_so(tmp_path: Path) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "setup").write_text((ROOT / "tools/setup").read_text())
    path = tmp_path / "bin"
    path.mkdir()
    (path / "dirname").symlink_to("/usr/bin/dirname")
    done = subprocess.run(
        ["/bin/sh", str(tools / "setup")], env={"PATH": str(path), "HOME": str(tmp_path)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    machine_has_one_outside_path = any(Path("/usr/local/bin").glob("python3.1[2-4]"))
    assert machine_has_one_outside_path or (done.returncode, done.stdout) == (1, "")
    assert machine_has_one_outside_path or done.stderr.startswith("Remit needs Python 3.12 or newer")


def test_every_declared_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    declared = [*project["dependencies"], *sum(project["optional-dependencies"].values(), [])]  # noqa: RUF017  # three short lists
    names = {named(line) for line in declared}
    locks = ("requirements-dev.lock", "requirements-bench.lock", "requirements-spark.lock")
    assert names - {name for lock in locks for name in pinned(lock)} == set()
    extras = project["optional-dependencies"]
    needed = {named(line) for line in (*project["dependencies"], *extras["demo"], *extras["running"])}
    assert needed - set(pinned("requirements.lock")) == set()


def test_what_runs_has_the_same_versions_as_what_is_tested() -> None:
    running, tested = pinned("requirements.lock"), pinned("requirements-dev.lock")
    assert {name: tested.get(name) for name in running} == running
    assert {"mypy", "playwright", "pyspark", "pytest", "ruff", "uv"} & set(running) == set()
    with_spark = pinned("requirements-spark.lock")
    assert {name: with_spark.get(name) for name in running if name in with_spark} == {
        name: versions for name, versions in running.items() if name in with_spark
    }


def test_running_needs_no_tools_of_development() -> None:
    names = [step.name for step in steps.wanted(["running"])]
    assert [step.name for step in steps.wanted([]) if step.name not in names] == ["development packages"]
    testing = [step.name for step in steps.wanted(["testing"])]
    assert [name for name in testing if name not in names] == ["development packages", "Spark packages"]


def named(line: str) -> str:
    """The package that a line of pyproject.toml declares."""
    found = re.match(r"[\w.-]+", line)
    assert found is not None
    return found[0].lower().replace("_", "-")


def pinned(lock: str) -> dict[str, list[str]]:
    """Versions by package; several where they differ by Python or system."""
    found: dict[str, list[str]] = {}
    for name, version in re.findall(r"^([\w.-]+)==(\S+)", (ROOT / lock).read_text(), re.MULTILINE):
        found.setdefault(name, []).append(version)
    return found


def test_the_locks_name_no_host_but_hashes() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text())
    assert [name for name, entry in lock["packages"].items() if "resolved" in entry] == []
    assert [name for name, entry in lock["packages"].items() if name and "integrity" not in entry] == []
    for name in (
        "requirements.lock", "requirements-dev.lock", "requirements-data.lock", "requirements-bench.lock",
        "requirements-spark.lock",
    ):  # fmt: skip
        text = (ROOT / name).read_text()
        assert "://" not in text
        lines = re.findall(r"^[\w.-]+==.*$", text, re.MULTILINE)
        assert [line for line in lines if not line.endswith("\\")] == []


def test_every_command_of_the_makefile_leads_to_a_file() -> None:
    text = (ROOT / "Makefile").read_text()
    named = {ROOT / name for name in re.findall(r"\btools/\w+(?:\.py)?", text)}
    named |= {ROOT / name / "__main__.py" for name in re.findall(r"-m (bench)\b", text)}
    assert sorted(path for path in named if not path.exists()) == []
