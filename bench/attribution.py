"""Markov attribution beside ChannelAttribution, which simulates; what is timed is the question as it ships.

The peer is under the GPL and is used here only, as a program to measure beside. It gets its paths ready made,
as text, both a row a path and a row for each different path, with one thread and with two: its fastest way
counts. Ours gets an index of events, finds the paths, and answers by seven models.
"""

import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import groupby, pairwise
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from remit.journeys.attribution import answer_attribution
from remit.journeys.event_index.build import build
from remit.journeys.event_index.opened import Index, open_index
from remit.journeys.event_index.source import Source
from remit.journeys.specification import Attributed, Happening
from remit.lake.duck import quoted

from .measure import seconds
from .path_events import CHANNELS, Paths, made_paths, write_paths
from .report import Line, milliseconds

PATHS = 1_000_000
TURNS = 5
EXACT = 1e-9
STATED = 0.05  # the peer repeats its simulation until its repetitions are this near to each other


type Shared = dict[str, float]
type Way = Callable[[int], Shared]  # a turn to conversions by channel


def attribution_lines(folder: Path, scale: float) -> Iterator[Line]:
    """One line with the mark; answers that are not exact, or not the peer's within its error, say WRONG."""
    paths = made_paths(int(PATHS * scale), 2017)
    file = folder / f"paths-{len(paths.converted)}.parquet"
    if not file.exists():
        write_paths(file, paths)
    build(folder / "paths-index", Source(f"SELECT * FROM read_parquet({quoted(str(file))})",
                                         others={"channel": "channel"}))  # fmt: skip
    ours = partial(our_conversions, open_index(folder / "paths-index"))
    peers = [partial(peer_conversions, frame, cores) for frame in frames_of(paths) for cores in (1, 2)]
    taken, wrong = raced([ours, *peers], plain_conversions(paths))
    (ours_s, our_cpu_s), theirs = taken[0], taken[1:]
    theirs_s, their_cpu_s = min(wall for wall, _cpu in theirs), min(cpu for _wall, cpu in theirs)
    what = f"Markov attribution, {len(paths.converted):,} paths, {len(CHANNELS)} channels"
    ratio = theirs_s / ours_s
    yield Line("journeys", f"{what} — WRONG: {wrong}" if wrong else what, 1, milliseconds(ours_s),
               milliseconds(theirs_s), f"{ratio:.1f}× faster (CPU {their_cpu_s / our_cpu_s:.1f}×)", "≥ 5×",
               not wrong and ratio >= 5)  # fmt: skip


def raced(ways: list[Way], exact: Shared) -> tuple[list[tuple[float, float]], str]:
    """Median seconds of each way, wall and CPU, ours first, in turns; and what is wrong with the answers."""
    ways[0](0)  # compiled, and the index in memory
    taken: list[list[tuple[float, float]]] = [[] for _ in ways]
    wrong, total = "", sum(exact.values())
    for turn in range(1, TURNS + 1):
        for place in range(len(ways)) if turn % 2 else reversed(range(len(ways))):
            said: list[tuple[Shared, float]] = []
            wall = seconds(partial(answer_into, said, ways[place], turn))
            answer, cpu = said[0]
            taken[place].append((wall, cpu))
            off = [abs(answer[channel] - exact[channel]) / total for channel in CHANNELS]
            if place == 0 and max(off) > EXACT:
                wrong = f"{max(off):.1e} from the plain solution"
            if place and sum(off) > STATED:
                wrong = f"the peer is {sum(off):.1%} from the plain solution"
    return [(median(wall for wall, _ in each), median(cpu for _, cpu in each)) for each in taken], wrong


def answer_into(said: list[tuple[Shared, float]], way: Way, turn: int) -> None:
    """What a way says, with the CPU seconds of all its threads."""
    before = time.process_time()
    answer = way(turn)
    said.append((answer, time.process_time() - before))


def our_conversions(index: Index, turn: int) -> Shared:
    """The window is new in each turn, and holds every path."""
    asked = Attributed(
        Happening(("visit",)), Happening(("pay",)), window_s=86_400 + turn, half_life_s=600 + turn
    )
    answer = answer_attribution(index, asked)
    return dict(zip(answer.channels, answer.conversions[-1].tolist(), strict=True))


def peer_conversions(frame: Any, cores: int, turn: int) -> Shared:
    """As its documentation says, with its own settings; the seed is the turn."""
    import ChannelAttribution

    answer = ChannelAttribution.markov_model(
        frame, "path", "converted", var_null="lost", ncore=cores, seed=turn, verbose=False, flg_pro=False
    )
    return dict(zip(answer["channel_name"], answer["total_conversions"], strict=True))


def frames_of(paths: Paths) -> list[Any]:
    """What the peer takes: a row a path, and a row for each different path."""
    import pandas as pd

    names = np.array(CHANNELS)[paths.touches]
    texts = [" > ".join(names[low:high]) for low, high in pairwise(paths.begins.tolist())]
    frame = pd.DataFrame({"path": texts, "converted": paths.converted.astype(int)})
    frame["lost"] = 1 - frame["converted"]
    return [frame, frame.groupby("path", as_index=False).sum()]


def plain_conversions(paths: Paths) -> Shared:
    """The chain counted path by path; for each channel the equations are solved anew without it."""
    size = len(CHANNELS)
    start, converted, lost = size, size + 1, size + 2
    counts = np.zeros((size + 3, size + 3))
    ends = paths.converted.tolist()
    for (low, high), bought in zip(pairwise(paths.begins.tolist()), ends, strict=True):
        passed = [start, *(channel for channel, _same in groupby(paths.touches[low:high].tolist()))]
        for here, then in pairwise([*passed, converted if bought else lost]):
            counts[here, then] += 1
    chances = counts[: size + 1] / counts[: size + 1].sum(axis=1, keepdims=True)

    def reached(removed: int | None) -> float:
        kept = [state for state in range(size + 1) if state != removed]
        among = np.eye(len(kept)) - chances[np.ix_(kept, kept)]
        return float(np.linalg.solve(among, chances[kept, converted])[-1])

    whole = reached(None)
    effects = [1 - reached(channel) / whole for channel in range(size)]
    return {name: effect / sum(effects) * sum(ends) for name, effect in zip(CHANNELS, effects, strict=True)}
