"""Erase what the record knows of a person."""

from datetime import datetime

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from remit.core.ref import Ref

from ..events import EventType
from ..models import PersonalValue
from .event import HasId, record, ref_text

PERSONAL_ERASED = EventType(
    "audit.personal.erased", _("Personal values of %(subject)s were erased: %(count)s."), fields=("count",)
)


@transaction.atomic
def erase(*, about: Ref | models.Model, by: HasId | None, at: datetime) -> int:
    """Delete the values about a person; the chain keeps its digests and still verifies. Return how many."""
    count, _rows = PersonalValue.objects.filter(about=ref_text(about)).delete()
    record(PERSONAL_ERASED, about, by=by, at=at, fields={"count": count})
    return count
