"""Targets and alerts of the demonstration: configuration, so that their pages have something to show."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from remit.core.period import Period, Relative, parse_period
from remit.metrics.actions import set_alert, set_target
from remit.metrics.models import Alert, Target
from remit.org.models import Person, Unit

from .. import cast


@transaction.atomic
def set_up_watching(*, at: datetime) -> int:
    """Set the cast's targets and alerts where there are none at all; return how many were set.

    Somebody who changed or removed some keeps what they have.
    """
    people = {person.email: person for person in Person.objects.all()}
    units = {unit.code: unit for unit in Unit.objects.all()}
    added = 0
    if not Target.objects.exists():
        for target in cast.TARGETS:
            owner = people[target.owner]
            set_target(
                metric=target.metric,
                unit=units[target.unit],
                period=_days(target.period),
                value=Decimal(target.value),
                currency=target.currency,
                owner=owner,
                by=owner,
                at=at,
            )
        added += len(cast.TARGETS)
    if not Alert.objects.exists():
        for alert in cast.ALERTS:
            owner = people[alert.owner]
            set_alert(
                title=alert.title,
                question=alert.question,
                breach=alert.breach,
                limit=Decimal(alert.limit),
                unit=units[alert.unit],
                owner=owner,
                by=owner,
                at=at,
            )
        added += len(cast.ALERTS)
    return added


def _days(text: str) -> Period:
    """A period with days of its own; a target cannot be relative."""
    period = parse_period(text)
    if period is None or isinstance(period, Relative):
        raise ValueError(f"{text!r} names no days.")
    return period
