"""Timing that can be trusted: runs take turns, the median speaks, memory is that of a process of its own."""

import gc
import json
import math
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Pair:
    """Seconds of two ways to the same thing, in the order in which they were run."""

    ours: tuple[float, ...]
    theirs: tuple[float, ...]

    @property
    def ours_s(self) -> float:
        return statistics.median(self.ours)

    @property
    def theirs_s(self) -> float:
        return statistics.median(self.theirs)

    @property
    def ratio(self) -> float:
        return self.ours_s / self.theirs_s if self.theirs_s else math.inf


def seconds(work: Callable[[], object]) -> float:
    """Wall seconds of one run; the collector is kept out of it, since it would punish whoever is measured."""
    gc.collect()
    gc.disable()
    try:
        began = time.perf_counter()
        work()
        return time.perf_counter() - began
    finally:
        gc.enable()


def interleaved(ours: Callable[[], object], theirs: Callable[[], object], rounds: int, warm: int = 1) -> Pair:
    """Run both in turns, so that whatever else the machine does meets both; ``warm`` turns do not count.

    Who begins changes from turn to turn: the second of two readers finds the files in memory.
    """
    for _turn in range(warm):
        theirs()
        ours()
    first: list[float] = []
    second: list[float] = []
    for turn in range(rounds):
        if turn % 2:
            first.append(seconds(ours))
            second.append(seconds(theirs))
        else:
            second.append(seconds(theirs))
            first.append(seconds(ours))
    return Pair(tuple(first), tuple(second))


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that is not exceeded by at least ``share`` of them (nearest rank)."""
    ranked = sorted(values)
    return ranked[max(0, math.ceil(share * len(ranked)) - 1)]


@dataclass(frozen=True, slots=True)
class Ended:
    """A child process: what it printed last (JSON), its wall seconds and the most memory that it held."""

    said: dict[str, object]
    wall_s: float
    rss_bytes: int


class ChildFailed(RuntimeError):
    """A measured process ended badly; the message carries what it wrote."""


def in_a_process(arguments: Sequence[str], environment: dict[str, str], log: Path) -> Ended:
    """Run ``python -m …`` alone and wait for it; its last line of output is JSON."""
    began = time.perf_counter()
    with log.open("w+") as output:
        child = subprocess.Popen(
            [sys.executable, *arguments],
            env={**os.environ, **environment},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        _pid, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - began
        child.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        text = output.read().strip()
    if child.returncode:
        raise ChildFailed(f"{' '.join(arguments)} ended with {child.returncode}:\n{text[-3000:]}")
    # Linux counts in KiB, macOS in bytes.
    rss = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return Ended(json.loads(text.splitlines()[-1]), wall, rss)


def resident_bytes() -> int:
    """Memory that this process holds now; 0 where the system does not say."""
    status = Path("/proc/self/statm")
    return int(status.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") if status.exists() else 0
