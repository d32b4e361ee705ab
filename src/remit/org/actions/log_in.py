"""Put into the record who logged in, who tried, and whose log-in was changed."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from remit.audit.actions import record

from .. import events
from ..models import Person


@transaction.atomic
def note_log_in(*, person: Person, ways: Iterable[str], address: str, by: Person, at: datetime) -> None:
    """``ways``: how, such as password and totp. ``address``: from which IP address, kept as personal."""
    fields = {"ways": ", ".join(ways)}
    record(events.LOGGED_IN, person, by=by, at=at, fields=fields, personal={"address": address})


@transaction.atomic
def note_log_in_failed(*, email: str, address: str, by: None, at: datetime) -> None:
    """A wrong password for somebody who exists; other addresses are not kept, since anybody can type them."""
    person = Person.objects.filter(email=email.strip().lower()).first()
    if person is not None:
        record(events.LOG_IN_FAILED, person, by=by, at=at, personal={"address": address})


@transaction.atomic
def note_safety_changed(*, person: Person, what: str, address: str, by: Person, at: datetime) -> None:
    """``what``: such as password_changed or totp_activated."""
    fields = {"what": what}
    record(events.SAFETY_CHANGED, person, by=by, at=at, fields=fields, personal={"address": address})
