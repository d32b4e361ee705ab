"""Several processes under one: restarted when they fall, and none is left behind."""

import signal
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable
from pathlib import Path
from time import monotonic

import pytest

# The children, which are killed while they work, are not measured.
MAIN = """
import os
import sys
for name in [name for name in os.environ if name.startswith("COVERAGE")]:
    del os.environ[name]
from remit.config.supervisor import Child, Supervisor
names = sys.argv[1:]
Supervisor([Child(n, [sys.executable, n]) for n in names], lambda t: print(t, flush=True)).run()
print("all stopped", flush=True)
"""


class Run:
    """A supervisor in a process of its own, over scripts that write into a folder what happens to them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.process: subprocess.Popen[str] | None = None

    def script(self, name: str, text: str) -> str:
        path = self.folder / f"{name}.py"
        note = f"def note(word):\n    open({str(self.folder / name)!r}, 'a').write(word + '\\n')\n"
        path.write_text("import os, signal, sys, threading\n" + note + textwrap.dedent(text))
        return str(path)

    def start(self, *scripts: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", MAIN, *scripts], stdout=subprocess.PIPE, text=True, start_new_session=True
        )

    def notes(self, name: str) -> list[str]:
        path = self.folder / name
        return path.read_text().split() if path.exists() else []

    def end(self, number: int) -> str:
        assert self.process is not None
        self.process.send_signal(number)
        return self.process.communicate(timeout=60)[0]


def until(holds: Callable[[], bool], what: str) -> None:
    """Wait for another process; it is watched, not slept for."""
    deadline = monotonic() + 60
    while not holds():
        assert monotonic() < deadline, what
        threading.Event().wait(0.02)


def is_running(pid: str) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except OSError:
        return False


@pytest.fixture
def run(tmp_path: Path):
    supervised = Run(tmp_path)
    yield supervised
    if supervised.process and supervised.process.poll() is None:
        supervised.process.kill()


OBEDIENT = """
    note(str(os.getpid()))
    signal.signal(signal.SIGTERM, lambda *_: (note("told"), sys.exit(0)))
    threading.Event().wait()
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_one_signal_stops_all_children_in_good_order(run: Run, number: int) -> None:
    run.start(run.script("a", OBEDIENT), run.script("b", OBEDIENT))
    until(lambda: bool(run.notes("a") and run.notes("b")), "both children start")
    pids = [run.notes(name)[0] for name in "ab"]
    assert run.end(number).endswith("all stopped\n")
    assert [run.notes(name)[1:] for name in "ab"] == [["told"], ["told"]]
    assert [is_running(pid) for pid in pids] == [False, False]


def test_a_child_that_falls_is_started_again_with_what_it_had_started(run: Run) -> None:
    fragile = """
        grandchild = os.fork()
        if not grandchild:
            threading.Event().wait()
        note(str(grandchild))
        if len(open(sys.argv[0][:-3]).read().split()) < 2:
            os._exit(7)
        threading.Event().wait()
    """
    run.start(run.script("a", fragile))
    until(lambda: len(run.notes("a")) == 2, "the child is started again")
    first, second = run.notes("a")
    until(lambda: not is_running(first), "the grandchild of the fallen child is ended")
    said = run.end(signal.SIGTERM)
    assert "ended with code 7; it starts again in 1 s." in said
    until(lambda: not is_running(second), "the grandchild is ended with the rest")


WAITING = """
import sys
from pathlib import Path
from remit.config.supervisor import Child, Supervisor
first, second, sign = sys.argv[1:]
later = Child(second, [sys.executable, second], 600, Path(sign).exists)
Supervisor([Child(first, [sys.executable, first]), later], print).run()
"""


def test_a_child_that_waits_for_another_begins_when_that_is_ready(run: Run) -> None:
    signed = f"""
        note(str(os.getpid()))
        while not os.path.exists({str(run.folder / "told")!r}):
            threading.Event().wait(0.02)
        open({str(run.folder / "sign")!r}, "w").close()
        threading.Event().wait()
    """
    first, second = run.script("a", signed), run.script("b", OBEDIENT)
    run.process = subprocess.Popen(
        [sys.executable, "-c", WAITING, first, second, str(run.folder / "sign")],
        stdout=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    until(lambda: bool(run.notes("a")), "the first child starts")
    assert run.notes("b") == []
    (run.folder / "told").touch()
    until(lambda: bool(run.notes("b")), "the second child starts long before its ten minutes")
    run.end(signal.SIGTERM)


def test_a_second_signal_kills_what_does_not_listen(run: Run) -> None:
    deaf = """
        signal.signal(signal.SIGTERM, lambda *_: note("told"))
        note(str(os.getpid()))
        while True:
            threading.Event().wait(1)
    """
    run.start(run.script("a", deaf))
    until(lambda: bool(run.notes("a")), "the child starts")
    assert run.process is not None
    run.process.send_signal(signal.SIGINT)
    until(lambda: run.notes("a")[1:] == ["told"], "the child is told")
    assert run.end(signal.SIGINT).endswith("all stopped\n")
    assert is_running(run.notes("a")[0]) is False


def test_children_end_when_the_supervisor_is_killed(run: Run) -> None:
    watching = """
        from remit.config.supervisor import end_with_parent
        end_with_parent(0.05)
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        note(str(os.getpid()))
        threading.Event().wait()
    """
    run.start(run.script("a", watching))
    until(lambda: bool(run.notes("a")), "the child starts")
    assert run.process is not None
    run.process.kill()
    until(lambda: not is_running(run.notes("a")[0]), "the child notices")
