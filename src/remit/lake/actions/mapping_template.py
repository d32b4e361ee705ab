"""Keep a mapping for next time."""

from datetime import datetime

from django.db import transaction

from remit.audit.actions import record
from remit.org.models import Person, Unit

from .. import events
from ..models import MappingTemplate
from ..reading.mapping import plain
from ..reading.vocabulary import Mapping


@transaction.atomic
def save_mapping(
    *, unit: Unit, name: str, mapping: Mapping, by: Person | None, at: datetime
) -> MappingTemplate:
    """Save a mapping under a name of the company; the same name again replaces it."""
    template, _made = MappingTemplate.objects.update_or_create(
        unit=unit,
        table=mapping.table,
        name=name,
        defaults={"mapping": plain(mapping), "saved_at": at, "saved_by": by.pk if by else None},
    )
    fields = {"name": name, "table": mapping.table, "unit": unit.code}
    record(events.MAPPING_SAVED, template, by=by, at=at, fields=fields)
    return template
