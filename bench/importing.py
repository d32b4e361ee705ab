"""An import of 1.47 million lines beside DuckDB that only reads the same file into Parquet."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb

from remit.demo.sources import journey_file

from .growth import copy_home
from .homes import environment, home_for_imports
from .measure import Ended, Pair, in_a_process
from .report import Line, megabytes, milliseconds

RATIO_MOST = 3.0
SECONDS_MOST = 60.0
BYTES_MOST = 10**9


def lines(root: Path, rounds: int, say: Callable[[str], None]) -> Iterator[Line]:
    """Time, ratio and memory. Each import runs in a fresh copy of a home, each side in a fresh process."""
    home = home_for_imports(root, say)
    file = _csv(root)
    ours: list[Ended] = []
    theirs: list[Ended] = []
    for turn in range(rounds + 1):  # the first turn only brings the files into memory
        say(f"import, turn {turn} of {rounds}")
        theirs.append(_duckdb(root, file))
        ours.append(_import(root, home, file))
    pair = Pair(tuple(map(_seconds, ours[1:])), tuple(map(_seconds, theirs[1:])))
    loaded = int(str(ours[-1].said["loaded"]))
    yield Line(
        "import", f"{loaded:,} order lines from CSV", 1,
        milliseconds(pair.ours_s), milliseconds(pair.theirs_s), f"{pair.ratio:.2f}×",
        f"≤ {RATIO_MOST:g}×", pair.ratio <= RATIO_MOST,
    )  # fmt: skip
    slowest = max(pair.ours)
    yield Line(
        "import", "the slowest of these", 1, milliseconds(slowest),
        mark=f"< {SECONDS_MOST:g} s", passed=slowest < SECONDS_MOST,
    )  # fmt: skip
    most, theirs_most = (max(one.rss_bytes for one in some[1:]) for some in (ours, theirs))
    yield Line(
        "import", "memory of the process (RSS)", 1, megabytes(most), megabytes(theirs_most),
        mark="< 1 GB", passed=most < BYTES_MOST,
    )  # fmt: skip


def _csv(root: Path) -> Path:
    """The transactions as the CSV file that a till would export."""
    file = root / "transactions.csv"
    if not file.exists():
        half = file.with_suffix(".half")
        duckdb.sql(
            f"COPY (FROM read_parquet('{journey_file('transactions')}')) TO '{half}' (FORMAT csv, HEADER)"
        )
        half.replace(file)
    return file


def _duckdb(root: Path, file: Path) -> Ended:
    out = root / "transactions.parquet"
    words = ["-m", "bench.child", "duckdb", "--file", str(file), "--out", str(out)]
    return in_a_process(words, environment(root / "none"), root / "duckdb.log")


def _import(root: Path, home: Path, file: Path) -> Ended:
    fresh = root / "import-run"
    shutil.rmtree(fresh, ignore_errors=True)
    copy_home(home, fresh)
    try:
        words = ["-m", "bench.child", "import", "--file", str(file)]
        return in_a_process(words, environment(fresh), root / "import.log")
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _seconds(ended: Ended) -> float:
    return float(str(ended.said["seconds"]))
