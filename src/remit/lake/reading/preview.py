"""What an import would make of a file, without leaving anything behind."""

from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow.parquet as pq

from remit.core.text import Text

from .dates import settle_file
from .fitting import check
from .quarantine import LeftOut, read_left_out
from .source import Source
from .staging import SHOWN_FILE, Destination, Staged, stage
from .vocabulary import Mapping

ROWS_READ = 2_000
ROWS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Preview:
    """``rows`` as they would load, ``left_out`` with reasons, of the first ``staged.read`` rows.

    The first of ``columns`` is ``line``, the others are those of the contract that the mapping fills; where
    the table holds an id, the row shows the code.

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
        columns, rows = _head(Path(name) / SHOWN_FILE, shown)
        left_out: tuple[LeftOut, ...] = ()
        if staged.quarantine:
            left_out = tuple(
                read_left_out(staged.quarantine, len(source.columns), source.delimiter or ",", shown)
            )
    return Preview(mapping.table, staged, columns, rows, left_out, staged.new_codes, (*notes, *staged.notes))


def _head(path: Path, shown: int) -> tuple[tuple[str, ...], tuple[tuple[Any, ...], ...]]:
    table = pq.read_table(path).slice(0, shown)
    return tuple(table.schema.names), tuple(tuple(row.values()) for row in table.to_pylist())
