"""Where imports keep their working files: below ``REMIT_HOME``, a folder per import."""

from pathlib import Path

from django.conf import settings

from remit.files.queries.reading import path_of_file

from .models import Import
from .reading.examine import Limits


def folder_of(row: Import) -> Path:
    """The folder of one import; its attempts lie in folders of their own."""
    return Path(settings.HOME) / "imports" / str(row.pk)


def quarantine_file(row: Import) -> Path | None:
    """All rows left out by the file's own attempt, beyond those that are rows of the database too."""
    found = row.found.get("quarantine")
    path = Path(found) if found else None
    return path if path is not None and path.exists() else None


def file_of(row: Import) -> Path:
    """The file itself. Raise FileGone when an upload has expired; a path may lead nowhere by now."""
    return path_of_file(row.file) if row.file is not None else Path(row.path)


def limits() -> Limits:
    """What imports of this installation take."""
    return Limits(file_bytes=getattr(settings, "IMPORT_MAX_BYTES", Limits().file_bytes))
