"""The bytes behind a file."""

from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from ..content import path_of
from ..models import StoredFile


class FileGone(LookupError):
    """The file has expired, or its content is not on this server."""


def path_of_file(stored: StoredFile) -> Path:
    """Where the content lies, for readers that need a path. Raise FileGone."""
    path = path_of(stored.sha256)
    if stored.gone_at is not None or not path.is_file():
        raise FileGone(_("%s is not kept any more.") % stored.name)
    return path


def open_file(stored: StoredFile) -> BinaryIO:
    """The content, open for reading. Raise FileGone."""
    return path_of_file(stored).open("rb")
