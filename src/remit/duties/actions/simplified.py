"""Simplified Chinese of the handbook, derived anew when a newer version of the product derives better."""

from datetime import datetime

from django.db import transaction

from remit.audit.actions import record
from remit.core.text import simplified
from remit.org.enums import Language

from .. import events
from ..models import DutyWords

TEXTS = ("title", "purpose", "deliverable")


@transaction.atomic
def derive_simplified(*, by: None = None, at: datetime) -> int:
    """How many texts in Simplified Chinese changed; what a person corrected stays. May run again."""
    traditional = {row.version_id: row for row in DutyWords.objects.filter(language=Language.ZH_HANT)}
    changed = []
    for row in DutyWords.objects.filter(language=Language.ZH_HANS, is_corrected=False):
        derived = [simplified(getattr(traditional[row.version_id], name)) for name in TEXTS]
        if derived != [getattr(row, name) for name in TEXTS]:
            for name, text in zip(TEXTS, derived, strict=True):
                setattr(row, name, text)
            changed.append(row)
    if changed:
        DutyWords.objects.bulk_update(changed, TEXTS, batch_size=200)
        record(events.HANDBOOK_SIMPLIFIED, None, by=by, at=at, fields={"changed": len(changed)})
    return len(changed)
