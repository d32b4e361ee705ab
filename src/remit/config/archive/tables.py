"""The files of one version of a table of the lake: its data, and the log that leads up to it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow.fs as arrow_fs
from deltalake.fs import DeltaStorageHandler

from remit.lake.snapshot import Snapshot
from remit.lake.store import Lake

LOG_ENTRY = re.compile(r"^(\d{20})\.(json|checkpoint(\.\d+\.\d+)?\.parquet)$")


@dataclass(frozen=True)
class TableFile:
    """``path`` within the table's folder; ``open`` reads it, wherever the lake lies."""

    path: str
    storage: arrow_fs.FileSystem

    @property
    def size(self) -> int:
        return int(self.storage.get_file_info(self.path).size)

    def open(self) -> "arrow_fs.NativeFile":
        return self.storage.open_input_stream(self.path)


def files_of(lake: Lake, snapshot: Snapshot) -> Iterator[TableFile]:
    """The log first, so that nothing of it can be cleaned away meanwhile; then the data, which is immutable.

    Entries after the version are left out, and so is the pointer to the last checkpoint, which may be after
    it; readers then list the log.
    """
    address = lake.address(snapshot.table)
    storage = arrow_fs.PyFileSystem(DeltaStorageHandler(address, dict(lake.options) or None))
    log = storage.get_file_info(arrow_fs.FileSelector("_delta_log"))
    for entry in sorted(log, key=lambda info: info.base_name):
        found = LOG_ENTRY.match(entry.base_name)
        if found and int(found[1]) <= snapshot.version:
            yield TableFile(f"_delta_log/{entry.base_name}", storage)
    for file in snapshot.files:
        yield TableFile(file.removeprefix(f"{address}/"), storage)
