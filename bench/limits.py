"""What one machine holds: journeys of 1, 10 and 100 million events: ``python -m bench --only limits``.

Rows are the lake's own, with all columns of the contract, appended in files of two million; a tenth of the
people are customers by two person codes. Each size in processes of its own.
"""

import argparse
import json
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import pyarrow as pa

from remit.core.scope import Scope
from remit.journeys.asking import KINDS
from remit.journeys.event_index.of_lake import index_of_lake
from remit.lake.duck import connect
from remit.lake.projection import mirror
from remit.lake.snapshot import duckdb_type
from remit.lake.store import Lake
from remit.lake.tables import TABLES

from .measure import in_a_process
from .report import Line, megabytes, milliseconds

EVENTS = 1_000_000
EVENTS_A_PERSON = 20
FILE_EVENTS = 2_000_000
GROWTH_MOST = 1.2  # of what grew in proportion: small sizes are timed less exactly
EVERYTHING = Scope.system("bench: what one machine holds")
FUNNELS = (
    ("view", "detail", "cart", "pay"),
    ("search", "detail", "checkout", "pay"),
    ("list", "cart", "address", "pay"),
    ("coupon", "cart", "checkout", "review"),
)
RETENTIONS = (("view", "pay"), ("list", "cart"), ("search", "view"), ("coupon", "checkout"))
NAMES = ("view", "list", "search", "detail", "cart", "coupon", "checkout", "address", "pay", "review")
CHANNELS = ("mail", "search", "social", "direct", "display")
EVENTS_SQL = f"""
    SELECT 1 AS import_id, 1 AS unit_id, CAST(uuid() AS VARCHAR) AS event_code,
        'p' || CAST(floor(pow(random(), 1.5) * $people) AS BIGINT) AS person_code,
        {list(NAMES)}[1 + CAST(floor(pow(random(), 2) * 10) AS INTEGER)] AS event,
        moment AS happened_at, CAST(moment AS DATE) AS happened_on,
        {list(CHANNELS)}[1 + CAST(floor(random() * 5) AS INTEGER)] AS channel,
        'TWD' AS currency, 1 + CAST(floor(random() * 300) AS INTEGER) AS outlet_id
    FROM (
        SELECT n, TIMESTAMPTZ '2017-01-02 00:00:00+00'
            + to_seconds((n + random()) / $events * 84 * 86400) AS moment
        FROM range($first, $last) AS numbers(n)
    )
"""


def lines(root: Path, sizes: tuple[int, ...], say: Callable[[str], None]) -> Iterator[Line]:
    """Each size beside the one before: what takes ten times the events takes ten times as long, at most."""
    before: dict[str, float] = {}
    smaller = 0
    for events in sizes:
        say(f"a lake of {events:,} events")
        found = measured(root, events)
        for name, value in found.items():
            yield line_of(name, value, events, before[name] * events / smaller if before else None)
        before, smaller = found, events


def measured(root: Path, events: int) -> dict[str, float]:
    """Figures of one size by name: seconds, or bytes."""
    home = root / f"limits-{events}"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir()
    found: dict[str, float] = {}
    for work in WORKS:
        words = ["-m", "bench.limits", "--home", str(home), "--events", str(events), "--work", work]
        ended = in_a_process(words, {}, root / "limits.log")
        found |= {name: float(str(value)) for name, value in ended.said.items()}
        found[f"most memory of the process: {work}"] = ended.rss_bytes
    shutil.rmtree(home)
    return found


