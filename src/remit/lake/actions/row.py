"""Put rows right, or give them up."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from remit.audit.actions import record
from remit.org.models import Person

from .. import events
from ..enums import ImportState, RowState
from ..models import Import, QuarantinedRow


class RowIsSettled(ValueError):
    """The row is loaded or given up; there is nothing left to correct."""


class NoSuchColumn(ValueError):
    """The file has no such column; the sentence names it."""


class ImportIsBusy(ValueError):
    """The import is being worked on; its rows can be changed when it is done."""


@transaction.atomic
def correct_row(
    *, row: QuarantinedRow, cells: Mapping[str, str], by: Person | None, at: datetime
) -> QuarantinedRow:
    """Put other texts into columns of a row, named as in the file; the rest stays.

    It loads at the next replay. Raise RowIsSettled, NoSuchColumn, ImportIsBusy.
    """
    whole = Import.objects.select_for_update().get(pk=row.import_row_id)
    _require_rest(whole)
    row = QuarantinedRow.objects.select_for_update().get(pk=row.pk)
    if row.state not in (RowState.OPEN, RowState.CORRECTED):
        raise RowIsSettled(_("Line %d is loaded or given up already.") % row.line)
    names: list[str] = whole.found["columns"]
    if strange := sorted(set(cells) - set(names)):
        raise NoSuchColumn(_("The file has no column %s.") % ", ".join(strange))
    row.corrected = [cells.get(name, old) or None for name, old in zip(names, row.current, strict=True)]
    row.corrected_by, row.corrected_at = (by.pk if by else None), at
    row.state = RowState.CORRECTED
    row.save()
    record(events.ROW_CORRECTED, whole, by=by, at=at, fields={"line": row.line, "columns": sorted(cells)})
    return row


@transaction.atomic
def drop_rows(
    *, whole: Import, ids: Collection[int], reason: str = "", by: Person | None, at: datetime
) -> int:
    """Give rows up for a reason: they stay out and are not asked about again. Return how many."""
    _require_rest(Import.objects.select_for_update().get(pk=whole.pk))
    rows = QuarantinedRow.objects.filter(
        import_row=whole, pk__in=list(ids), state__in=(RowState.OPEN, RowState.CORRECTED)
    )
    lines = list(rows.order_by("line").values_list("line", flat=True))
    if lines:
        rows.update(state=RowState.DROPPED)
        fields = {"count": len(lines), "lines": lines[:100], "reason": reason[:200]}
        record(events.ROWS_DROPPED, whole, by=by, at=at, fields=fields)
    return len(lines)


def _require_rest(whole: Import) -> None:
    if whole.state != ImportState.DONE:
        raise ImportIsBusy(_("Import %d is not done; wait until it is.") % whole.pk)
