"""Restoring an archive into an empty folder."""

import hashlib
import shutil
import tarfile
from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath
from typing import IO, Any

import pyarrow as pa

from .database import FILE_OF, restore_postgresql, tables_in
from .manifest import NAME, BadArchive, Manifest
from .writing import CHUNK_BYTES, compression_of

ASIDE = ".restoring"
DAMAGED = "Take another copy of the archive; nothing was restored."


def restore(
    *, archive: Path, into: Path, database: Mapping[str, Any] | None, say: Callable[[str], None]
) -> Manifest:
    """Make ``into`` a home as it was: ``remit.sqlite3``, ``lake/``, ``files/``. All or nothing.

    ``database``: settings of an empty PostgreSQL database, for an archive of PostgreSQL.
    Raises BadArchive when the folder is not empty or the archive is damaged.
    """
    if into.exists() and any(into.iterdir()):
        raise BadArchive(f"{into} is not empty. Name a new folder; nothing is ever overwritten.")
    if not archive.is_file():
        raise BadArchive(f"There is no file {archive}.")
    into.mkdir(parents=True, exist_ok=True)
    aside = into / ASIDE
    try:
        found = unpack(archive, aside)
        manifest = verified(aside, found)
        say(f"{len(manifest.files)} files are whole, as of {manifest.made_at}")
        put_database(aside, manifest, database)
        for name in ("remit.sqlite3", "lake", "files"):
            if (aside / name).exists():
                (aside / name).rename(into / name)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    for table, counted in sorted(manifest.lake.items()):
        say(f"{table}: {counted['rows']:,} rows, version {counted['version']}")
    return manifest


def unpack(archive: Path, folder: Path) -> dict[str, tuple[int, str]]:
    """Write every file of the archive below ``folder``; return size and hash of what was read."""
    found = {}
    try:
        with (
            pa.CompressedInputStream(pa.OSFile(str(archive)), compression_of(archive)) as stream,
            tarfile.open(fileobj=stream, mode="r|", bufsize=CHUNK_BYTES) as tar,
        ):
            for entry in tar:
                found[entry.name] = unpack_one(tar, entry, folder)
    except (tarfile.TarError, OSError, EOFError) as error:
        raise BadArchive(f"{archive.name} is damaged or cut off: {error}. {DAMAGED}") from error
    return found


def unpack_one(tar: tarfile.TarFile, entry: tarfile.TarInfo, folder: Path) -> tuple[int, str]:
    """Only plain files inside the folder are taken."""
    path = PurePosixPath(entry.name)
    stream = tar.extractfile(entry) if entry.isfile() else None
    if stream is None or path.is_absolute() or ".." in path.parts:
        raise BadArchive(f"The archive holds {entry.name!r}, which no backup of Remit does. {DAMAGED}")
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.touch(mode=0o600)
    with target.open("wb") as file:
        return copy(stream, file)


def copy(source: IO[bytes], target: IO[bytes]) -> tuple[int, str]:
    """Size and SHA-256 of what went through."""
    digest, size = hashlib.sha256(), 0
    while piece := source.read(CHUNK_BYTES):
        digest.update(piece)
        size += target.write(piece)
    return size, digest.hexdigest()


def verified(folder: Path, found: dict[str, tuple[int, str]]) -> Manifest:
    """The manifest, once everything in it is there unchanged and nothing else is."""
    if found.pop(NAME, None) is None:
        raise BadArchive(f"The archive ends before its manifest: it is cut off. {DAMAGED}")
    manifest = Manifest.from_json((folder / NAME).read_bytes())
    for name in sorted(manifest.files.keys() | found.keys()):
        if manifest.files.get(name) != found.get(name):
            raise BadArchive(f"{name} differs from the manifest of the archive. {DAMAGED}")
    return manifest


def put_database(folder: Path, manifest: Manifest, database: Mapping[str, Any] | None) -> None:
    """Move the SQLite file into place, or load the dump into the empty database that was named."""
    source = folder / FILE_OF[manifest.database]
    if manifest.database == "sqlite":
        source.rename(folder / "remit.sqlite3")
        return
    if database is None:
        raise BadArchive("This archive is of PostgreSQL: name an empty database, --database postgresql://…")
    if count := tables_in(database):
        raise BadArchive(f"The database holds {count} tables. Name an empty one; nothing is overwritten.")
    restore_postgresql(source, database)
