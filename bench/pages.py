"""Pages through the real server over HTTP: the first look, and the 95th percentile when it is warm."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

from .homes import environment
from .measure import in_a_process, percentile
from .report import Line, megabytes, milliseconds

SIMPLE_S = 0.100
BOARD_S = 0.300
START_S = 60
LOOKS = 40
LOOKS_AT_NEW = 16
WARMING = 6
SHARE = 0.95


@dataclass(frozen=True, slots=True)
class Visited:
    """A page: ``paths`` are taken in turn, so that a board can be asked something new each time.

    ``most_s`` None: a figure without a mark, for who wants to know what warmth is worth.
    """

    title: str
    paths: tuple[str, ...]
    most_s: float | None


def pages(board: int, scale: int) -> list[Visited]:
    """Simple pages, pages of figures, and the board: as remembered, and with a period never asked before."""
    figure_s = SIMPLE_S if scale == 1 else BOARD_S
    days = [f"2017-01-{1 + n % 28:02d}..2017-{3 + n // 28:02d}-{1 + n % 28:02d}" for n in range(200)]
    address = f"/boards/{board}"
    asked = "/figures/explore?metric=net_sales&by=week&unit=journey&period=2017"
    return [
        Visited("imports", ("/imports/",), SIMPLE_S),
        Visited("products", ("/products/",), SIMPLE_S),
        Visited("customers", ("/customers/",), SIMPLE_S),
        Visited("outlets", ("/outlets/",), SIMPLE_S),
        Visited("metrics", ("/figures",), SIMPLE_S),
        Visited("units", ("/team/units",), SIMPLE_S),
        Visited("explorer", (asked,), figure_s),
        Visited("heat map", ("/figures/heat",), figure_s),
        Visited("customer quadrant", ("/figures/customers",), figure_s),
        Visited("cohorts", ("/figures/cohorts",), figure_s),
        Visited("board of 12 tiles", (f"{address}?now=1",), BOARD_S),
        Visited(
            "board of 12 tiles, a period never asked before",
            tuple(f"{address}?now=1&period={span}" for span in days),
            None,
        ),
    ]


def lines(home: Path, root: Path, scale: int, say: Callable[[str], None]) -> Iterator[Line]:
    """Bring the pre-aggregates up to date, serve the home, and look."""
    say(f"{scale}×: pre-aggregates")
    built = in_a_process(["-m", "bench.child", "rollups"], environment(home), root / "rollups.log")
    yield Line(
        "pages", "pre-aggregates brought up to date", scale, milliseconds(float(str(built.said["seconds"]))),
        megabytes(built.rss_bytes),
    )  # fmt: skip
    made = in_a_process(["-m", "bench.child", "visitor"], environment(home), root / "visitor.log")
    cookie, board = str(made.said["cookie"]), int(str(made.said["board"]))
    with served(home, root / "server.log") as (port, process):
        for page in pages(board, scale):
            say(f"{scale}×: {page.title}")
            yield _looked_at(page, port, cookie, scale)
        yield Line("pages", "memory of the web server (RSS)", scale, megabytes(memory_of(process.pid)))


def _looked_at(page: Visited, port: int, cookie: str, scale: int) -> Line:
    paths = cycle(page.paths)
    first = look(port, next(paths), cookie)
    for _turn in range(WARMING):
        look(port, next(paths), cookie)
    count = LOOKS if page.most_s else LOOKS_AT_NEW
    warm = percentile([look(port, next(paths), cookie) for _turn in range(count)], SHARE)
    return Line(
        "pages", page.title, scale, milliseconds(warm), f"{milliseconds(first)} first",
        mark=f"p95 ≤ {milliseconds(page.most_s)}" if page.most_s else "",
        passed=warm <= page.most_s if page.most_s else None,
    )  # fmt: skip


def look(port: int, path: str, cookie: str) -> float:
    """Seconds until the whole page is here; a connection of its own each time, as the worst case."""
    began = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=300)
    connection.request("GET", path, headers={"Cookie": cookie, "Accept-Language": "en"})
    response = connection.getresponse()
    response.read()
    connection.close()
    if response.status != 200:
        raise RuntimeError(f"{path} answered {response.status}")
    return time.perf_counter() - began


@contextmanager
def served(home: Path, log: Path) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """The web server as ``remit web`` starts it, on a free port, in a group of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    words = [sys.executable, "-m", "remit.config.command", "web", "--address", f"127.0.0.1:{port}"]
    with log.open("wb") as output:
        server = subprocess.Popen(
            words,
            env={**os.environ, **environment(home), "REMIT_ADDRESS": f"http://127.0.0.1:{port}"},
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        _wait(server, port, log)
        yield port, server
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=30)


def _wait(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    end = time.monotonic() + START_S
    while time.monotonic() < end:
        if server.poll() is not None:
            raise RuntimeError(f"The server did not start:\n{log.read_text()[-2000:]}")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"The server was not ready within {START_S} s; see {log}.")


def memory_of(pid: int) -> int:
    """Resident bytes of a process and all below it; 0 where the system does not say."""
    own = Path(f"/proc/{pid}")
    if not own.exists():
        return 0
    size = int((own / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return size + sum(memory_of(child) for child in children_of(pid))


def children_of(pid: int) -> list[int]:
    """Processes that a process has started."""
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return [int(child) for task in tasks for child in (task / "children").read_text().split()]
