"""Journeys beside their peers, and the index opened and updated. What is timed is what ships."""

import argparse
import json
import os
import shutil
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median

from remit.core.period import parse_period
from remit.journeys.event_index.links import Links
from remit.journeys.event_index.opened import Index, open_index
from remit.journeys.event_index.source import Source
from remit.journeys.event_index.update import bring_up_to_date
from remit.journeys.funnel import answer_funnel
from remit.journeys.retention import answer_retention
from remit.journeys.specification import Funnel, Retention, Step
from remit.lake.duck import quoted

from .attribution import attribution_lines
from .journey_events import write_events
from .measure import in_a_process, interleaved
from .peers_of_journeys import ClickHouse
from .report import Line, milliseconds

EVENTS, PEOPLE = 20_000_000, 1_000_000
TURNS = 3
WEEK_S = 7 * 86_400
# Each is asked once only, of both sides: nothing can have been remembered.
FUNNELS = (
    ("view", "detail", "cart", "pay"),
    ("search", "detail", "checkout", "pay"),
    ("list", "cart", "address", "pay"),
    ("coupon", "cart", "checkout", "review"),
    ("view", "list", "search", "detail"),
    ("detail", "search", "list", "view"),
    ("view", "coupon", "address", "pay"),
)
RETENTIONS = (
    ("view", "pay"),
    ("list", "cart"),
    ("search", "view"),
    ("coupon", "checkout"),
    ("detail", "list"),
)


def lines(root: Path, say: Callable[[str], None]) -> Iterator[Line]:
    """Measured in a process of its own, whose peer is installed for the bench only."""
    say(f"journeys of {EVENTS:,} events")
    words = ["-m", "bench.journeys", "--home", str(root / "journeys")]
    ended = in_a_process(words, {}, root / "journeys.log")
    for one in ended.said["lines"]:  # type: ignore[attr-defined]  # a list of plain dictionaries
        yield Line(**one)


def measured(folder: Path, scale: float) -> Iterator[Line]:
    """All lines; files and tables are made where they are missing."""
    folder.mkdir(parents=True, exist_ok=True)
    files = [folder / "events.parquet", folder / "more.parquet"]
    for number, (file, share) in enumerate(zip(files, (1, 0.01), strict=True)):
        if not file.exists():
            write_events(file, int(EVENTS * scale * share), int(PEOPLE * scale), number)
    built: list[Index] = []
    yield from index_lines(folder / "index", files, built)
    yield from question_lines(built[0], ClickHouse(folder / "clickhouse", files[0]))
    yield from attribution_lines(folder, scale)


def question_lines(index: Index, peer: ClickHouse) -> Iterator[Line]:
    """Each question is new to both sides; turns are interleaved, and who begins changes."""
    asked = [(steps, WEEK_S + 3600 * n) for n, steps in enumerate(FUNNELS)]
    yield versus(
        "funnel, 4 steps, 7-day window",
        [partial(our_funnel, index, *one) for one in asked],
        [[partial(peer.funnel, *one, in_order=order) for one in asked] for order in (False, True)],
    )
    yield versus(
        "retention, 12 weeks",
        [partial(our_retention, index, *one) for one in RETENTIONS],
        [
            [partial(peer.retention, *one, "2017-01-02 00:00:00", 12, in_order=order) for one in RETENTIONS]
            for order in (False, True)
        ],
    )


def our_funnel(index: Index, steps: tuple[str, ...], window_s: int) -> list[int]:
    answer = answer_funnel(index, Funnel(tuple(Step((name,), name) for name in steps), window_s))
    return [int(people) for people in answer.tally.people]


def our_retention(index: Index, start: str, back: str) -> list[tuple[int, ...]]:
    period = parse_period("2017-01-02..2017-03-26")
    returned = answer_retention(index, Retention((start,), (back,), period=period)).returned.tolist()
    return [
        (cohort, after, people)
        for cohort, row in enumerate(returned)
        for after, people in enumerate(row)
        if people
    ]


