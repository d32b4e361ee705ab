"""Which units owe a duty, and which positions stand in which role for it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from remit.org.models import Position, Unit

from ..enums import Role
from .duty import Duty


class Charge(models.Model):
    """A unit owes a duty from a day on, until a day (or without an end).

    ``due_from``: occurrences are written for due days from this day on, the last on which the duty was given
    or changed (none: from the beginning). What was due before is history, which nothing writes anew.
    ``given_on``: the day on which it was given (none: its history was entered with it); nobody could have
    measured it before.
    """

    duty = models.ForeignKey(Duty, models.PROTECT, related_name="charges")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)
    due_from = models.DateField(null=True)
    given_on = models.DateField(null=True)
    generated_until = models.DateField(null=True)  # occurrences are there up to this day

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_charge_per_duty_and_unit", fields=["duty", "unit"]),
            models.CheckConstraint(
                name="charge_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
        ]


class RaciRow(models.Model):
    """A position's role for a charge. At most one position is accountable; none is a finding."""

    charge = models.ForeignKey(Charge, models.CASCADE, related_name="raci")
    position = models.ForeignKey(Position, models.PROTECT, related_name="+")
    role = models.CharField(_("role"), max_length=12, choices=Role)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="exactly_one_accountable", fields=["charge"], condition=Q(role=Role.ACCOUNTABLE)
            ),
            models.UniqueConstraint(
                name="one_row_per_position_and_role", fields=["charge", "position", "role"]
            ),
        ]
