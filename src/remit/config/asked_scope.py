"""Whose rows a command reads: those of a person, or all, and of one unit only."""

from datetime import datetime

from django.core.management import CommandError
from django.utils import timezone

from remit.core.scope import Scope
from remit.org.actions.scope import system_scope
from remit.org.models import Person, Unit
from remit.org.queries.scopes import scope_of, within
from remit.org.rules import units_visible_to


def asked_scope(email: str, code: str, reason: str, at: datetime) -> tuple[Scope, Scope | None]:
    """The scope of the person with this address; without one all rows, which the record says with the reason.

    The second one is that of the unit ``code``, None without. Raise CommandError for who is not there.
    """
    units = Unit.objects.all()
    if email:
        person = Person.objects.filter(email__iexact=email).first()
        if person is None:
            raise CommandError(f"There is no person with the address {email!r}.")
        day = timezone.localdate(at)
        scope, units = scope_of(person, day), units_visible_to(person, day)
    else:
        scope = system_scope(reason=reason[:200], by=None, at=at)
    if not code:
        return scope, None
    unit = units.filter(code=code).first()
    if unit is None:
        known = ", ".join(units.order_by("path").values_list("code", flat=True)[:20])
        raise CommandError(f"There is no unit {code!r} to be seen. Units: {known or 'none'}.")
    return scope, within([unit])
