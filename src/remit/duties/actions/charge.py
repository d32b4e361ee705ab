"""Which unit owes a duty, and who answers for it."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from remit.audit.actions import record, record_all
from remit.core.text import day_in
from remit.org.models import Person, Position, Unit
from remit.org.queries.today import company_day

from .. import events
from ..enums import Role
from ..models import Charge, Duty, RaciRow
from .generation import regenerate


class ChargeEndsBeforeItStarts(ValueError):
    """The last day lies before the first."""


class UnknownPosition(ValueError):
    """The duty names a position that this installation does not have."""


@transaction.atomic
def charge_unit(
    *, duty: Duty, unit: Unit, starts_on: date, by: Person | None, at: datetime, with_raci: bool = True
) -> Charge:
    """From a day on the unit owes the duty; again after it had ended. Its default positions get their roles.

    Given from a day in the past, work falls due from now on. ``with_raci=False`` leaves the roles to be set,
    which shows as a finding until they are.
    """
    charge = _charge(duty, unit, starts_on, by, at, with_raci, company_day(at))
    regenerate(charges=[charge], at=at)
    return charge


@transaction.atomic
def charge_units(
    *, duties: Mapping[Duty, date], unit: Unit, by: Person | None, at: datetime, with_past: bool = False
) -> list[Charge]:
    """Give a unit several duties, each from its day on; their occurrences are written in one go.

    ``with_past``: what was due since that day too, for a history that is entered.
    """
    given_on = None if with_past else company_day(at)
    charges = [_charge(duty, unit, day, by, at, True, given_on) for duty, day in duties.items()]
    regenerate(charges=charges, at=at, with_past=with_past)
    return charges


def _charge(
    duty: Duty, unit: Unit, starts_on: date, by: Person | None, at: datetime, with_raci: bool,
    given_on: date | None,
) -> Charge:  # fmt: skip
    charge, fresh = Charge.objects.select_for_update().get_or_create(
        duty=duty, unit=unit, defaults={"starts_on": starts_on, "given_on": given_on}
    )
    if not fresh:
        # The time between the end and the new beginning was not owed, and is not owed now.
        has_ended = charge.ends_on is not None and charge.ends_on < starts_on
        charge.starts_on = starts_on if has_ended else min(starts_on, charge.starts_on)
        charge.given_on = given_on if has_ended else charge.given_on
        charge.ends_on = None
        charge.save(update_fields=["starts_on", "ends_on", "given_on"])
    if with_raci and not charge.raci.exists():
        _default_roles(charge, by, at)
    fields = {"code": duty.code, "unit": unit.code, "starts_on": starts_on}
    record(events.CHARGED, charge, by=by, at=at, fields=fields)
    return charge


@transaction.atomic
def end_charge(*, charge: Charge, ends_on: date, by: Person | None, at: datetime) -> Charge:
    """The unit owes the duty up to a day; what would be due later and has not opened is gone.

    What has shown itself stays owed by who answers for it then, until it is delivered or waived.
    """
    charge = Charge.objects.select_for_update().get(pk=charge.pk)
    if ends_on < charge.starts_on:
        raise ChargeEndsBeforeItStarts(
            _("The last day (%(last)s) lies before the first (%(first)s).")
            % {"last": day_in(ends_on, get_language()), "first": day_in(charge.starts_on, get_language())}
        )
    charge.ends_on = ends_on
    charge.save(update_fields=["ends_on"])
    fields = {"code": charge.duty.code, "unit": charge.unit.code, "ends_on": ends_on}
    record(events.CHARGE_ENDED, charge, by=by, at=at, fields=fields)
    regenerate(charges=[charge], at=at)
    return charge


@transaction.atomic
def set_roles(
    *, charge: Charge, position: Position, roles: Iterable[str], by: Person | None, at: datetime
) -> list[RaciRow]:
    """Give a position these roles for a charge, in place of those that it had; none takes them away.

    Whoever was accountable before becomes consulted: there is exactly one. Raise ValueError for no such role.
    """
    charge = Charge.objects.select_for_update().select_related("duty", "unit").get(pk=charge.pk)
    wanted = {Role(role) for role in roles}
    mine = charge.raci.filter(position=position)
    held = {Role(role) for role in mine.values_list("role", flat=True)}
    if wanted != held:
        mine.filter(role__in=held - wanted).delete()
        if Role.ACCOUNTABLE in wanted - held:
            _step_down(charge, by, at)
        RaciRow.objects.bulk_create(
            RaciRow(charge=charge, position=position, role=role) for role in sorted(wanted - held)
        )
        _record(charge, position, "+".join(sorted(held)), "+".join(sorted(wanted)), by, at)
    return list(mine.order_by("role"))


def _step_down(charge: Charge, by: Person | None, at: datetime) -> None:
    for row in charge.raci.filter(role=Role.ACCOUNTABLE).select_related("position"):
        others = charge.raci.filter(position=row.position).exclude(pk=row.pk)
        after = "" if others.exists() else Role.CONSULTED.value
        if after:
            row.role = Role.CONSULTED
            row.save(update_fields=["role"])
        else:
            row.delete()
        _record(charge, row.position, Role.ACCOUNTABLE.value, after, by, at)


def _default_roles(charge: Charge, by: Person | None, at: datetime) -> None:
    version = charge.duty.current
    assert version is not None  # a duty without a version is never committed
    wanted = [
        (version.accountable, Role.ACCOUNTABLE),
        *((code, Role.RESPONSIBLE) for code in version.responsible),
        *((code, Role.CONSULTED) for code in version.consulted),
        *((code, Role.INFORMED) for code in version.informed),
    ]
    known = Position.objects.in_bulk([code for code, _role in wanted], field_name="code")
    for code, _role in wanted:
        if code not in known:
            raise UnknownPosition(
                _("%(duty)s names the position %(code)s, which does not exist. Add it first.")
                % {"duty": charge.duty.code, "code": code}
            )
    rows = [RaciRow(charge=charge, position=known[code], role=role) for code, role in dict.fromkeys(wanted)]
    RaciRow.objects.bulk_create(rows)
    given = [(charge, _changed(charge, row.position, "", Role(row.role).value)) for row in rows]
    record_all(events.RACI_CHANGED, given, by=by, at=at)


def _record(
    charge: Charge, position: Position, before: str, after: str, by: Person | None, at: datetime
) -> None:
    record(events.RACI_CHANGED, charge, by=by, at=at, fields=_changed(charge, position, before, after))


def _changed(charge: Charge, position: Position, before: str, after: str) -> dict[str, str]:
    return {
        "code": charge.duty.code, "unit": charge.unit.code, "position": position.code,
        "before": before or "—", "after": after or "—",
    }  # fmt: skip
