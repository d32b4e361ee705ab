"""What data said, what was decided, and what came of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from remit.org.models import Person

from ..enums import Advice, Because, Outcome
from .experiment import Experiment, ExperimentVariant


class Reading(models.Model):
    """What data said up to the end of ``through_on``, made once and never changed.

    ``is_look``: one may stop after it, and chance was counted for it; otherwise people were counted only.
    ``fraction``: of the longest planned time. ``critical``: standard errors beyond which it is clear; none:
    too early. ``counts``: people by variant. ``figures``: a list of {metric, role, variant, control,
    treatment, value, low, high, share, share_low, share_high, p, adjusted}, null where nothing may be said.
    """

    experiment = models.ForeignKey(Experiment, models.CASCADE, related_name="readings")
    through_on = models.DateField(_("up to"))
    is_look = models.BooleanField()
    fraction = models.FloatField()
    critical = models.FloatField(null=True)
    counts = models.JSONField()
    sample_ratio_p = models.FloatField()
    figures = models.JSONField(default=list)
    advice = models.CharField(max_length=10, choices=Advice)
    because = models.CharField(max_length=10, choices=Because)
    variant = models.ForeignKey(ExperimentVariant, models.PROTECT, null=True, related_name="+")
    data_version = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")  # none: its clock

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_day_is_read_once", fields=["experiment", "through_on"]),
            models.CheckConstraint(
                name="a_fraction_is_of_the_whole", condition=Q(fraction__gt=0, fraction__lte=1)
            ),
            models.CheckConstraint(
                name="what_is_shipped_is_named",
                condition=~Q(advice=Advice.SHIP) | Q(variant__isnull=False),
            ),
        ]

    @property
    def people(self) -> int:
        return sum(self.counts.values())


class Decision(models.Model):
    """``advice``: what the rule said then; whoever decides otherwise gives a ``reason``."""

    experiment = models.ForeignKey(Experiment, models.CASCADE, related_name="decisions")
    reading = models.ForeignKey(Reading, models.PROTECT, null=True, related_name="+")
    choice = models.CharField(_("decision"), max_length=10, choices=Advice)
    advice = models.CharField(max_length=10, choices=Advice)
    variant = models.ForeignKey(ExperimentVariant, models.PROTECT, null=True, related_name="+")
    reason = models.TextField(_("reason"), max_length=1000, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="decided_once", fields=["experiment"],
                condition=Q(choice__in=[Advice.SHIP, Advice.STOP]),
            ),
            models.UniqueConstraint(
                name="extended_once", fields=["experiment"], condition=Q(choice=Advice.EXTEND)
            ),
            models.CheckConstraint(
                name="against_the_rule_only_with_a_reason",
                condition=Q(choice=models.F("advice")) | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="shipping_names_what", condition=~Q(choice=Advice.SHIP) | Q(variant__isnull=False)
            ),
        ]  # fmt: skip

    @property
    def follows_the_rule(self) -> bool:
        return self.choice == self.advice


class RollOut(models.Model):
    """Where what won is used now, and when it is looked at again. ``promised_*``: the share the experiment
    found, with its interval; ``found``: the share on the day of the check."""

    experiment = models.OneToOneField(Experiment, models.CASCADE, related_name="roll_out")
    variant = models.ForeignKey(ExperimentVariant, models.PROTECT, related_name="+")
    where = models.CharField(_("where"), max_length=300)
    rolled_on = models.DateField(_("from"))
    check_on = models.DateField(_("looked at again on"))
    promised = models.FloatField(null=True)
    promised_low = models.FloatField(null=True)
    promised_high = models.FloatField(null=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    before = models.FloatField(null=True)
    after = models.FloatField(null=True)
    found = models.FloatField(null=True)
    scored_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_roll_out_is_checked_later", condition=Q(check_on__gt=models.F("rolled_on"))
            ),
        ]
