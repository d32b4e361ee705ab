"""The same questions here and on a Spark cluster of this machine: what a cluster costs, and where it gains.

The cluster is ``local-cluster``: two workers of one core each, as many cores as the embedded engine takes.
So it cannot win here; what is measured is what it adds to each question, and what a million rows cost.
"""

import argparse
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from statistics import median

import numpy as np
import pyarrow as pa

from remit.core.scope import Scope
from remit.journeys.event_index.build import build
from remit.journeys.event_index.manifest import read_manifest
from remit.journeys.event_index.opened import open_index
from remit.lake.spark import leave, session
from remit.lake.store import Lake
from remit.lake.tables import TABLES
from remit.metrics.catalog.shipped import SHIPPED
from remit.metrics.engine.ask import answer
from remit.metrics.engine.question import Question

from .journey_events import write_events
from .journeys import FUNNELS, RETENTIONS, WEEK_S, our_funnel, our_retention, source_of
from .measure import in_a_process, seconds
from .report import Line, milliseconds

ENGINE = f"local-cluster[2,{max(1, (os.cpu_count() or 2) // 2)},2048]"
MILLIONS = (1, 10)
TURNS = 3
CHUNK = 1_000_000
SCOPE = Scope(companies=frozenset({1}))
FIGURES = (
    ("net sales, baskets, buyers by month", ("net_sales", "baskets", "buyers"), ("month",)),
    ("net sales", ("net_sales",), ()),
)


def lines(root: Path, say: Callable[[str], None]) -> Iterator[Line]:
    """Measured in a process of its own, which starts the cluster."""
    say(f"a cluster beside the embedded engine: {', '.join(map(str, MILLIONS))} million rows")
    folder = root / "spark"
    settings = folder / "conf"
    settings.mkdir(parents=True, exist_ok=True)
    (settings / "spark-defaults.conf").write_text(
        "spark.executor.memory 1g\nspark.sql.shuffle.partitions 4\n"
    )
    environment = {"SPARK_CONF_DIR": str(settings), "SPARK_LOCAL_IP": "127.0.0.1"}
    ended = in_a_process(["-m", "bench.clusters", "--home", str(folder)], environment, root / "spark.log")
    for one in ended.said["lines"]:  # type: ignore[attr-defined]  # a list of plain dictionaries
        yield Line(**one)


def measured(folder: Path, millions: tuple[int, ...]) -> Iterator[Line]:
    yield Line("spark", "starting: driver, two executors, one answer", 1,
               milliseconds(seconds(lambda: session(ENGINE))))  # fmt: skip
    for scale in millions:
        yield from journey_lines(folder, scale)
        yield from figure_lines(folder, scale)
    leave(ENGINE)


def journey_lines(folder: Path, scale: int) -> Iterator[Line]:
    place = folder / f"events-{scale}"
    if read_manifest(place) is None:
        file = folder / f"events-{scale}.parquet"
        write_events(file, scale * 1_000_000, scale * 50_000, scale)
        build(place, source_of([str(file)]))
        file.unlink()
    here, there = open_index(place), open_index(place, ENGINE)
    for name, ask in (("funnel, 4 steps", partial(_funnel, FUNNELS)), ("retention, 12 weeks", _retention)):
        yield versus(f"{name}, events", scale, partial(ask, here), partial(ask, there))


def _funnel(asked, index, turn: int) -> object:  # type: ignore[no-untyped-def]  # a list of steps, an index
    return our_funnel(index, asked[turn % len(asked)], WEEK_S + 3600 * turn)


def _retention(index, turn: int) -> object:  # type: ignore[no-untyped-def]  # an index
    return sorted(our_retention(index, *RETENTIONS[turn % len(RETENTIONS)]))


def figure_lines(folder: Path, scale: int) -> Iterator[Line]:
    lake = Lake(str(folder / f"lake-{scale}"))
    if lake.snapshot("order_lines").version < scale:
        for number in range(scale):
            lake.append("order_lines", order_lines(number), source="bench", key=str(number))
        lake.compact("order_lines")
    there = replace(lake, engine=ENGINE)
    for name, metrics, by in FIGURES:
        question = Question(metrics, SCOPE, by)
        yield versus(
            f"{name}, order lines", scale, partial(_rows, question, lake), partial(_rows, question, there)
        )


def _rows(question: Question, lake: Lake, _turn: int) -> object:
    (found,) = answer([question], lake, SHIPPED, remember=False)
    return found.rows


def order_lines(number: int) -> pa.Table:
    """A million lines of one company: baskets of ten lines, a year, a hundred thousand customers."""
    chance = np.random.default_rng(number)
    basket = np.repeat(np.arange(CHUNK // 10), 10)
    day = np.repeat(chance.integers(0, 365, CHUNK // 10), 10)
    cents = pa.array(chance.integers(50, 5000, CHUNK).astype(np.int32)).cast(pa.decimal128(18, 4))
    given = {
        "import_id": pa.array(np.full(CHUNK, number)),
        "unit_id": pa.array(np.ones(CHUNK, np.int64)),
        "order_code": pa.array(basket + number * CHUNK).cast(pa.string()),
        "line_number": pa.array(np.tile(np.arange(10), CHUNK // 10)),
        "customer_id": pa.array(np.repeat(chance.integers(0, 100_000, CHUNK // 10), 10)),
        "sold_on": pa.array(np.datetime64("2017-01-01") + day.astype("timedelta64[D]")),
        "net_sales": cents,
        "currency": pa.array(["USD"] * CHUNK),
    }
    columns = [
        given[one.name].cast(one.type) if one.name in given else pa.nulls(CHUNK, one.type)
        for one in TABLES["order_lines"].columns
    ]
    return pa.table(
        columns, schema=pa.schema([(one.name, one.type) for one in TABLES["order_lines"].columns])
    )


def versus(what: str, scale: int, here: Callable[[int], object], there: Callable[[int], object]) -> Line:
    """Each turn asks something new of both; the first one compiles and reads, and does not count."""
    said: dict[str, list[object]] = {"here": [], "there": []}
    taken: dict[str, list[float]] = {"here": [], "there": []}
    for turn in range(TURNS + 1):
        for side, ask in (("here", here), ("there", there)):
            spent = seconds(lambda ask=ask, side=side, turn=turn: said[side].append(ask(turn)))  # type: ignore[misc]  # bound at once
            taken[side].append(spent)
    mine, theirs = (median(taken[side][1:]) for side in ("there", "here"))
    wrong = "" if said["here"] == said["there"] else " — WRONG: answers differ"
    return Line("spark", f"{what}{wrong}", scale, milliseconds(mine), milliseconds(theirs),
                f"{mine / theirs:.1f}×", "equal answers", not wrong)  # fmt: skip


def main() -> None:
    """The last line is the report, as JSON."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--home", type=Path, required=True)
    words.add_argument("--millions", type=int, nargs="+", default=MILLIONS)
    wanted = words.parse_args()
    found = []
    for line in measured(wanted.home, tuple(wanted.millions)):
        found.append(asdict(line))
        print(json.dumps(found[-1]), flush=True)
    print(json.dumps({"lines": found}))


if __name__ == "__main__":
    main()
