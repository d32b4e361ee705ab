"""Paths to measure attribution with: a person each, channels that differ in what they bring."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

CHANNELS = tuple(f"channel_{number:02d}" for number in range(20))
FIRST = np.datetime64("2017-01-02T00:00:00", "us")
MORE = 0.72  # the chance of one more touch


@dataclass(frozen=True)
class Paths:
    """``begins`` int64 (paths + 1) into ``touches`` int8; ``converted`` bool (paths)."""

    begins: NDArray[np.int64]
    touches: NDArray[np.int8]
    converted: NDArray[np.bool_]


def made_paths(count: int, seed: int) -> Paths:
    """Lengths are geometric; a channel is followed by some others rather than by all."""
    random = np.random.default_rng(seed)
    lengths = np.minimum(random.geometric(1 - MORE, count), 40)
    begins = np.concatenate([[0], lengths.cumsum()])
    popular = random.dirichlet(np.full(len(CHANNELS), 2.0))
    drawn = random.choice(len(CHANNELS), begins[-1], p=popular)
    follows = random.permutation(len(CHANNELS))
    copied = np.flatnonzero(random.random(len(drawn) - 1) < 0.3) + 1
    drawn[copied] = follows[drawn[copied - 1]]
    appeal = random.uniform(0.0, 0.12, len(CHANNELS))
    missed = np.multiply.reduceat(1 - appeal[drawn], begins[:-1])
    return Paths(begins, drawn.astype(np.int8), random.random(count) > missed)


def write_paths(file: Path, paths: Paths) -> None:
    """The same as events: a touch a minute, then the payment where there is one."""
    lengths = np.diff(paths.begins)
    people = np.arange(len(lengths))
    place = np.arange(len(paths.touches)) - np.repeat(paths.begins[:-1], lengths)
    bought = np.flatnonzero(paths.converted)
    minutes = np.concatenate([place, lengths[bought]]) + np.concatenate(
        [np.repeat(people % 80_000, lengths), bought % 80_000]
    )
    codes = np.concatenate([paths.touches, np.full(len(bought), -1, np.int8)])
    channel = pa.DictionaryArray.from_arrays(pa.array(codes, mask=codes < 0), pa.array(CHANNELS))
    events = np.where(np.arange(len(minutes)) < len(paths.touches), "visit", "pay")
    columns = {
        "person": pa.array(np.concatenate([np.repeat(people, lengths), bought])),
        "time": pa.array(FIRST + minutes * np.timedelta64(60_000_000, "us")).cast(pa.timestamp("us", "UTC")),
        "event": pa.array(events),
        "channel": channel.cast(pa.string()),
    }
    pq.write_table(pa.table(columns), file, compression="zstd")
