"""Endorsers and creators: put on the register, file contracts, engage, end; remind before expiry."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from remit.audit.actions import record
from remit.files.models import StoredFile
from remit.notices.actions import notify
from remit.org.models import Person, Unit
from remit.org.queries.companies import books_of_units
from remit.org.queries.organisation import heads_of, organisation_on
from remit.org.queries.today import company_day

from .. import creator_events as events
from ..enums import CreatorKind, FeeBasis
from ..models import Creator, CreatorContract
from ..queries.creators import near_expiry

CHANGEABLE = ("name", "kind", "platform", "handle", "owner", "note")


class CreatorKnown(ValueError):
    """The unit's register has this name with this account already."""


class CreatorUnclear(ValueError):
    """What was given contradicts itself; the message says where."""


@transaction.atomic
def add_creator(*, unit: Unit, by: Person, at: datetime, **values: Any) -> Creator:
    """Put somebody on a unit's register; ``values``: any of CHANGEABLE."""
    row = Creator(unit=unit, made_by=by, made_at=at, changed_at=at, **_known(values))
    _require_clear(row)
    row.save()
    record(events.CREATOR_ADDED, row, by=by, at=at, fields={"kind": row.kind}, personal={"name": row.name})
    return row


@transaction.atomic
def change_creator(*, creator: Creator, by: Person, at: datetime, **changes: Any) -> Creator:
    """Edit the entry."""
    row = _held(creator)
    before = {name: getattr(row, name) for name in CHANGEABLE}
    for name, value in _known(changes).items():
        setattr(row, name, value)
    _require_clear(row)
    row.changed_at = at
    row.save()
    if changed := sorted(name for name in CHANGEABLE if getattr(row, name) != before[name]):
        fields = {"changes": changed}
        record(events.CREATOR_CHANGED, row, by=by, at=at, fields=fields, personal={"name": row.name})
    return row


@transaction.atomic
def keep_contract(
    *, creator: Creator, file: StoredFile, begins_on: date, ends_on: date, fee: Decimal, basis: str,
    by: Person, at: datetime, exclusivity: str = "",
) -> CreatorContract:  # fmt: skip
    """File a contract, beside those before; the fee is in the currency of the unit's books."""
    creator = _held(creator)
    if creator.ended_at is not None:
        raise CreatorUnclear(_("The work with %s has ended. Take it up again first.") % creator.name)
    if ends_on < begins_on:
        raise CreatorUnclear(_("The contract expires before it begins."))
    if fee < 0:
        raise CreatorUnclear(_("Money is nothing or more."))
    row = CreatorContract.objects.create(
        creator=creator, file=file, begins_on=begins_on, ends_on=ends_on, fee=fee,
        currency=_currency(creator.unit), basis=FeeBasis(basis), exclusivity=exclusivity.strip()[:600],
        by=by, at=at,
    )  # fmt: skip
    fields = {
        "first": begins_on.isoformat(), "last": ends_on.isoformat(),
        "fee": f"{fee} {row.currency}", "file": file.name,
    }  # fmt: skip
    record(events.CONTRACT_KEPT, creator, by=by, at=at, fields=fields, personal={"name": creator.name})
    return row


@transaction.atomic
def withdraw_contract(*, contract: CreatorContract, reason: str, by: Person, at: datetime) -> CreatorContract:
    """It counts no more: ended early, or entered wrongly."""
    creator = _held(contract.creator)
    row = CreatorContract.objects.select_for_update().get(pk=contract.pk)
    if not (reason := reason.strip()[:300]):
        raise CreatorUnclear(_("Say why the contract counts no more."))
    if row.withdrawn_at is not None:
        raise CreatorUnclear(_("This contract was withdrawn already."))
    row.withdrawn_at, row.withdrawn_reason = at, reason
    row.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    fields = {"last": row.ends_on.isoformat(), "reason": reason}
    record(events.CONTRACT_WITHDRAWN, creator, by=by, at=at, fields=fields, personal={"name": creator.name})
    return row


@transaction.atomic
def end_work(*, creator: Creator, reason: str, by: Person, at: datetime) -> Creator:
    """We work with them no longer: nobody is reminded, and no campaign is launched with them."""
    row = _held(creator)
    if row.ended_at is not None:
        raise CreatorUnclear(_("The work with %s has ended already.") % row.name)
    if not (reason := reason.strip()[:300]):
        raise CreatorUnclear(_("Say why we work with them no longer."))
    row.ended_at, row.end_reason, row.changed_at = at, reason, at
    row.save(update_fields=["ended_at", "end_reason", "changed_at"])
    record(events.CREATOR_ENDED, row, by=by, at=at, fields={"reason": reason}, personal={"name": row.name})
    return row


@transaction.atomic
def resume_work(*, creator: Creator, by: Person, at: datetime) -> Creator:
    """We work with them again."""
    row = _held(creator)
    if row.ended_at is None:
        raise CreatorUnclear(_("We work with %s as it is.") % row.name)
    row.ended_at, row.end_reason, row.changed_at = None, "", at
    row.save(update_fields=["ended_at", "end_reason", "changed_at"])
    record(events.CREATOR_RESUMED, row, by=by, at=at, personal={"name": row.name})
    return row


def remind_of_contracts(*, at: datetime) -> int:
    """Tell owners whose last contract expires within 30 days, once a contract; return how many were told.

    An owner who has left is told nothing: then whoever heads the unit is.
    """
    on = company_day(at)
    organisation, told = organisation_on(on), 0
    for row in near_expiry(on):
        owner, people = row.creator.owner, [row.creator.owner]
        if not owner.is_active:
            people = list(Person.objects.filter(pk__in=heads_of(row.creator.unit, organisation, on)))
        made = notify(
            people=people, subject=row.creator, key=f"contract:{row.pk}", at=at,
            text=gettext_noop("The contract with %(subject)s expires on %(day)s. Renew it, or end the work."),
            fields={"day": row.ends_on.isoformat()},
        )  # fmt: skip
        told += len(made)
    return told


def _held(creator: Creator) -> Creator:
    rows = Creator.objects.select_for_update(of=("self",)).select_related("unit", "owner")
    return rows.get(pk=creator.pk)


def _known(values: Mapping[str, Any]) -> Mapping[str, Any]:
    if unknown := sorted(set(values) - set(CHANGEABLE)):
        raise TypeError(f"A creator has no changeable field {', '.join(unknown)}.")
    return values


def _require_clear(row: Creator) -> None:
    row.name, row.platform, row.handle = row.name.strip(), row.platform.strip(), row.handle.strip()
    row.kind = CreatorKind(row.kind)
    if not row.name:
        raise CreatorUnclear(_("Give the name by which the public knows them."))
    same = Creator.objects.filter(unit=row.unit, name=row.name, platform=row.platform, handle=row.handle)
    if same.exclude(pk=row.pk).exists():
        raise CreatorKnown(_("%s is on the unit's register already, with this account.") % row.name)


def _currency(unit: Unit) -> str:
    books = Unit.objects.get(pk=books_of_units()[unit.pk])
    if not books.currency:
        raise CreatorUnclear(
            _("%s lies below no company that keeps books. Register them with a company.") % unit
        )
    return str(books.currency)
