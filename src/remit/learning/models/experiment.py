"""What is tried, on whom, by which figures it is judged, and by which rule."""

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from remit.execution.models import Conflict
from remit.org.models import Person, Unit
from remit.org.queries.today import company_day
from remit.planning.models import Campaign

from ..enums import ActivityType, Audience, ExperimentStage, MetricRole, ReadingMode

WHOLE = 10_000  # slices and hold-outs are ten-thousandths of a layer


class Layer(models.Model):
    """Experiments of one layer share nobody. ``holdout``: ten-thousandths that none of them touches."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("company"))
    title = models.CharField(pgettext_lazy("experiment", "layer"), max_length=80)
    salt = models.CharField(max_length=60, unique=True)
    holdout = models.PositiveIntegerField(_("held out"), default=0)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_layer_of_a_title", fields=["unit", "title"]),
            models.CheckConstraint(name="a_holdout_leaves_people", condition=Q(holdout__lt=WHOLE)),
        ]

    def __str__(self) -> str:
        return self.title


class Experiment(models.Model):
    """``start``, ``end``: its slice of the layer, in ten-thousandths. ``conditions``: a list of {attribute,
    values, excludes}. ``planned_effect``: relative, 0.05 is 5 %. ``cap``: the percentile of buyers to which
    amounts are cut; none: not at all. ``foreseen``: what the past said about power when it was started.
    ``campaign``: whose control group it is.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("company"))
    key = models.SlugField(_("key"), max_length=40, unique=True)
    title = models.CharField(_("title"), max_length=160)
    hypothesis = models.TextField(_("hypothesis"), max_length=1000)
    pain_point = models.TextField(_("customer pain point"), max_length=600)
    owner = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("owner"))
    dispute = models.ForeignKey(Conflict, models.PROTECT, null=True, related_name="+")
    campaign = models.ForeignKey(Campaign, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(_("type of activity"), max_length=10, choices=ActivityType)
    audience = models.CharField(_("who counts"), max_length=10, choices=Audience)
    layer = models.ForeignKey(Layer, models.PROTECT, related_name="experiments")
    start = models.PositiveIntegerField(default=0)
    end = models.PositiveIntegerField(default=WHOLE)
    salt = models.CharField(max_length=60, unique=True)
    conditions = models.JSONField(default=list)

    starts_on = models.DateField(_("first day"))
    days = models.PositiveSmallIntegerField(_("days"))
    extra_days = models.PositiveSmallIntegerField(_("days of an extension"), default=0)
    extended_at = models.DateTimeField(null=True)
    mode = models.CharField(_("when it is read"), max_length=10, choices=ReadingMode)
    planned_effect = models.DecimalField(_("planned effect"), max_digits=7, decimal_places=4)
    uses_past = models.BooleanField(default=True)
    cap = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    foreseen = models.JSONField(default=dict)

    stage = models.CharField(max_length=12, choices=ExperimentStage, default=ExperimentStage.DRAFT)
    started_at = models.DateTimeField(null=True)
    started_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_slice_lies_in_its_layer", condition=Q(start__lt=F("end"), end__lte=WHOLE)
            ),
            models.CheckConstraint(name="an_experiment_has_days", condition=Q(days__gte=1)),
            models.CheckConstraint(
                name="what_runs_was_started",
                condition=Q(stage__in=[ExperimentStage.DRAFT, ExperimentStage.CANCELLED])
                | Q(started_at__isnull=False, started_by__isnull=False),
            ),
            models.UniqueConstraint(
                name="one_control_group_of_a_campaign",
                fields=["campaign"],
                condition=~Q(stage=ExperimentStage.CANCELLED),
            ),
            models.CheckConstraint(
                name="only_a_planned_extension_is_taken", condition=Q(extended_at=None) | Q(extra_days__gte=1)
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "stage"], name="experiment_of_unit"),
            models.Index(fields=["layer", "stage"], name="experiment_of_layer"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def last_on(self) -> date:
        """The last day as things stand."""
        return self.starts_on + timedelta(days=self.days_now - 1)

    @property
    def days_now(self) -> int:
        return self.days + (self.extra_days if self.extended_at else 0)

    @property
    def days_most(self) -> int:
        """The longest planned time, over which chance is spread."""
        return self.days + self.extra_days

    @property
    def is_backdated(self) -> bool:
        """Started after its first day and not assigned by somebody else: nobody can have been given anything
        else, so that it tests the reading and not the variants."""
        if self.started_at is None or self.audience == Audience.FILE:
            return False
        return company_day(self.started_at) > self.starts_on

    @property
    def is_open(self) -> bool:
        return self.stage in (ExperimentStage.RUNNING, ExperimentStage.READ)


class ExperimentVariant(models.Model):
    """``place`` 0 is the control."""

    experiment = models.ForeignKey(Experiment, models.CASCADE, related_name="variants")
    place = models.PositiveSmallIntegerField()
    code = models.SlugField(max_length=30)
    title = models.CharField(max_length=120)
    weight = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_variant_of_a_code", fields=["experiment", "code"]),
            models.UniqueConstraint(name="one_variant_at_a_place", fields=["experiment", "place"]),
            models.CheckConstraint(name="a_variant_has_weight", condition=Q(weight__gte=1)),
        ]

    def __str__(self) -> str:
        return self.title


class ExperimentMetric(models.Model):
    """By which figure of the catalogue it is judged."""

    experiment = models.ForeignKey(Experiment, models.CASCADE, related_name="metrics")
    place = models.PositiveSmallIntegerField()
    metric = models.CharField(max_length=60)
    role = models.CharField(max_length=10, choices=MetricRole)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_figure_judges_once", fields=["experiment", "metric"]),
            models.UniqueConstraint(
                name="one_primary_figure", fields=["experiment"], condition=Q(role=MetricRole.PRIMARY)
            ),
        ]


class Enrolment(models.Model):
    """Somebody who counts, seen by a program or named by a file; ``person``: a code of the customer list."""

    experiment = models.ForeignKey(Experiment, models.CASCADE, related_name="enrolments")
    person = models.CharField(max_length=80)
    variant = models.ForeignKey(ExperimentVariant, models.PROTECT, related_name="+")
    entered_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(name="enrolled_once", fields=["experiment", "person"])]
