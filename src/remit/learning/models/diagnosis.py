"""Why something goes wrong: a tree of whys, each with its evidence, and what is done about the root."""

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from remit.org.models import Person, Unit
from remit.planning.models import Plan

from ..enums import ClueKind, DiagnosisStage, Outcome, WhyVerdict
from .experiment import Experiment


class Diagnosis(models.Model):
    """``noticed_on``: the day up to which the figures of the problem are meant.

    ``came_from``: the address of the page on which the question came up, if it was one of ours.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    title = models.CharField(_("title"), max_length=160)
    problem = models.TextField(_("what goes wrong"), max_length=1000)
    noticed_on = models.DateField(_("noticed on"))
    came_from = models.CharField(max_length=1000, blank=True)
    plan = models.ForeignKey(Plan, models.PROTECT, null=True, blank=True, related_name="+")
    owner = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("owner"))
    stage = models.CharField(max_length=10, choices=DiagnosisStage, default=DiagnosisStage.OPEN)
    conclusion = models.TextField(_("conclusion"), max_length=1000, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_diagnosis_ends_with_words",
                condition=Q(stage=DiagnosisStage.OPEN)
                | Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(conclusion=""),
            ),
        ]
        indexes = [models.Index(fields=["unit", "stage"], name="diagnosis_of_unit")]

    def __str__(self) -> str:
        return self.title


class Why(models.Model):
    """``parent``: the why that it answers; none for the first ones. ``place``: its order beside them."""

    diagnosis = models.ForeignKey(Diagnosis, models.CASCADE, related_name="whys")
    parent = models.ForeignKey("self", models.CASCADE, null=True, related_name="children")
    place = models.PositiveSmallIntegerField()
    statement = models.TextField(pgettext_lazy("diagnosis", "why"), max_length=400)
    verdict = models.CharField(max_length=10, choices=WhyVerdict, default=WhyVerdict.OPEN)
    reason = models.TextField(_("reason"), max_length=600, blank=True)
    judged_at = models.DateTimeField(null=True)
    judged_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="who_judged_a_why_is_known",
                condition=Q(verdict=WhyVerdict.OPEN, judged_by=None)
                | ~Q(verdict=WhyVerdict.OPEN) & Q(judged_by__isnull=False, judged_at__isnull=False),
            ),
            models.CheckConstraint(
                name="ruled_out_with_a_reason", condition=~Q(verdict=WhyVerdict.RULED_OUT) | ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return self.statement


class Clue(models.Model):
    """``words``: what it says, or what is quoted. ``said_by``: whom a quote is of, as far as may be told.

    ``question``: of a figure, the question as it is kept; ``answer``: what ``queries.diagnosing`` froze, as
    it stood at ``at`` for everybody who sees the unit. ``ref``: of a thing, ``kind:number``.
    """

    why = models.ForeignKey(Why, models.CASCADE, related_name="clues")
    kind = models.CharField(max_length=10, choices=ClueKind)
    words = models.TextField(_("what it shows"), max_length=1000)
    said_by = models.CharField(_("said by"), max_length=120, blank=True)
    question = models.JSONField(default=dict)
    answer = models.JSONField(default=dict)
    experiment = models.ForeignKey(Experiment, models.PROTECT, null=True, related_name="+")
    ref = models.CharField(max_length=60, blank=True)
    url = models.URLField(_("address"), max_length=500, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_clue_is_what_it_says",
                condition=Q(kind=ClueKind.FIGURE) & ~Q(answer={})
                | Q(kind=ClueKind.QUOTE)
                | Q(kind=ClueKind.TEST, experiment__isnull=False)
                | Q(kind=ClueKind.THING) & (~Q(ref="") | ~Q(url="")),
            ),
        ]


class Remedy(models.Model):
    """What is done about a root cause. ``expected``: the change of ``metric`` as a share, 0.05 is 5 %.

    ``before`` and ``after``: the figure in as many days before and after ``done_on``, read once the data
    reach ``check_on``; ``found``: the change as a share. A look, no experiment: other things change too.
    """

    why = models.ForeignKey(Why, models.PROTECT, related_name="remedies")
    title = models.CharField(_("what is done"), max_length=200)
    owner = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("owner"))
    due_on = models.DateField(_("until"))
    metric = models.CharField(_("figure"), max_length=60)
    expected = models.DecimalField(_("expected change"), max_digits=6, decimal_places=4)
    check_on = models.DateField(_("looked at again on"))
    done_on = models.DateField(_("done on"), null=True)
    dropped_for = models.CharField(_("why it was dropped"), max_length=300, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    before = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    after = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    found = models.DecimalField(max_digits=12, decimal_places=6, null=True)
    read_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="a_remedy_is_checked_later", condition=Q(check_on__gt=F("due_on"))),
            models.CheckConstraint(name="a_remedy_changes_something", condition=~Q(expected=0)),
            models.CheckConstraint(
                name="what_was_dropped_was_not_done", condition=Q(dropped_for="") | Q(done_on=None)
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.done_on is None and not self.dropped_for

    def days_after(self) -> tuple[date, date] | None:
        """The first and last day that are read; none before it is done, or where nothing lies between."""
        if self.done_on is None or self.check_on <= self.done_on + timedelta(days=1):
            return None
        return self.done_on + timedelta(days=1), self.check_on - timedelta(days=1)
