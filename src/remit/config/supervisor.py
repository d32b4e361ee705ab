"""Several processes under one: started together, restarted when they fall, stopped together."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

PARENT = "REMIT_SUPERVISED_BY"
PATIENCE_S = 20.0  # for a task in hand to end; what is cut off is taken up again by the next worker
STEADY_S = 30.0  # a child that lived this long is restarted at once
WAIT_S_MAX = 30.0


@dataclass
class Child:
    """One process; ``name`` is what people are told about it.

    ``delay_s``: begins that much later, or as soon as ``awaited`` says so.
    """

    name: str
    command: Sequence[str]
    delay_s: float = 0.0
    awaited: Callable[[], bool] = lambda: False
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    falls: int = 0
    due_at: float = field(default=0.0)


class Supervisor:
    """Runs children until it is told to stop.

    ``say`` prints one line for a person. Times are seconds of the monotonic clock.
    """

    def __init__(
        self,
        children: Sequence[Child],
        say: Callable[[str], None],
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.children = list(children)
        self.say = say
        self.environment = {**os.environ, **(environment or {}), PARENT: str(os.getpid())}
        self._stopping = threading.Event()
        self._forced = False

    def run(self, on_start: Callable[[], None] | None = None) -> None:
        """Block until SIGINT or SIGTERM; then stop all children. A second signal kills them."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._told_to_stop)
        try:
            for child in self.children:
                child.due_at = time.monotonic() + child.delay_s
                self._look_after(child)
            if on_start is not None:
                threading.Thread(target=on_start, daemon=True).start()
            while not self._stopping.wait(0.2):
                for child in self.children:
                    self._look_after(child)
        finally:
            self._stop_all()

    def _told_to_stop(self, number: int, frame: object) -> None:
        if self._stopping.is_set():
            self._forced = True
        self._stopping.set()

    def _start(self, child: Child) -> None:
        # In a session of its own, so that Ctrl-C in the terminal reaches only the supervisor.
        child.process = subprocess.Popen(  # noqa: S603  # our own program with our own words
            child.command, env=self.environment, stdin=subprocess.DEVNULL, start_new_session=True
        )
        child.started_at = time.monotonic()
        child.due_at = 0.0

    def _look_after(self, child: Child) -> None:
        """Start a fallen child again, later each time it falls soon after its start."""
        now = time.monotonic()
        if child.due_at:
            if now >= child.due_at or (child.process is None and child.awaited()):
                self._start(child)
            return
        if child.process is None or child.process.poll() is None:
            return
        child.falls = 0 if now - child.started_at > STEADY_S else child.falls + 1
        wait = min(2.0 ** (child.falls - 1), WAIT_S_MAX) if child.falls else 0.0
        self.say(f"{child.name} ended with code {child.process.returncode}; it starts again in {wait:.0f} s.")
        kill_group(child.process)
        child.due_at = now + wait

    def _stop_all(self) -> None:
        running = [child.process for child in self.children if child.process and child.process.poll() is None]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + PATIENCE_S
        while any(process.poll() is None for process in running):
            if self._forced or time.monotonic() > deadline:
                break
            time.sleep(0.05)
        for process in running:
            kill_group(process)
            process.wait()


def remit(*words: str) -> list[str]:
    """The command line of one of our own commands."""
    return [sys.executable, "-m", "remit.config.command", *words]


def kill_group(process: subprocess.Popen[bytes]) -> None:
    """End what is left of a child and of its own children, such as the processes of the web server."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def end_with_parent(poll_s: float = 1.0) -> None:
    """In a child: end when the supervisor is gone, also when it was killed and could not say so."""
    parent = int(os.environ.get(PARENT, "0"))
    if not parent:
        return

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(poll_s)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="parent", daemon=True).start()
