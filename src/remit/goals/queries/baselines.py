"""From where a goal starts, read from data."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from remit.core.period import Period
from remit.metrics.engine.errors import UnreadableCondition
from remit.org.models import Person

from ..models import Goal
from .goal_figures import Sight, read


class CannotRead(ValueError):
    """The data do not say from where the goal starts; the message says why."""


def baseline_of(goal: Goal, period: Period, person: Person, on: date) -> Decimal:
    """The goal's figure over some days, as the person may read it; raise CannotRead."""
    sight = Sight(person, on)
    if not sight.can_read(goal):
        raise CannotRead(
            _("Choose a metric of the catalogue, of a unit whose figures you see: or type the baseline.")
        )
    try:
        lens = sight.lens(goal)
    except UnreadableCondition as error:
        raise CannotRead(str(error)) from None
    (found,) = read(lens, [period])
    if found.value is None or not found.covers(period):
        raise CannotRead(_("The data do not hold these days of the baseline: choose others, or type it."))
    return found.value
