"""Read everything, and say so."""

from datetime import datetime

from remit.audit.actions import record
from remit.core.scope import Scope

from .. import events
from ..models import Person


def system_scope(*, reason: str, by: Person | None, at: datetime) -> Scope:
    """A scope over all rows for work of the system itself, with its reason in the record."""
    scope = Scope.system(reason)
    record(events.SYSTEM_SCOPE_TAKEN, None, by=by, at=at, fields={"reason": reason})
    return scope
