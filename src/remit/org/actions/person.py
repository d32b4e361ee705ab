"""People come, change and leave."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from remit.audit.actions import record

from .. import events
from ..models import Person, Token
from .zone import require_zone

CHANGEABLE = ("email", "name", "name_en", "joined_on", "hours_per_week", "language", "theme", "zone")

FULL_TIME = Decimal(40)  # hours a week


class EmailTaken(ValueError):
    """Another person logs in with this e-mail address."""


@transaction.atomic
def add_person(
    *,
    email: str,
    name: str,
    by: Person | None,
    at: datetime,
    name_en: str = "",
    password: str | None = None,
    joined_on: date | None = None,
    hours_per_week: Decimal = FULL_TIME,
    language: str = "",
    is_demonstration: bool = False,
    hashed: str = "",
) -> Person:
    """Add somebody; without a password they set one by the reset mail.

    ``hashed``: the password's hash, where it is known already.
    Raise EmailTaken, and Django's ValidationError for text that is no address.
    """
    email = _free_email(email)
    person = Person(
        email=email,
        name=name,
        name_en=name_en,
        joined_on=joined_on,
        hours_per_week=hours_per_week,
        language=language,
        is_demonstration=is_demonstration,
    )
    if hashed:
        person.password = hashed
    else:
        person.set_password(password)
    person.save()
    record(events.PERSON_ADDED, person, by=by, at=at, personal={"name": name, "email": email})
    return person


@transaction.atomic
def change_person(*, person: Person, by: Person | None, at: datetime, **changes: Any) -> Person:
    """Change any of CHANGEABLE; the record keeps the new values apart, as personal."""
    if unknown := sorted(set(changes) - set(CHANGEABLE)):
        raise TypeError(f"A person has no changeable field {', '.join(unknown)}.")
    person = Person.objects.select_for_update().get(pk=person.pk)
    if changes.get("zone"):
        require_zone(changes["zone"])
    if "email" in changes:
        changes["email"] = _free_email(changes["email"], of=person)
    changed = {name: value for name, value in changes.items() if getattr(person, name) != value}
    if changed:
        former = {"former_address": person.email} if "email" in changed else {}
        for name, value in changed.items():
            setattr(person, name, value)
        person.save(update_fields=list(changed))
        values = ", ".join(f"{name}: {value}" for name, value in sorted(changed.items()))
        fields, personal = {"changed": sorted(changed)}, {"values": values, **former}
        record(events.PERSON_CHANGED, person, by=by, at=at, fields=fields, personal=personal)
    return person


@transaction.atomic
def close_account(*, person: Person, by: Person | None, at: datetime) -> Person:
    """Somebody leaves: no log-in, no rows, tokens revoked; what they did stays in the record."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.is_active:
        person.is_active = False
        person.save(update_fields=["is_active"])
        Token.objects.filter(person=person, revoked_at=None).update(revoked_at=at)
        record(events.PERSON_LEFT, person, by=by, at=at)
    return person


@transaction.atomic
def open_account(*, person: Person, by: Person | None, at: datetime) -> Person:
    """Somebody returns; their tokens stay revoked."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    if not person.is_active:
        person.is_active = True
        person.save(update_fields=["is_active"])
        record(events.PERSON_RETURNED, person, by=by, at=at)
    return person


def _free_email(email: str, of: Person | None = None) -> str:
    email = email.strip().lower()  # the log-in looks for the small letters only
    validate_email(email)
    others = Person.objects.filter(email__iexact=email)
    if of is not None:
        others = others.exclude(pk=of.pk)
    if others.exists():
        raise EmailTaken(
            _("Somebody already logs in with %s. Each person needs an address of their own.") % email
        )
    return email
