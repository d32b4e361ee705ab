"""People are lent to another unit, and are back the day after."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from remit.audit.actions import record

from .. import events
from ..models import Assignment, Person, Position, Secondment, Unit
from .assignment import assign, end_assignment, require_order


class LentAlready(ValueError):
    """The person is lent elsewhere in a part of the time."""


class NotHeldThen(ValueError):
    """The assignment at home does not hold over the whole time."""


@transaction.atomic
def second(
    *,
    home: Assignment,
    unit: Unit,
    position: Position,
    starts_on: date,
    ends_on: date,
    reason: str = "",
    by: Person | None,
    at: datetime,
) -> Secondment:
    """Lend the holder of an assignment to a unit; both days included, the return needs nobody to act."""
    require_order(starts_on, ends_on)
    home = Assignment.objects.select_for_update(of=("self",)).select_related("person", "unit").get(pk=home.pk)
    if starts_on < home.starts_on or (home.ends_on is not None and ends_on > home.ends_on):
        raise NotHeldThen(_("The assignment at home does not hold over these days. Choose days within it."))
    if Secondment.objects.filter(home=home, starts_on__lte=ends_on, ends_on__gte=starts_on).exists():
        raise LentAlready(_("They are lent elsewhere in a part of this time. End that secondment first."))
    away = assign(
        person=home.person, position=position, unit=unit, starts_on=starts_on, ends_on=ends_on,
        share=home.share, by=by, at=at,
    )  # fmt: skip
    lent = Secondment.objects.create(
        home=home, away=away, starts_on=starts_on, ends_on=ends_on, reason=reason[:200]
    )
    record(events.SECONDED, home.person, by=by, at=at, fields=_fields(lent))
    return lent


@transaction.atomic
def return_early(*, secondment: Secondment, ends_on: date, by: Person | None, at: datetime) -> Secondment:
    """End it on an earlier day; the assignment away ends with it."""
    lent = (
        Secondment.objects.select_for_update(of=("self",))
        .select_related("home", "away")
        .get(pk=secondment.pk)
    )
    require_order(lent.starts_on, ends_on)
    lent.ends_on = min(ends_on, lent.ends_on, lent.away.ends_on or ends_on)
    lent.save(update_fields=["ends_on"])
    end_assignment(assignment=lent.away, ends_on=lent.ends_on, by=by, at=at)
    record(events.SECONDMENT_ENDED, lent.home.person, by=by, at=at, fields=_fields(lent))
    return lent


def _fields(lent: Secondment) -> dict[str, object]:
    return {
        "secondment": lent.pk,
        "from": lent.home.unit.code,
        "to": lent.away.unit.code,
        "starts_on": lent.starts_on,
        "ends_on": lent.ends_on,
    }
