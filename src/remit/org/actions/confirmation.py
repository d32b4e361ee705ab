"""Statements of ladders that managers confirm."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from remit.audit.actions import record

from .. import events
from ..enums import CriterionKind
from ..models import Confirmation, Criterion, Person


class NothingToConfirm(ValueError):
    """Levels and months are read from what is known; only statements are confirmed."""


@transaction.atomic
def confirm(*, criterion: Criterion, person: Person, by: Person, at: datetime) -> Confirmation:
    """Confirm that a statement is true of somebody; who confirmed it first stays."""
    if criterion.kind != CriterionKind.STATEMENT:
        raise NothingToConfirm(
            _("Levels and months are read from the record; only statements are confirmed.")
        )
    found, fresh = Confirmation.objects.get_or_create(
        criterion=criterion, person=person, defaults={"confirmed_by": by, "confirmed_at": at}
    )
    if fresh:
        record(events.CRITERION_CONFIRMED, person, by=by, at=at, fields=_fields(criterion))
    return found


@transaction.atomic
def withdraw_confirmation(*, confirmation: Confirmation, by: Person, at: datetime) -> None:
    """It was confirmed by mistake."""
    fields = _fields(confirmation.criterion)
    record(events.CONFIRMATION_WITHDRAWN, confirmation.person, by=by, at=at, fields=fields)
    confirmation.delete()


def _fields(criterion: Criterion) -> dict[str, object]:
    return {"criterion": criterion.pk, "statement": criterion.statement}
