"""Parquet files on their way into a table's folder, with the figures that let readers skip them."""

import json
import os
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from shutil import copyfile
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
from deltalake import DeltaTable
from deltalake.transaction import AddAction

from .tables import Table

if TYPE_CHECKING:
    from .store import Lake


class WrongShape(Exception):
    """Data handed to the lake does not have the contract's columns and types: a fault of the caller."""


@dataclass(frozen=True, slots=True)
class Add:
    """A file in place, and the action that makes it part of the table."""

    path: str
    action: AddAction


def place(
    lake: "Lake",
    table: Table,
    handle: DeltaTable,
    data: Sequence[Path] | pa.Table | pa.RecordBatchReader,
    stem: str,
) -> list[Add]:
    """Put ``data`` beside the table's files, not yet part of it. Files without rows are left out."""
    if isinstance(data, pa.Table):
        data = data.to_reader()
    if isinstance(data, pa.RecordBatchReader):
        return _write(lake, table, handle, data, stem)
    return [_bring(lake, table, handle, Path(file), stem) for file in data if pq.read_metadata(file).num_rows]


def _write(
    lake: "Lake", table: Table, handle: DeltaTable, reader: pa.RecordBatchReader, stem: str
) -> list[Add]:
    name = _name(stem)
    schema = pa.schema([pa.field(c.name, c.type) for c in table.columns])
    filesystem = _filesystem(handle)
    rows = 0
    with (
        filesystem.open_output_stream(name) as sink,
        pq.ParquetWriter(sink, schema, compression="zstd") as writer,
    ):
        for batch in reader:
            rows += batch.num_rows
            writer.write_batch(_in_shape(batch, schema, table))
    if not rows:
        filesystem.delete_file(name)
        return []
    with filesystem.open_input_file(name) as source:
        metadata = pq.read_metadata(source)
        size = source.size()
    return [_add(name, size, _changed_ms(filesystem, name), metadata, table)]


def _bring(lake: "Lake", table: Table, handle: DeltaTable, file: Path, stem: str) -> Add:
    metadata = pq.read_metadata(file)
    _check(metadata.schema.to_arrow_schema(), table)
    name = _name(stem)
    if lake.is_local:
        target = Path(lake.address(table)) / name
        try:
            os.link(file, target)
        except OSError:  # another disk, or one without links
            copyfile(file, target)
        os.utime(target)  # vacuum spares what is young: an import may have waited long
        with target.open("rb") as placed:
            os.fsync(placed.fileno())
    else:
        with _filesystem(handle).open_output_stream(name) as sink, file.open("rb") as source:
            while block := source.read(8 * 2**20):
                sink.write(block)
    return _add(name, file.stat().st_size, _changed_ms(_filesystem(handle), name), metadata, table)


def _filesystem(handle: DeltaTable) -> pa.fs.FileSystem:
    import pyarrow.fs
    from deltalake.fs import DeltaStorageHandler

    return pyarrow.fs.PyFileSystem(DeltaStorageHandler.from_table(handle._table))


def _changed_ms(filesystem: pa.fs.FileSystem, name: str) -> int:
    """When the file came to be, as the Delta protocol asks: milliseconds since 1970."""
    return int(filesystem.get_file_info(name).mtime_ns // 1_000_000)


def _name(stem: str) -> str:
    safe = "".join(c if c.isalnum() or c in "-_" else "-" for c in stem)[:80]
    return f"{safe}-{uuid.uuid4().hex}.parquet"


def _in_shape(batch: pa.RecordBatch, schema: pa.Schema, table: Table) -> pa.RecordBatch:
    missing = [name for name in schema.names if name not in batch.schema.names]
    if missing:
        raise WrongShape(f"{table.name}: columns are missing: {', '.join(missing)}.")
    return batch.select(schema.names).cast(schema)


def _check(schema: pa.Schema, table: Table) -> None:
    wrong = []
    for column in table.columns:
        if column.name not in schema.names:
            wrong.append(f"{column.name} is missing")
        elif schema.field(column.name).type != column.type:
            wrong.append(f"{column.name} is {schema.field(column.name).type}, not {column.type}")
    if wrong:
        raise WrongShape(f"{table.name}: {'; '.join(wrong)}.")


def _add(name: str, size: int, changed_ms: int, metadata: pq.FileMetaData, table: Table) -> Add:
    stats = json.dumps(_statistics(metadata, table))
    return Add(name, AddAction(name, size, {}, changed_ms, data_change=True, stats=stats))


def _statistics(metadata: pq.FileMetaData, table: Table) -> dict[str, object]:
    """Rows, and bounds of whole numbers and days: what pruning uses."""
    low: dict[str, int | str] = {}
    high: dict[str, int | str] = {}
    nulls: dict[str, int] = {}
    for index in range(metadata.num_columns):
        name = metadata.schema.column(index).name
        column = table.by_name.get(name)
        groups = [metadata.row_group(g).column(index).statistics for g in range(metadata.num_row_groups)]
        if column is None or any(s is None or not s.has_null_count for s in groups):
            continue
        nulls[name] = sum(s.null_count for s in groups)
        if not (pa.types.is_integer(column.type) or pa.types.is_date(column.type)):
            continue
        bounded = [s for s in groups if s.has_min_max]
        if bounded and len(bounded) == len(groups):
            low[name] = _plain(min(s.min for s in bounded))
            high[name] = _plain(max(s.max for s in bounded))
    return {"numRecords": metadata.num_rows, "minValues": low, "maxValues": high, "nullCount": nulls}


def _plain(value: object) -> int | str:
    return value.isoformat() if isinstance(value, date) else int(value)  # type: ignore[call-overload]  # an integer column
