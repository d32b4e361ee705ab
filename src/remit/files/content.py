"""Bytes on disk, addressed by their SHA-256."""

import errno
import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

CHUNK_BYTES = 2**20
INCOMING = "incoming"
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class TooManyBytes(ValueError):
    """The content is larger than the limit that the caller set."""


class NoRoom(OSError):
    """The disk is full; nothing of the content was kept."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What was written: its hash and its size in bytes."""

    sha256: str
    size: int


def path_of(sha256: str) -> Path:
    """Where the content with this hash lies, whether it is there or not."""
    return Path(settings.FILES_ROOT) / sha256[:2] / sha256


def keep(content: BinaryIO | Iterable[bytes], *, limit_bytes: int) -> Kept:
    """Write content in pieces; it appears under its hash whole and durable, or not at all.

    Raise TooManyBytes beyond the limit, NoRoom when the disk is full.
    """
    incoming = Path(settings.FILES_ROOT) / INCOMING
    incoming.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=incoming)
    temporary = Path(name)
    try:
        with open(descriptor, "wb") as file:  # noqa: PTH123  # a descriptor is no path
            kept = _copy(content, file, limit_bytes)
            file.flush()
            os.fsync(file.fileno())
        target = path_of(kept.sha256)
        target.parent.mkdir(exist_ok=True)
        # Also over the same content: its age begins anew, so that no sweep takes it before its row stands.
        temporary.replace(target)
        _sync_folder(target.parent)
    except OSError as error:
        if error.errno in NO_ROOM:
            raise NoRoom(error.errno, "The disk is full.") from error
        raise
    finally:
        temporary.unlink(missing_ok=True)
    return kept


def stored_hashes() -> Iterator[tuple[str, Path]]:
    """Every content on disk with its hash; files that are still coming in have an empty hash."""
    root = Path(settings.FILES_ROOT)
    for folder in sorted(root.iterdir()) if root.is_dir() else ():
        if folder.name == INCOMING:
            yield from (("", path) for path in folder.iterdir())
        elif len(folder.name) == 2:
            yield from ((path.name, path) for path in folder.iterdir())


def _copy(content: BinaryIO | Iterable[bytes], file: BinaryIO, limit_bytes: int) -> Kept:
    digest, size = hashlib.sha256(), 0
    for chunk in _chunks(content):
        size += len(chunk)
        if size > limit_bytes:
            raise TooManyBytes
        digest.update(chunk)
        file.write(chunk)
    return Kept(digest.hexdigest(), size)


def _chunks(content: BinaryIO | Iterable[bytes]) -> Iterable[bytes]:
    if hasattr(content, "read"):
        return iter(lambda: content.read(CHUNK_BYTES), b"")
    return content


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
