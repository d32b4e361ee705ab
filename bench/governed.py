"""Pages of plans, requests and money where there are very many of them."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from .homes import READY, environment, remit, run
from .measure import in_a_process, percentile
from .pages import LOOKS, SHARE, WARMING, look, served
from .report import Line, milliseconds

HOME = "governed"
MOST_S = 0.300  # lists and pages of several parts; simple pages take a third of it
EVERYBODYS = ("to sign", "requests", "plans", "tasks", "Today")


def home_of_plans(root: Path, say: Callable[[str], None]) -> Path:
    """A home with 20,000 plans, their requests and tasks; made when it is not there yet."""
    home = root / HOME
    if (home / READY).exists():
        remit(home, "migrate", "--verbosity", "0")
        return home
    shutil.rmtree(home, ignore_errors=True)
    say("20,000 plans, their requests, 100,000 tasks, a ledger of 20,000 entries")
    remit(home, "migrate", "--verbosity", "0")
    run(home, "-m", "bench.child", "governed_home")
    (home / READY).touch()
    return home


def lines(root: Path, say: Callable[[str], None]) -> Iterator[Line]:
    """Each page as the director sees it, those of everybody also as others do."""
    home = home_of_plans(root, say)
    made = in_a_process(["-m", "bench.child", "governed_visitors"], environment(home), root / "governed.log")
    cookies = [str(one) for one in made.said["cookies"]]  # type: ignore[attr-defined]  # a list of texts
    paths: dict[str, str] = made.said["paths"]  # type: ignore[assignment]  # a plain dictionary
    with served(home, root / "governed-server.log") as (port, _process):
        for title, path in paths.items():
            say(title)
            yield _looked_at(title, path, port, cookies if title in EVERYBODYS else cookies[:1])


def _looked_at(title: str, path: str, port: int, cookies: list[str]) -> Line:
    """p95 over everybody who opens it, warm."""
    first = look(port, path, cookies[0])
    for cookie in cookies * max(1, WARMING // len(cookies)):
        look(port, path, cookie)
    warm = percentile([look(port, path, cookies[n % len(cookies)]) for n in range(LOOKS)], SHARE)
    return Line(
        "governed", title, 1, milliseconds(warm), f"{milliseconds(first)} first",
        mark=f"p95 ≤ {milliseconds(MOST_S)}", passed=warm <= MOST_S,
    )  # fmt: skip
