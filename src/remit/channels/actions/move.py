"""Move an outlet to another unit."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from remit.audit.actions import record
from remit.org.models import Person, Unit

from .. import events
from ..models import Outlet, Placing
from .publication import publish_outlets


class NotThatCompany(ValueError):
    """The unit is not the outlet's company nor a part of it."""


class MoveInTheFuture(ValueError):
    """A move is entered on its day or later."""


class MovedLaterAlready(ValueError):
    """A later move is known; history is not rewritten between two moves."""


def move_outlet(*, outlet: Outlet, unit: Unit, on: date, by: Person | None, at: datetime) -> Placing:
    """From ``on`` the outlet belongs to ``unit`` and its region; earlier figures stay where they were.

    Raise NotThatCompany, MoveInTheFuture or MovedLaterAlready; nothing is changed then. A move to where
    the outlet already is changes nothing.
    """
    with transaction.atomic():
        outlet = Outlet.objects.select_for_update().select_related("unit", "company").get(pk=outlet.pk)
        last = outlet.placings.order_by("-starts_on").first()
        _refuse_impossible(outlet, unit, on, last, today=timezone.localdate(at))
        if last and (last.unit_id, last.region) == (unit.pk, unit.region):
            return last
        placing, _fresh = Placing.objects.update_or_create(
            outlet=outlet,
            starts_on=on,
            defaults={
                "unit": unit,
                "region": unit.region,
                "moved_by": by.pk if by else None,
                "moved_at": at,
            },
        )
        fields = {"before": outlet.unit.code, "after": unit.code, "on": on}
        outlet.unit, outlet.region, outlet.published, outlet.changed_at = unit, unit.region, False, at
        outlet.save(update_fields=["unit", "region", "published", "changed_at"])
        record(events.OUTLET_MOVED, outlet, by=by, at=at, fields=fields)
    publish_outlets(at=at)
    return placing


def _refuse_impossible(outlet: Outlet, unit: Unit, on: date, last: Placing | None, *, today: date) -> None:
    if not unit.path.startswith(outlet.company.path):
        raise NotThatCompany(
            _("%(unit)s is not a part of %(company)s. Choose the company or one of its regions.")
            % {"unit": unit, "company": outlet.company}
        )
    if on > today:
        raise MoveInTheFuture(_("A move is entered on its day or later. Choose a day up to %s.") % today)
    if last and on < last.starts_on:
        raise MovedLaterAlready(
            _("The outlet already moved on %s. Choose that day or a later one.") % last.starts_on
        )
