"""One time that a charge is due."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from remit.org.models import Person

from ..enums import State
from .charge import Charge
from .duty import DutyVersion


class Occurrence(models.Model):
    """``key`` names the period (``2026-W48``) or the event that started it; once per charge.

    ``due_on`` is the day in the unit's zone, ``due_at`` its time. ``accountable`` is who answered when it
    fell due or was closed; who answers for an open one is worked out at that moment. ``returns``: how often
    it was returned. ``said``: what happened, in the words of whoever began it by hand.
    """

    charge = models.ForeignKey(Charge, models.PROTECT, related_name="occurrences")
    version = models.ForeignKey(DutyVersion, models.PROTECT, related_name="+")
    key = models.CharField(max_length=80)
    cause = models.CharField(max_length=80, blank=True)  # a Ref: what happened
    said = models.CharField(max_length=300, blank=True)
    opens_at = models.DateTimeField(_("opens"))
    remind_at = models.DateTimeField()
    due_on = models.DateField(_("due"))
    due_at = models.DateTimeField()
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    accountable = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    delivered_at = models.DateTimeField(null=True)  # of the newest submission
    closed_at = models.DateTimeField(null=True)  # accepted or waived
    returns = models.PositiveSmallIntegerField(default=0)
    reminded_at = models.DateTimeField(null=True)
    overdue_at = models.DateTimeField(null=True)  # when people were told that it is overdue
    escalation = models.PositiveSmallIntegerField(default=0)  # how many levels up it went
    goes_up_at = models.DateTimeField(
        null=True
    )  # the next level; none before it is overdue and after the last

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_occurrence_per_charge_and_key", fields=["charge", "key"]),
            models.CheckConstraint(
                name="closed_has_a_time",
                condition=Q(state__in=[State.ACCEPTED, State.WAIVED], closed_at__isnull=False)
                | Q(state__in=[State.OPEN, State.DELIVERED], closed_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                name="occurrence_unfinished",
                condition=Q(state__in=[State.OPEN, State.DELIVERED]),
            ),
            models.Index(fields=["charge", "due_on"], name="occurrence_of_charge"),
            models.Index(fields=["charge"], name="occurrence_delivered", condition=Q(state=State.DELIVERED)),
            models.Index(
                fields=["goes_up_at"], name="occurrence_goes_up", condition=Q(goes_up_at__isnull=False)
            ),
            models.Index(fields=["charge"], name="occurrence_went_up", condition=Q(escalation__gt=0)),
            models.Index(fields=["due_on"], name="occurrence_by_day"),
        ]


class Escalation(models.Model):
    """An overdue occurrence went up to somebody; ``person`` is none when nobody stood above."""

    occurrence = models.ForeignKey(Occurrence, models.CASCADE, related_name="escalations")
    level = models.PositiveSmallIntegerField()
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_escalation_per_level", fields=["occurrence", "level"]),
        ]


class Waiver(models.Model):
    """This time the duty is not owed, for a reason."""

    occurrence = models.OneToOneField(Occurrence, models.CASCADE, related_name="waiver")
    reason = models.CharField(_("reason"), max_length=300)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