def versus(what: str, ours: list[Callable[[], object]], peers: list[list[Callable[[], object]]]) -> Line:
    """Ours beside the faster of the peer's two ways; answers have to be equal. CPU: for busy machines."""
    ours[0]()  # compiled, and the index in memory
    peers[0][0]()
    taken: list[list[tuple[float, float]]] = [[] for _ in (ours, *peers)]
    equal = True
    for turn, calls in enumerate(zip(ours, *peers, strict=True)):
        said = {}
        for place in range(len(calls)) if turn % 2 else reversed(range(len(calls))):
            said[place], spent = spent_by(calls[place])
            taken[place].append(spent)
        equal = equal and all(each == said[0] for each in said.values())
    mine = [median(column) for column in zip(*taken[0], strict=True)]
    theirs = [min(median(t[kind] for t in way) for way in taken[1:]) for kind in (0, 1)]
    ratio, of_cpu = theirs[0] / mine[0], theirs[1] / mine[1]
    told = f"{ratio:.1f}× faster (CPU {of_cpu:.1f}×)"
    name = what if equal else f"{what} — WRONG: answers differ"
    return Line(
        "journeys",
        name,
        1,
        milliseconds(mine[0]),
        milliseconds(theirs[0]),
        told,
        "≥ 10×",
        equal and ratio >= 10,
    )


def spent_by(call: Callable[[], object]) -> tuple[object, tuple[float, float]]:
    """What it said; wall and CPU seconds of the process."""
    began, before = time.perf_counter(), time.process_time()
    said = call()
    return said, (time.perf_counter() - began, time.process_time() - before)


def index_lines(folder: Path, files: list[Path], built: list[Index]) -> Iterator[Line]:
    """Building, updating by a hundredth, opening; ``built`` gets the index as it was before."""
    taken: dict[str, list[tuple[float, float]]] = {"build": [], "update": [], "links": []}
    first, both = [str(files[0])], [str(file) for file in files]
    for turn in range(TURNS + 1):
        shutil.rmtree(folder, ignore_errors=True)
        _said, building = spent_by(lambda: bring_up_to_date(folder, first, source_of))
        built[:] = [open_index(folder)]
        _said, updating = spent_by(lambda: bring_up_to_date(folder, both, source_of))
        links = pairs_of(built[0])
        _said, linking = spent_by(partial(bring_up_to_date, folder, both, source_of, links))
        if turn:  # the first one compiles
            taken["build"].append(building)
            taken["update"].append(updating)
            taken["links"].append(linking)
    whole, *parts = (tuple(median(kind) for kind in zip(*taken[name], strict=True)) for name in taken)
    for name, part in zip(("+ 1 % events", "1 % of the people linked"), parts, strict=True):
        share, of_cpu = part[0] / whole[0], part[1] / whole[1]
        ratio = f"{share:.1%} (CPU {of_cpu:.1%})"
        beside = milliseconds(part[0]), milliseconds(whole[0]), ratio, "≤ 5 %", share <= 0.05
        yield Line("journeys", f"index: {name}, beside a full build", 1, *beside)
    yield opening(folder, files[0])


def pairs_of(index: Index) -> Links:
    """A hundredth of the people in pairs, as visitors who logged in."""
    columns = "CAST(n AS VARCHAR) AS person, CAST(n // 2 AS VARCHAR) AS whose"
    return Links(("pairs",), f"SELECT {columns} FROM range({index.people // 100}) AS people(n)")


def opening(index: Path, file: Path) -> Line:
    """Both from the disk: what is in the system's memory is let go before each turn."""
    import duckdb

    def ours() -> None:
        forget(index)
        for part in open_index(index).parts:
            part.seconds.max(), part.codes.max(), part.first.max()

    def theirs() -> None:
        forget(file)
        with duckdb.connect(config={"threads": os.cpu_count() or 1}) as connection:
            sql = f"SELECT person, time, event FROM read_parquet({quoted(str(file))})"  # a path of our own
            connection.sql(sql).to_arrow_table()

    pair = interleaved(ours, theirs, rounds=5)
    ratio = pair.theirs_s / pair.ours_s
    return Line("journeys", "opening a cold index, every column read through", 1, milliseconds(pair.ours_s),
                milliseconds(pair.theirs_s), f"{ratio:.1f}× faster", "≥ 3×", ratio >= 3)  # fmt: skip


def forget(path: Path) -> None:
    """Let the system drop the file, or all files of a folder, from its memory."""
    for file in path.rglob("*") if path.is_dir() else [path]:
        if file.is_file():
            with file.open("rb") as opened:
                os.fsync(opened.fileno())
                os.posix_fadvise(opened.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def source_of(files: list[str]) -> Source:
    return Source(f"SELECT * FROM read_parquet([{', '.join(map(quoted, files))}])")  # paths of our own


def main() -> None:
    """The last line is the report, as JSON."""
    from dataclasses import asdict

    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--home", type=Path, required=True)
    words.add_argument("--scale", type=float, default=1)
    wanted = words.parse_args()
    found = []
    for line in measured(wanted.home, wanted.scale):
        print(line, flush=True)
        found.append(asdict(line))
    print(json.dumps({"lines": found}))


if __name__ == "__main__":
    main()
