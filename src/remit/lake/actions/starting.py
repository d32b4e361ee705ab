"""Hand in a file."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from remit.audit.actions import record
from remit.core.ref import Ref
from remit.files.models import StoredFile
from remit.jobs.actions import queue_job
from remit.org.models import Person, Unit

from .. import events
from ..enums import ImportState
from ..models import Import
from ..places import limits
from ..reading.examine import examine, remembered
from ..reading.mapping import plain
from ..reading.refusal import Refusal
from ..reading.vocabulary import Mapping


class KeepsNoBooks(ValueError):
    """Facts belong to a company; the unit is not one."""


@dataclass(frozen=True, slots=True)
class Started:
    """``fresh`` is false when this file was handed in before with this mapping: nothing changed then."""

    row: Import
    fresh: bool


def start_import(
    *,
    mapping: Mapping,
    unit: Unit,
    by: Person | None,
    at: datetime,
    path: Path | None = None,
    stored: StoredFile | None = None,
) -> Started:
    """Write down that a file shall be imported; ``run_import`` does it.

    Give ``path`` (a file of this machine) or ``stored`` (an upload). The same bytes for the same table,
    company and mapping are the same import: one that failed or was undone begins again, with a new
    attempt after an undo; any other is left as it is. Raise KeepsNoBooks, FileNotFoundError.
    """
    if not unit.is_company and mapping.table != "rates":
        raise KeepsNoBooks(_("%(unit)s keeps no books. Import for a company below it.") % {"unit": unit.code})
    mapping = mapping.with_currency(unit.currency)
    words = plain(mapping)
    facts = _about(path, stored)
    with transaction.atomic():
        row, made = Import.objects.select_for_update().get_or_create(
            unit=unit,
            table=mapping.table,
            sha256=facts.sha256,
            mapping_hash=_digest(words),
            defaults={
                "name": facts.name, "path": facts.path, "file": stored, "size": facts.size,
                "mapping": words, "by": by, "made_at": at, "found": {"examined": facts.examined},
            },
        )  # fmt: skip
        fresh = made or _begin_again(row, facts, stored, by)
        if fresh:
            row.job = queue_job(kind="import", subject=Ref("import", row.pk), by=by, at=at, message=row.name)
            row.save()
            fields = {
                "name": row.name, "table": row.table, "unit": unit.code, "size": row.size,
                "sha256": row.sha256, "attempt": row.attempt,
            }  # fmt: skip
            record(events.IMPORT_STARTED, row, by=by, at=at, fields=fields)
    return Started(row, fresh)


@dataclass(frozen=True, slots=True)
class _File:
    name: str
    path: str
    size: int
    sha256: str
    examined: dict[str, object]


def _about(path: Path | None, stored: StoredFile | None) -> _File:
    if stored is not None:
        return _File(stored.name, "", stored.size, stored.sha256, {})
    if path is None:
        raise ValueError("Give a path or a stored file.")
    path = path.resolve(strict=True)
    try:
        known = remembered(examine(path, limits()))
    except Refusal:  # the import itself will say so, and keep it
        with path.open("rb") as file:
            known = {"sha256": hashlib.file_digest(file, "sha256").hexdigest()}
    return _File(path.name[:200], str(path), path.stat().st_size, str(known["sha256"]), known)


def _begin_again(row: Import, facts: _File, stored: StoredFile | None, by: Person | None) -> bool:
    """Whether an import known already starts anew: after a failure, and after it was undone."""
    if row.state == ImportState.UNDONE:
        row.attempt += 1
        row.replaying = False
        row.staged, row.version = {}, None
        row.read = row.loaded = row.skipped = row.left_out = row.blank = 0
    elif row.state != ImportState.FAILED:
        return False
    row.state, row.error = ImportState.WAITING, []
    row.path, row.file, row.by = facts.path, stored, by
    row.found = {"examined": facts.examined}
    row.finished_at = row.undone_at = None
    return True


def _digest(words: dict[str, object]) -> str:
    return hashlib.sha256(json.dumps(words, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
