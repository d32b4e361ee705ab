"""Targets: set, changed, removed."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from remit.audit.actions import record
from remit.core.period import Period
from remit.org.models import Person, Unit

from .. import events
from ..catalog.spec import Unit as Measure
from ..models import Target
from ..queries.definitions import catalogue


class TargetUnclear(ValueError):
    """The metric does not exist, or money without a currency."""


@transaction.atomic
def set_target(
    *,
    metric: str,
    unit: Unit,
    period: Period,
    value: Decimal,
    owner: Person,
    by: Person,
    at: datetime,
    currency: str = "",
) -> Target:
    """Set what a metric should reach in a unit over a period; the same again changes it.

    A percent is a fraction. Money without ``currency`` takes the unit's own. Raise TargetUnclear.
    """
    known = catalogue()
    if metric not in known:
        raise TargetUnclear(_("There is no metric “%s”.") % metric)
    is_money = known[metric].unit is Measure.MONEY
    currency = (currency or unit.currency) if is_money else ""
    if is_money and not currency:
        raise TargetUnclear(_("A target in money needs a currency."))
    place = {"metric": metric, "unit": unit, "first": period.first, "last": period.last, "currency": currency}
    before = Target.objects.select_for_update().filter(**place).first()
    if before is None:
        target = Target.objects.create(
            **place, value=value, owner=owner, made_by=by, made_at=at, changed_at=at
        )
    else:
        target = before
        was = before.value
        target.value, target.owner, target.changed_at = value, owner, at
        target.save(update_fields=["value", "owner", "changed_at"])
    fields = {
        "metric": metric,
        "unit": unit.code,
        "first": period.first,
        "last": period.last,
        "value": value,
        "currency": currency,
        "before": was if before else None,
    }
    record(events.TARGET_SET, target, by=by, at=at, fields=fields)
    return target


@transaction.atomic
def remove_target(*, target: Target, by: Person, at: datetime) -> None:
    """Take a target away; the record keeps what it was."""
    fields = {
        "metric": target.metric,
        "unit": target.unit.code,
        "first": target.first,
        "last": target.last,
        "value": target.value,
    }
    record(events.TARGET_REMOVED, target, by=by, at=at, fields=fields)
    Target.objects.filter(pk=target.pk).delete()
