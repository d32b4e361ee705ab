"""One process at a time works on an import; a dead one is followed at once."""

import os
import secrets
import socket
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from ..enums import ImportState
from ..models import Import

SILENCE_ALLOWED = timedelta(minutes=10)
ENDED = (ImportState.DONE, ImportState.UNDONE)


class AlreadyRunning(RuntimeError):
    """Another process works on this import; its progress is the import's."""


class TakenOver(RuntimeError):
    """Another process works on this import now; this one stops."""


@transaction.atomic
def claim(*, import_id: int, at: datetime) -> Import | None:
    """Take the import; None when nothing is left to do. Raise AlreadyRunning.

    What keeps rows from coming twice is the lake's exactly-once append, not this claim: it only spares
    the same work being done by two.
    """
    row = Import.objects.select_for_update().get(pk=import_id)
    if row.runner and _lives(row, at):
        raise AlreadyRunning(_("Import %d is being worked on already.") % row.pk)
    if row.state in ENDED:
        return None
    if row.state == ImportState.FAILED:
        row.state, row.error = ImportState.WAITING, []
    row.runner = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(8)}"
    row.beat_at = at
    row.save()
    return row


def advance(*, row: Import, at: datetime, **values: object) -> None:
    """Write values while the import is still ours; an empty ``runner`` among them lets go of it.

    Raise TakenOver, and write nothing, when it is not.
    """
    ours = Import.objects.filter(pk=row.pk, runner=row.runner)
    if not ours.update(beat_at=at, **values):
        raise TakenOver(_("Import %d was taken over by another process.") % row.pk)
    for name, value in values.items():
        setattr(row, name, value)


def _lives(row: Import, at: datetime) -> bool:
    host, _colon, rest = row.runner.partition(":")
    if host == socket.gethostname():
        return _is_process(int(rest.partition(":")[0]))
    return row.beat_at is not None and row.beat_at > at - SILENCE_ALLOWED


def _is_process(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
