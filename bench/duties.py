"""Duties of a large department: 200 people, 500 duties, three years of occurrences (about 150,000).

The home is made by the product's own actions (duties, charges, and with them their occurrences); what was
done in the past year is written as bulk rows, since half a hundred thousand deliveries say nothing more.
"""

import shutil
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path

from .homes import READY, environment, remit, run
from .measure import Ended, in_a_process, percentile
from .pages import LOOKS, SHARE, WARMING, look, served
from .report import Line, megabytes, milliseconds

HOME = "duties"
TODAY_S, MATRIX_S, LINT_S, YEAR_S = 0.100, 0.300, 2.0, 5.0


def home_with_duties(root: Path, say: Callable[[str], None]) -> Path:
    """A home with people, duties and their occurrences; made when it is not there yet."""
    home = root / HOME
    if (home / READY).exists():
        remit(home, "migrate", "--verbosity", "0")
        return home
    shutil.rmtree(home, ignore_errors=True)
    say("200 people, 500 duties, three years of occurrences")
    remit(home, "migrate", "--verbosity", "0")
    run(home, "-m", "bench.child", "duties_home")
    (home / READY).touch()
    return home


def lines(root: Path, say: Callable[[str], None]) -> Iterator[Line]:
    """What is thought (lint, generation, figures), then what is looked at (Today, the matrix)."""
    home = home_with_duties(root, say)
    say("lint, generation, projection")
    ended = in_a_process(["-m", "bench.child", "duties"], environment(home), root / "duties.log")
    yield from _thought(ended)
    made = in_a_process(["-m", "bench.child", "duties_visitors"], environment(home), root / "duties.log")
    cookies = [str(one) for one in made.said["cookies"]]  # type: ignore[attr-defined]  # a list of texts
    with served(home, root / "duties-server.log") as (port, _process):
        for title, key, most_s in (("Today", "today", TODAY_S), ("matrix", "matrix", MATRIX_S)):
            if path := str(made.said[key]):
                say(title)
                yield _looked_at(title, path, most_s, port, cookies if key == "today" else cookies[:1])


def _thought(ended: Ended) -> Iterator[Line]:
    said = {name: float(str(value)) for name, value in ended.said.items()}
    yield Line("duties", "occurrences", 1, f"{said['occurrences']:,.0f}", f"{said['charges']:,.0f} charges")
    for name, title, most_s in (
        ("lint_s", "findings of the whole company", LINT_S),
        ("year_s", "generation of a year", YEAR_S),
        ("publish_s", "projection to the lake, from nothing", None),
        ("again_s", "projection to the lake, unchanged", None),
    ):
        cpu = f"{milliseconds(said[name.replace('_s', '_cpu_s')])} of processor"
        yield Line(
            "duties", title, 1, milliseconds(said[name]), cpu,
            mark=f"≤ {milliseconds(most_s)}" if most_s else "",
            passed=said[name] <= most_s if most_s else None,
        )  # fmt: skip
    yield Line("duties", "memory of the process (RSS)", 1, megabytes(ended.rss_bytes))


def _looked_at(title: str, path: str, most_s: float, port: int, cookies: list[str]) -> Line:
    """By several people in turn, since each owes something else."""
    who = cycle(cookies)
    first = look(port, path, next(who))
    for _turn in range(max(WARMING, len(cookies))):
        look(port, path, next(who))
    warm = percentile([look(port, path, next(who)) for _turn in range(LOOKS)], SHARE)
    return Line(
        "duties", title, 1, milliseconds(warm), f"{milliseconds(first)} first",
        mark=f"p95 ≤ {milliseconds(most_s)}", passed=warm <= most_s,
    )  # fmt: skip
