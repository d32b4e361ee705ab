"""Events to measure with: many people, few names, some people with a hundred times the events of others."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

NAMES = ("view", "list", "search", "detail", "cart", "coupon", "checkout", "address", "pay", "review")
SHARES = (0.30, 0.20, 0.12, 0.10, 0.08, 0.06, 0.05, 0.04, 0.03, 0.02)
FIRST = np.datetime64("2017-01-02T00:00:00", "us")
DAYS = 84


def write_events(file: Path, events: int, people: int, seed: int) -> None:
    """A Parquet file as a collector leaves it: in order of time, people all mixed."""
    random = np.random.default_rng(seed)
    weights = np.random.default_rng(2017).gamma(1.2, size=people).cumsum()
    seconds = np.sort(random.integers(0, DAYS * 86_400, events))
    person = np.searchsorted(weights, random.random(events) * weights[-1]).astype(np.int64)
    names = pa.DictionaryArray.from_arrays(
        pa.array(random.choice(len(NAMES), events, p=SHARES).astype(np.int8)), pa.array(NAMES)
    )
    columns = {
        "person": pa.array(person),
        "time": pa.array(FIRST + seconds * np.timedelta64(1_000_000, "us")).cast(pa.timestamp("us", "UTC")),
        "event": names.cast(pa.string()),
    }
    pq.write_table(pa.table(columns), file, compression="zstd")
