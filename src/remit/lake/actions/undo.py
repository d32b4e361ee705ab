"""Take an import back."""

import shutil
from datetime import datetime

from django.db import transaction

from remit.audit.actions import record
from remit.org.models import Person

from .. import events
from ..enums import ImportState
from ..models import Import, QuarantinedRow
from ..places import folder_of
from ..queries import the_lake
from ..rules import can_undo


class CannotUndo(ValueError):
    """The import is still running, or it is a list; the sentence says what to do instead."""


def undo_import(*, whole: Import, by: Person | None, at: datetime) -> int:
    """Remove an import's rows from the lake, all at once; return how many. Again: none. Raise CannotUndo.

    Stopped in between it goes on when called again. The same file can be imported anew afterwards.
    """
    with transaction.atomic():
        whole = Import.objects.select_for_update().get(pk=whole.pk)
        if whole.state == ImportState.UNDONE:
            return 0
        if not (verdict := can_undo(whole)):
            raise CannotUndo(verdict.reason)
        whole.state = ImportState.UNDOING
        whole.save()
    removed = the_lake().delete(whole.table, whole.pk)
    with transaction.atomic():
        whole = Import.objects.select_for_update().get(pk=whole.pk)
        if whole.state != ImportState.UNDOING:
            return removed
        whole.state, whole.undone_at, whole.error = ImportState.UNDONE, at, []
        whole.found.pop("quarantine", None)
        whole.save()
        QuarantinedRow.objects.filter(import_row=whole).delete()
        fields = {"table": whole.table, "unit": whole.unit.code, "removed": removed}
        record(events.IMPORT_UNDONE, whole, by=by, at=at, fields=fields)
    shutil.rmtree(folder_of(whole), ignore_errors=True)
    return removed