def line_of(name: str, value: float, events: int, proportional: float | None) -> Line:
    """``proportional``: what the value would be if it had grown as the events did."""
    is_bytes = "memory" in name or "on disk" in name
    told = megabytes(int(value)) if is_bytes else milliseconds(value)
    if proportional is None or is_bytes:
        return Line("limits", name, events // EVENTS, told)
    growth = value / proportional
    ratio = f"{growth:.2f}× in proportion"
    passed = growth <= GROWTH_MOST
    mark = f"≤ {GROWTH_MOST:g}×"
    return Line("limits", name, events // EVENTS, told, milliseconds(proportional), ratio, mark, passed)


def fill(home: Path, events: int) -> dict[str, float]:
    """The lake itself."""
    lake = Lake(str(home / "lake"))
    began = time.perf_counter()
    _append(lake, home, 0, events, events)
    taken = time.perf_counter() - began
    return {"writing the events to the lake": taken, "on disk: lake": _bytes_in(home / "lake")}


def build(home: Path, events: int) -> dict[str, float]:
    lake = Lake(str(home / "lake"))
    taken, index = _timed(lambda: index_of_lake(lake, home / "index", EVERYTHING))
    said = {"building the index": taken, "on disk: index": _bytes_in(home / "index")}
    assert index.manifest.events == events
    return said


def link(home: Path, events: int) -> dict[str, float]:
    """A tenth of the people by two codes; one pair more; 1 % more events."""
    lake = Lake(str(home / "lake"))
    people = events // EVENTS_A_PERSON
    said = {}
    for name, pairs in (("linking a tenth of the people", people // 20), ("one more link", people // 20 + 1)):
        codes = np.arange(2 * pairs)
        rows = {"unit_id": np.ones(2 * pairs, np.int64), "customer_id": codes // 2}
        rows["person_code"] = pa.array(np.char.add("p", codes.astype(str)))
        schema = TABLES["links"].schema
        mirror(lake, "links", pa.table({column: rows[column] for column in schema.names}, schema=schema))
        said[name], _index = _timed(lambda: index_of_lake(lake, home / "index", EVERYTHING))
    _append(lake, home, events, events + events // 100, events)
    said["1 % more events"], _index = _timed(lambda: index_of_lake(lake, home / "index", EVERYTHING))
    return {**said, "on disk: index with links": _bytes_in(home / "index")}


def ask(home: Path, _events: int) -> dict[str, float]:
    """Questions that were not asked before, medians; and what they need beyond the mapped files."""
    lake = Lake(str(home / "lake"))
    index_of_lake(lake, home / "index", EVERYTHING)  # code and files in memory
    opening, index = _timed(lambda: index_of_lake(lake, home / "index", EVERYTHING))
    funnels = [{"steps": list(steps), "window": f"{7 * 24 + n} hours"} for n, steps in enumerate(FUNNELS)]
    returning = [{"start": start, "return": back, "unit": "week"} for start, back in RETENTIONS]
    said = {"opening the index": opening}
    for kind, asked in (("funnel", funnels), ("retention", returning)):
        questions = [KINDS[kind].read(each) for each in asked]
        KINDS[kind].answer(index, questions[0])  # compiled, and the index in memory
        with Watched() as watched:
            taken = [_timed(partial(KINDS[kind].answer, index, one))[0] for one in questions[1:]]
        said[f"{kind}, warm"] = median(taken)
        said[f"memory beyond the index: {kind}"] = watched.most - watched.before
    return said


WORKS: dict[str, Callable[[Path, int], dict[str, float]]] = {
    "fill": fill,
    "build": build,
    "link": link,
    "ask": ask,
}


class Watched:
    """The most memory of its own (not mapped files) that the process holds meanwhile, in bytes."""

    def __enter__(self) -> "Watched":
        self.before = self.most = self._own()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look)
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._ended.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._ended.wait(0.002):
            self.most = max(self.most, self._own())

    @staticmethod
    def _own() -> int:
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("RssAnon:"):
                return int(line.split()[1]) * 1024
        return 0


def _append(lake: Lake, home: Path, first: int, last: int, events: int) -> None:
    file = home / "part.parquet"
    for start in range(first, last, FILE_EVENTS):
        given = {"people": events // EVENTS_A_PERSON, "events": events, "first": start,
                 "last": min(start + FILE_EVENTS, last)}  # fmt: skip
        with connect(memory_limit="1GB") as connection:
            rows = connection.sql(EVENTS_SQL, params=given)
            columns = ", ".join(_column(field, rows.columns) for field in TABLES["events"].schema)
            rows.select(columns).write_parquet(str(file), compression="zstd")
        lake.append("events", [file], source="bench", key=str(start))
    file.unlink()


def _column(field: pa.Field, there: list[str]) -> str:
    value = field.name if field.name in there else "NULL"
    return f"CAST({value} AS {duckdb_type(field.type)}) AS {field.name}"


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    said = work()
    return time.perf_counter() - began, said


def _bytes_in(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def main() -> None:
    """The last line is the report, as JSON."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--home", type=Path, required=True)
    words.add_argument("--events", type=int, required=True)
    words.add_argument("--work", choices=WORKS, required=True)
    wanted = words.parse_args()
    print(json.dumps(WORKS[wanted.work](wanted.home, wanted.events)))


if __name__ == "__main__":
    main()
