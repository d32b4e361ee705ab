"""Making an archive."""

import hashlib
import io
import os
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import IO

import pyarrow as pa

from remit.lake.snapshot import Snapshot
from remit.lake.store import Lake

from .database import FILE_OF
from .instant import instant
from .manifest import NAME, BadArchive, Manifest
from .tables import files_of

KINDS = {".tar.zst": "zstd", ".tar.gz": "gzip", ".tgz": "gzip"}
CHUNK_BYTES = 2**20


def compression_of(path: Path) -> str:
    """``zstd`` or ``gzip``, by the name; raise BadArchive for another."""
    for ending, kind in KINDS.items():
        if path.name.endswith(ending):
            return kind
    raise BadArchive(f"{path.name}: name the archive something.tar.zst or something.tar.gz.")


def back_up(*, target: Path, lake: Lake, files: Path, at: datetime, say: Callable[[str], None]) -> Manifest:
    """Write database, lake and files to ``target``, which appears whole or not at all.

    The archive holds personal data: only its owner may read it. Raises BadArchive when the target exists.
    """
    if target.exists():
        raise BadArchive(f"{target} exists already. Choose another name; a backup is never overwritten.")
    kind = compression_of(target)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".remit-backup-") as folder:
        part = Path(folder) / "archive"
        with opened(part, kind) as archive:
            copy = Path(folder) / "database"
            with instant(lake) as held:
                held.database.write(copy)
            # From here on nothing is held: the files of a version are kept for a day after they are replaced.
            writer = Writer(archive, Manifest(at.isoformat(), version("remit"), held.database.vendor))
            writer.add_path(FILE_OF[held.database.vendor], copy)
            say(f"Database: {copy.stat().st_size / 2**20:.1f} MB")
            copy.unlink()
            for snapshot in held.tables:
                add_table(writer, lake, snapshot)
                say(f"{snapshot.table.name}: {snapshot.rows:,} rows, version {snapshot.version}")
            say(f"Files: {add_files(writer, files)}")
            writer.close()
        os.link(part, target)  # refuses a target that appeared meanwhile
    return writer.manifest


def add_table(writer: "Writer", lake: Lake, snapshot: Snapshot) -> None:
    name = snapshot.table.name
    writer.manifest.lake[name] = {"version": snapshot.version, "rows": snapshot.rows}
    for file in files_of(lake, snapshot):
        with file.open() as stream:
            writer.add(f"lake/{name}/{file.path}", stream, file.size)


def add_files(writer: "Writer", folder: Path) -> int:
    """Contents lie under their hash and never change; one that was swept away meanwhile is not missed."""
    count = 0
    for path in sorted(folder.glob("??/*")):
        try:
            writer.add_path(f"files/{path.relative_to(folder).as_posix()}", path)
            count += 1
        except FileNotFoundError:
            continue
    return count


class Writer:
    """A tar that notes the hash of everything that goes in."""

    def __init__(self, archive: tarfile.TarFile, manifest: Manifest) -> None:
        self.archive = archive
        self.manifest = manifest

    def add_path(self, name: str, path: Path) -> None:
        with path.open("rb") as stream:
            self.add(name, stream, os.fstat(stream.fileno()).st_size)

    def add(self, name: str, stream: IO[bytes], size: int) -> None:
        """Exactly ``size`` bytes of the stream."""
        hashed = Hashing(stream)
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode = size, 0o600
        entry.mtime = int(datetime.fromisoformat(self.manifest.made_at).timestamp())
        self.archive.addfile(entry, hashed)
        self.manifest.files[name] = (size, hashed.digest.hexdigest())

    def close(self) -> None:
        """The manifest is last: without it the archive is cut off."""
        text = self.manifest.to_json()
        entry = tarfile.TarInfo(NAME)
        entry.size, entry.mode = len(text), 0o600
        self.archive.addfile(entry, io.BytesIO(text))


class Hashing(io.RawIOBase):
    """A stream that is hashed as it is read."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream = stream
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self.stream.read(size)
        self.digest.update(piece)
        return piece


@contextmanager
def opened(path: Path, kind: str) -> Iterator[tarfile.TarFile]:
    """A tar to write, compressed, that only its owner may read."""
    path.touch(mode=0o600)
    with (
        pa.CompressedOutputStream(str(path), kind) as stream,
        tarfile.open(fileobj=stream, mode="w|", bufsize=CHUNK_BYTES) as archive,
    ):
        yield archive
