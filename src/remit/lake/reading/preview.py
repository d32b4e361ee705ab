"""What an import would make of a file, without leaving anything behind."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow.parquet as pq

from remit.core.text import Text

from .dates import settle_file
from .mapping import Mapping, check
from .quarantine import LeftOut, read_left_out
from .source import Source
from .staging import Destination, Staged, stage

ROWS_READ = 2_000
ROWS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Preview:
    """``rows`` in the contract's columns, ``left_out`` with reasons, of the first ``staged.read`` rows.

    ``new_codes``: how many codes of each dimension are not known yet and would be made.
    """

    table: str
    staged: Staged
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    left_out: tuple[LeftOut, ...]
    new_codes: dict[str, int]
    notes: tuple[Text, ...]


def preview(
    source: Source,
    mapping: Mapping,
    destination: Destination,
    *,
    whole: bool = False,
    shown: int = ROWS_SHOWN,
) -> Preview:
    """Do all of an import's work on the first rows (or the ``whole`` file) in a folder that goes away.

    Raise WrongMapping or Unreadable, as the import would.
    """
    check(mapping, source.columns)
    mapping, notes = settle_file(source, mapping)
    part = source if whole else replace(source, rows_max=ROWS_READ)
    with TemporaryDirectory(prefix="preview-") as name:
        staged = stage(part, mapping, replace(destination, pretend=True), Path(name))
        columns, rows = _head(staged.files, shown)
        left_out: tuple[LeftOut, ...] = ()
        if staged.quarantine:
            left_out = tuple(
                read_left_out(staged.quarantine, len(source.columns), source.delimiter or ",", shown)
            )
    return Preview(mapping.table, staged, columns, rows, left_out, staged.new_codes, tuple(notes))


def _head(files: Sequence[Path], shown: int) -> tuple[tuple[str, ...], tuple[tuple[Any, ...], ...]]:
    for path in files:
        for batch in pq.ParquetFile(path).iter_batches(batch_size=shown):
            rows = tuple(tuple(row.values()) for row in batch.to_pylist())
            return tuple(batch.schema.names), rows[:shown]
    return (), ()
