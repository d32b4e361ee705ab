"""Send corrected rows again."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from remit.audit.actions import record
from remit.core.ref import Ref
from remit.jobs.actions import queue_job
from remit.org.models import Person

from .. import events
from ..enums import ImportState, RowState
from ..models import Import, QuarantinedRow
from .row import ImportIsBusy


class NothingCorrected(ValueError):
    """No row of the import was corrected since the last time."""


@transaction.atomic
def replay_quarantine(*, whole: Import, by: Person | None, at: datetime) -> Import:
    """Make the corrected rows the next attempt, which ``run_import`` loads.

    Raise NothingCorrected, ImportIsBusy.
    """
    whole = Import.objects.select_for_update().get(pk=whole.pk)
    if whole.state != ImportState.DONE:
        raise ImportIsBusy(_("Import %d is not done; wait until it is.") % whole.pk)
    count = QuarantinedRow.objects.filter(import_row=whole, state=RowState.CORRECTED).count()
    if not count:
        raise NothingCorrected(_("No row of import %d is corrected yet. Correct one first.") % whole.pk)
    whole.attempt += 1
    whole.replaying = True
    whole.state, whole.error = ImportState.WAITING, []
    whole.finished_at = None
    whole.job = queue_job(kind="import", subject=Ref("import", whole.pk), by=by, at=at, message=whole.name)
    whole.save()
    record(events.REPLAY_STARTED, whole, by=by, at=at, fields={"count": count, "attempt": whole.attempt})
    return whole
