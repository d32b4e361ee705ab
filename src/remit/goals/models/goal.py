"""What is to be reached, by when, by whom: a tree whose parts add up."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from remit.core.money import MONEY
from remit.org.models import Person, Unit

from ..enums import Cut, GoalState, Lever, MeasuredIn, SplitMethod
from .strategy import Strategy

MANUAL = "manual"
FIGURE: dict[str, Any] = {"max_digits": 20, "decimal_places": 6}
_STEP = 8  # of a path: digits of a goal's number

_COMPLETE = Q(
    baseline__isnull=False, target__isnull=False, starts_on__isnull=False, ends_on__isnull=False,
    owner__isnull=False, activated_at__isnull=False, activated_by__isnull=False,
) & ~Q(metric="") & (Q(money__isnull=False) | ~Q(resources=""))  # fmt: skip


class Goal(models.Model):
    """``metric`` is of the catalogue, or ``manual``; ``where``: conditions as the explorer writes them.

    A percent is a fraction (0.25 is 25 %). ``growth``: the target was given as that much above the baseline.
    ``is_part``: made by splitting the parent; its parts add up to it. ``cut`` and ``split_by`` say how
    this goal itself was split. ``grows`` and ``measured_in`` are of manual figures: whether a reading grows
    with the days, and what it counts. ``path``: the numbers of the goals from the root to this one.
    """

    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    strategy = models.ForeignKey(Strategy, models.PROTECT, null=True, blank=True, related_name="goals")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    path = models.CharField(max_length=255, db_index=True, blank=True)
    title = models.CharField(_("title"), max_length=160)
    metric = models.CharField(_("metric"), max_length=60, blank=True)
    where = models.JSONField(default=list, blank=True)
    measured_in = models.CharField(max_length=10, choices=MeasuredIn, blank=True)
    grows = models.BooleanField(default=True)
    currency = models.CharField(max_length=3, blank=True)
    baseline = models.DecimalField(_("baseline"), null=True, blank=True, **FIGURE)
    baseline_first = models.DateField(null=True, blank=True)
    baseline_last = models.DateField(null=True, blank=True)
    growth = models.DecimalField(max_digits=10, decimal_places=6, null=True, blank=True)
    target = models.DecimalField(_("target"), null=True, blank=True, **FIGURE)
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    owner = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("owner")
    )
    partners: models.ManyToManyField = models.ManyToManyField(Person, related_name="+", blank=True)
    money = models.DecimalField(_("money"), null=True, blank=True, **MONEY)
    resources = models.TextField(_("resources"), max_length=600, blank=True)
    lever = models.CharField(_("lever"), max_length=10, choices=Lever, blank=True)
    is_part = models.BooleanField(default=False)
    cut = models.CharField(max_length=10, choices=Cut, blank=True)
    split_by = models.CharField(max_length=10, choices=SplitMethod, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=GoalState, default=GoalState.DRAFT)
    activated_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    activated_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)  # ended or dropped
    end_reason = models.CharField(max_length=300, blank=True)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_goal_in_force_is_complete",
                condition=~Q(state__in=[GoalState.ACTIVE, GoalState.ENDED]) | _COMPLETE,
            ),
            models.CheckConstraint(
                name="goal_ends_after_it_starts",
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="a_part_has_a_whole", condition=Q(is_part=False) | Q(parent__isnull=False)
            ),
            models.CheckConstraint(
                name="a_goal_that_ended_has_a_time",
                condition=~Q(state__in=[GoalState.ENDED, GoalState.DROPPED]) | Q(ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="a_split_says_by_what", condition=Q(cut="", split_by="") | ~Q(cut="") & ~Q(split_by="")
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "path"], name="goal_of_unit"),
            models.Index(fields=["owner", "path"], name="goal_of_owner"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_manual(self) -> bool:
        """Whether its readings are entered, since no metric measures it."""
        return self.metric == MANUAL

    @property
    def depth(self) -> int:
        """How far below the root."""
        return len(self.path) // _STEP

    def path_below(self, parent: "Goal | None") -> str:
        """Its path as a child of another goal, or as a root."""
        return f"{parent.path if parent else ''}{self.pk:0{_STEP}d}"


class ManualReading(models.Model):
    """What a manual goal had come to on the evening of a day."""

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="readings")
    on = models.DateField(_("day"))
    value = models.DecimalField(_("value"), **FIGURE)
    source = models.CharField(_("where it comes from"), max_length=200)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="one_reading_a_day", fields=["goal", "on"])]

    def __str__(self) -> str:
        return f"{self.goal_id} {self.on}"
