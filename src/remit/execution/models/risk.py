"""What may go wrong, how one would notice, and what is done then."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from remit.metrics.models import Alert
from remit.org.models import Person, Unit
from remit.planning.models import Plan

from ..enums import RiskState, Trigger, TriggerEvent
from .task import Task

SCALE = [(number, str(number)) for number in range(1, 6)]


class Risk(models.Model):
    """``probability`` and ``impact`` from 1 to 5. ``fallback``: plan B in words; its tasks stand beside it.

    By metric it fires while ``alert`` has an open firing, by date on ``trigger_on``, by event when one of
    ``trigger_event`` is recorded after ``watched_since``. Fired it stays until somebody watches it again.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    plan = models.ForeignKey(Plan, models.PROTECT, null=True, blank=True, related_name="+")
    title = models.CharField(_("title"), max_length=160)
    cause = models.TextField(pgettext_lazy("risk", "where it comes from"), max_length=600, blank=True)
    probability = models.PositiveSmallIntegerField(_("probability"), choices=SCALE)
    impact = models.PositiveSmallIntegerField(_("impact"), choices=SCALE)
    owner = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("owner"))
    response = models.TextField(_("what is done about it"), max_length=1000)
    fallback = models.TextField(_("plan B"), max_length=1000, blank=True)
    trigger = models.CharField(_("trigger"), max_length=10, choices=Trigger, default=Trigger.HAND)
    alert = models.ForeignKey(Alert, models.PROTECT, null=True, blank=True, related_name="+")
    trigger_on = models.DateField(_("on the day"), null=True, blank=True)
    trigger_event = models.CharField(_("when this happens"), max_length=20, choices=TriggerEvent, blank=True)
    review_on = models.DateField(_("looked at again on"))
    state = models.CharField(_("state"), max_length=10, choices=RiskState, default=RiskState.WATCHED)
    watched_since = models.DateTimeField()
    fired_at = models.DateTimeField(null=True)
    fired_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")  # none: its trigger
    fired_reason = models.CharField(max_length=300, blank=True)
    closed_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="risk_is_rated_one_to_five",
                condition=Q(probability__range=(1, 5), impact__range=(1, 5)),
            ),
            models.CheckConstraint(
                name="a_trigger_says_what_it_watches",
                condition=Q(trigger=Trigger.HAND)
                | Q(trigger=Trigger.METRIC, alert__isnull=False)
                | Q(trigger=Trigger.DATE, trigger_on__isnull=False)
                | Q(trigger=Trigger.EVENT) & ~Q(trigger_event=""),
            ),
            models.CheckConstraint(
                name="a_fired_risk_has_a_time",
                condition=~Q(state=RiskState.FIRED) | Q(fired_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "state"], name="risk_of_unit"),
            models.Index(fields=["review_on"], name="risk_review", condition=Q(closed_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def score(self) -> int:
        """Probability times impact, 1 to 25."""
        return self.probability * self.impact


class FallbackTask(models.Model):
    """A task of plan B: made in the risk's plan when it fires, ``after_days`` later, ``days`` long."""

    risk = models.ForeignKey(Risk, models.CASCADE, related_name="fallback_tasks")
    title = models.CharField(max_length=160)
    owner = models.ForeignKey(Person, models.PROTECT, related_name="+")
    after_days = models.PositiveSmallIntegerField()
    days = models.PositiveSmallIntegerField()
    hours = models.DecimalField(max_digits=7, decimal_places=1, default=0)
    task = models.OneToOneField(Task, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="fallback_task_has_a_day", condition=Q(days__gte=1)),
        ]


class RiskReview(models.Model):
    """Somebody looked at it again; what it was rated from then on."""

    risk = models.ForeignKey(Risk, models.CASCADE, related_name="reviews")
    probability = models.PositiveSmallIntegerField()
    impact = models.PositiveSmallIntegerField()
    note = models.CharField(max_length=600, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
