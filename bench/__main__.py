"""``python -m bench``: every mark of speed, measured and printed as one table.

``--scale 1 10`` leaves out the hundredfold, which takes the better part of an hour; ``--only import pages``
measures some parts. Homes are kept under ``var/bench`` and used again; ``--fresh`` makes them anew.
"""

import argparse
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from rich.console import Console

from . import (
    clusters,
    collecting,
    duties,
    experiments,
    governed,
    homes,
    importing,
    journeys,
    limits,
    pages,
)
from .growth import copy_home
from .measure import in_a_process
from .report import Line, Report, megabytes, milliseconds

PARTS = (
    "import", "duties", "governed", "journeys", "limits", "collect", "experiments", "spark", "figures",
    "pages",
)  # fmt: skip
ADDED_MOST_S = 0.010
RATIO_MOST = 1.3
ROUNDS = {1: 7, 10: 5, 100: 3}


def main() -> int:
    """1 when a mark is missed."""
    words = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    words.add_argument("--scale", type=int, nargs="+", default=[1, 10, 100], help="times the order lines")
    words.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    words.add_argument("--rounds", type=int, help="turns that count (default: 7, 5 and 3 by scale)")
    words.add_argument("--home", type=Path, default=Path("var/bench"), help="where homes are kept")
    words.add_argument("--fresh", action="store_true", help="make the homes anew")
    words.add_argument("--json", type=Path, help="also write the lines to this file")
    wanted = words.parse_args()
    root = wanted.home.resolve()
    if wanted.fresh:
        shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True, exist_ok=True)
    console = Console(soft_wrap=not sys.stdout.isatty(), width=None if sys.stdout.isatty() else 150)
    report = Report(console)
    with console.status("…") as status:
        for line in all_lines(wanted, root, status.update):
            report.add(line)
    report.print()
    if wanted.json:
        report.write(wanted.json)
    return 1 if report.misses else 0


def all_lines(wanted: argparse.Namespace, root: Path, say: Callable[[str], None]) -> Iterator[Line]:
    """Every line, as it is measured."""
    if "import" in wanted.only:
        yield from importing.lines(root, wanted.rounds or ROUNDS[1], say)
    if "duties" in wanted.only:
        yield from duties.lines(root, say)
    if "governed" in wanted.only:
        yield from governed.lines(root, say)
    if "journeys" in wanted.only:
        yield from journeys.lines(root, say)
    if "limits" in wanted.only:
        sizes = tuple(times * limits.EVENTS for times in wanted.scale)
        yield from limits.lines(root, sizes, say)
    if "collect" in wanted.only:
        yield from collecting.lines(root, say)
    if "experiments" in wanted.only:
        yield from experiments.lines(say)
    if "spark" in wanted.only:
        yield from clusters.lines(root, say)
    for scale in wanted.scale:
        if not {"figures", "pages"} & set(wanted.only):
            break
        home = homes.home_of(root, scale, say)
        rounds = wanted.rounds or ROUNDS.get(scale, 3)
        if "figures" in wanted.only:
            say(f"{scale}×: each metric beside its SQL, {rounds} turns")
            yield from figure_lines(home, root, scale, rounds)
        if "pages" in wanted.only:
            yield from pages.lines(home, root, scale, say)


def figure_lines(home: Path, root: Path, scale: int, rounds: int) -> Iterator[Line]:
    """Metrics and boards of one scale, measured in a process of their own, on the facts themselves."""
    bare = without_rollups(home, root)
    words = ["-m", "bench.child", "figures", "--scale", str(scale), "--rounds", str(rounds)]
    ended = in_a_process(words, homes.environment(bare), root / "figures.log")
    shutil.rmtree(bare)
    for one in ended.said["lines"]:  # type: ignore[attr-defined]  # a list of plain dictionaries
        yield figure_line(one, scale)
    yield Line("figures", "memory of the process (RSS)", scale, megabytes(ended.rss_bytes))


def without_rollups(home: Path, root: Path) -> Path:
    """A copy of the home in which questions read the facts, as the SQL beside them does."""
    bare = root / "bare"
    shutil.rmtree(bare, ignore_errors=True)
    copy_home(home, bare)
    for folder in (bare / "lake").glob("*__*"):
        shutil.rmtree(folder)
    return bare


def figure_line(one: dict[str, object], scale: int) -> Line:
    """Beside the mark that holds for it: an allowance in milliseconds where files are small, else a ratio."""
    ours, theirs = float(str(one["ours_s"])), float(str(one["theirs_s"]))
    ratio = ours / theirs if theirs else float("inf")
    if one["kind"] == "board":
        mark, passed = "< 1×", ratio < 1
    elif scale == 1 or not one["grown"]:
        mark, passed = f"≤ +{milliseconds(ADDED_MOST_S)}", ours - theirs <= ADDED_MOST_S
    else:
        mark, passed = f"≤ {RATIO_MOST:g}×", ratio <= RATIO_MOST
    name = f"{one['name']} — WRONG: {one['wrong']}" if one["wrong"] else str(one["name"])
    return Line(
        "board" if one["kind"] == "board" else "metric", name, scale,
        milliseconds(ours), milliseconds(theirs), f"{ratio:.2f}×", mark, passed and not one["wrong"],
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
