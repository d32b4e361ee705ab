"""Take a file in."""

import unicodedata
from collections.abc import Iterable
from datetime import datetime
from typing import BinaryIO

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext as _

from remit.audit.actions import record
from remit.audit.actions.event import HasId, ref_text
from remit.core.ref import Ref

from .. import events
from ..content import Kept, NoRoom, TooManyBytes, keep
from ..enums import Kind
from ..models import StoredFile

UNKNOWN_TYPE = "application/octet-stream"


class FileTooLarge(ValueError):
    """The file is above the limit of this installation."""


class DiskFull(OSError):
    """The server has no room for the file."""


def store_file(
    *,
    content: BinaryIO | Iterable[bytes],
    name: str,
    owner: Ref | models.Model | None,
    by: HasId | None,
    at: datetime,
    scope: Ref | models.Model | None = None,
    kind: Kind = Kind.UPLOAD,
    media_type: str = UNKNOWN_TYPE,
    expires_at: datetime | None = None,
    limit_bytes: int | None = None,
) -> StoredFile:
    """Store content read in pieces, so that its size does not matter for memory.

    ``owner``: whose it is. ``scope``: of which unit its content is; then only who sees that unit sees the
    file. ``limit_bytes``: smaller than FILE_UPLOAD_MAX_BYTES where a place needs it.
    """
    name = plain_name(name)
    most = settings.FILE_UPLOAD_MAX_BYTES
    kept = _keep(content, name, min(limit_bytes or most, most))
    with transaction.atomic():
        stored = StoredFile.objects.create(
            sha256=kept.sha256,
            name=name,
            size=kept.size,
            media_type=media_type[:100],
            kind=Kind(kind),
            owner=ref_text(owner),
            scope=ref_text(scope),
            made_at=at,
            expires_at=expires_at,
        )
        fields = {
            "name": name,
            "size": kept.size,
            "sha256": kept.sha256,
            "kind": stored.kind,
            "scope": stored.scope,
        }
        record(events.FILE_STORED, stored, by=by, at=at, fields=fields)
    return stored


def plain_name(name: str) -> str:
    """The last part of a name without control and direction marks; ``file`` when nothing is left."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C").strip(" .")
    if len(plain) > 200:
        stem, dot, ending = plain.rpartition(".")
        ending = dot + ending if dot and len(ending) <= 10 else ""
        plain = (stem or plain)[: 200 - len(ending)] + ending
    return plain or "file"


def _keep(content: BinaryIO | Iterable[bytes], name: str, limit_bytes: int) -> Kept:
    try:
        return keep(content, limit_bytes=limit_bytes)
    except TooManyBytes as error:
        raise FileTooLarge(
            _("%(name)s is larger than %(limit)s MB. Split it, or ask for a higher limit.")
            % {"name": name, "limit": f"{limit_bytes / 2**20:,.10g}"}
        ) from error
    except NoRoom as error:
        raise DiskFull(
            error.errno,
            _("The server's disk is full, so %s was not stored. Tell whoever runs the system.") % name,
        ) from error
