"""What is tried in a few outlets first, wave by wave, and by which rule it goes on."""

from datetime import date, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from remit.org.models import Person, Unit

from ..enums import (
    PilotGrain,
    PilotMethod,
    PilotStage,
    WaveAdvice,
    WaveBecause,
    WaveRole,
    WaveStage,
)

MONDAY = 2  # as the database counts days of the week: Sunday is 1


class Pilot(models.Model):
    """``planned_effect``: the change of ``metric`` that is expected, as a share; its sign is the good way.

    ``before``: weeks before the start by which outlets are matched. ``partners``: with how many others those
    that try it are compared.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    title = models.CharField(_("title"), max_length=160)
    change = models.TextField(_("what is changed"), max_length=1000)
    owner = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("owner"))
    grain = models.CharField(_("what is chosen"), max_length=10, choices=PilotGrain)
    metric = models.CharField(_("figure"), max_length=60)
    planned_effect = models.DecimalField(_("planned effect"), max_digits=6, decimal_places=4)
    method = models.CharField(_("how it is compared"), max_length=10, choices=PilotMethod)
    before = models.PositiveSmallIntegerField(_("weeks before"))
    partners = models.PositiveSmallIntegerField(_("compared with"))
    stage = models.CharField(max_length=12, choices=PilotStage, default=PilotStage.OPEN)
    ending = models.TextField(max_length=1000, blank=True)
    # Where nobody said more than the rule: its reason, in the language of whoever reads it.
    ended_because = models.CharField(max_length=10, choices=WaveBecause, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_pilot_ends_with_words",
                condition=Q(stage=PilotStage.OPEN)
                | Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(ending="", ended_because=""),
            ),
            models.CheckConstraint(name="a_pilot_changes_something", condition=~Q(planned_effect=0)),
        ]
        indexes = [models.Index(fields=["unit", "stage"], name="pilot_of_unit")]

    def __str__(self) -> str:
        return self.title

    @property
    def ended_with(self) -> str:
        """Why it ended, as somebody said it or as its rule does; empty while it is open."""
        return self.ending or str(self.get_ended_because_display())


class Wave(models.Model):
    """``starts_on``: a Monday. ``seed``: of the placebos, so that a reading can be made again.

    ``foreseen``: what was frozen when the outlets were chosen: {pool, weeks, ours, theirs, fit, smallest,
    power, trials}; ``pool``: codes of all others that they may be held against.
    """

    pilot = models.ForeignKey(Pilot, models.CASCADE, related_name="waves")
    number = models.PositiveSmallIntegerField()
    starts_on = models.DateField(_("first day"))
    weeks = models.PositiveSmallIntegerField(_("weeks"))
    seed = models.PositiveIntegerField()
    foreseen = models.JSONField(default=dict)
    stage = models.CharField(max_length=10, choices=WaveStage, default=WaveStage.DRAFT)
    started_at = models.DateTimeField(null=True)
    started_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_wave_of_a_number", fields=["pilot", "number"]),
            models.UniqueConstraint(
                name="one_wave_at_a_time", fields=["pilot"],
                condition=Q(stage__in=[WaveStage.DRAFT, WaveStage.RUNNING, WaveStage.READ]),
            ),
            models.CheckConstraint(name="a_wave_begins_on_monday", condition=Q(starts_on__week_day=MONDAY)),
            models.CheckConstraint(
                name="what_is_tried_was_started",
                condition=Q(stage__in=[WaveStage.DRAFT, WaveStage.STOPPED]) | Q(started_at__isnull=False),
            ),
        ]  # fmt: skip

    @property
    def last_on(self) -> date:
        return self.starts_on + timedelta(weeks=self.weeks, days=-1)


class WaveUnit(models.Model):
    """An outlet or region, as it was named then. ``level``: its figure in a mean week before the start."""

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="units")
    role = models.CharField(max_length=10, choices=WaveRole)
    place = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=80)
    name = models.CharField(max_length=200)
    level = models.FloatField()
    weight = models.FloatField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="one_role_in_a_wave", fields=["wave", "code"])]


class WaveReading(models.Model):
    """What the weeks up to the end of ``through_on`` said, made once and never changed.

    ``value`` with ``low`` and ``high``: the effect as a share of the level before; none where nothing can be
    said. ``drawn``: {weeks, ours, theirs, chance}; ``other``: the method that does not decide, {value, low,
    high, p}.
    """

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="readings")
    through_on = models.DateField(_("up to"))
    weeks_read = models.PositiveSmallIntegerField()
    value = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    p = models.FloatField(null=True)
    fit = models.FloatField(null=True)
    drawn = models.JSONField(default=dict)
    other = models.JSONField(default=dict)
    advice = models.CharField(max_length=10, choices=WaveAdvice)
    because = models.CharField(max_length=10, choices=WaveBecause)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")  # none: its clock

    class Meta:
        constraints = [models.UniqueConstraint(name="a_week_is_read_once", fields=["wave", "through_on"])]


class WaveDecision(models.Model):
    """``advice``: what the rule said then. Nobody goes on when it does not say so (H6.2.2)."""

    wave = models.OneToOneField(Wave, models.CASCADE, related_name="decision")
    reading = models.ForeignKey(WaveReading, models.PROTECT, related_name="+")
    choice = models.CharField(_("decision"), max_length=10, choices=WaveAdvice)
    advice = models.CharField(max_length=10, choices=WaveAdvice)
    reason = models.TextField(_("reason"), max_length=1000, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="on_only_as_the_result_says",
                condition=~Q(choice=WaveAdvice.GO_ON) | Q(advice=WaveAdvice.GO_ON),
            ),
            models.CheckConstraint(
                name="stopped_against_the_rule_with_a_reason",
                condition=Q(choice=models.F("advice")) | ~Q(reason=""),
            ),
        ]

    @property
    def follows_the_rule(self) -> bool:
        return self.choice == self.advice
