"""What has to be done for a campaign, by whom and by when."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from remit.core.money import MONEY
from remit.files.models import StoredFile
from remit.org.models import Person
from remit.planning.models import Plan

from ..enums import SlipState, TaskState


class Task(models.Model):
    """One piece of work of a plan; both days are included. ``money`` is in the plan's currency.

    ``hours`` is all the work in it, spread evenly over its working days when capacity is read.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="+")
    title = models.CharField(pgettext_lazy("task", "task"), max_length=160)
    detail = models.TextField(_("detail"), max_length=2000, blank=True)
    owner = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("owner"))
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))
    hours = models.DecimalField(_("hours of work"), max_digits=7, decimal_places=1, default=Decimal(0))
    money = models.DecimalField(_("money"), default=Decimal(0), **MONEY)
    resource = models.CharField(_("resources"), max_length=200, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=TaskState, default=TaskState.TODO)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)  # done or dropped
    carried_to = models.OneToOneField(  # dropped here, it goes on in another plan
        "self", models.PROTECT, null=True, related_name="carried_from"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="task_ends_after_it_starts", condition=Q(ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(name="task_takes_no_negative_hours", condition=Q(hours__gte=0)),
            models.CheckConstraint(name="task_costs_nothing_or_more", condition=Q(money__gte=0)),
            models.CheckConstraint(
                name="task_that_ended_has_a_time",
                condition=Q(state__in=[TaskState.DONE, TaskState.DROPPED], ended_at__isnull=False)
                | Q(state__in=[TaskState.TODO, TaskState.DOING], ended_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["plan", "starts_on"], name="task_of_plan"),
            models.Index(fields=["owner", "state", "ends_on"], name="task_of_owner"),
            models.Index(fields=["ends_on"], name="task_open", condition=Q(ended_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether there is still something to do."""
        return self.ended_at is None


class Dependency(models.Model):
    """``after`` begins when ``before`` has ended. Both belong to one plan; circles are refused."""

    before = models.ForeignKey(Task, models.CASCADE, related_name="followed_by")
    after = models.ForeignKey(Task, models.CASCADE, related_name="waits_for")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_dependency_a_pair", fields=["before", "after"]),
            models.CheckConstraint(name="no_task_waits_for_itself", condition=~Q(before=F("after"))),
        ]


class CheckItem(models.Model):
    """One line of a task's checklist."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="checklist")
    title = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField()
    done_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_check_item_a_place", fields=["task", "position"]),
            models.CheckConstraint(
                name="check_item_done_by_somebody",
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
            ),
        ]


class TaskFile(models.Model):
    """A file of a task. Taken away, it is no longer shown; the file itself stays what it was."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Slip(models.Model):
    """A task got later, and others wait for it: a proposal to shift those, decided by who carries the plan.

    ``shifts``: what was proposed, rows of [task, first day, last day, new first day, new last day].
    """

    task = models.ForeignKey(Task, models.CASCADE, related_name="slips")
    was = models.DateField()
    now = models.DateField()
    shifts = models.JSONField(default=list)
    state = models.CharField(max_length=8, choices=SlipState, default=SlipState.OPEN)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_open_slip_a_task", fields=["task"], condition=Q(state=SlipState.OPEN)
            ),
            models.CheckConstraint(
                name="a_decided_slip_has_a_decider",
                condition=Q(state=SlipState.OPEN, decided_at__isnull=True, decided_by__isnull=True)
                | ~Q(state=SlipState.OPEN) & Q(decided_at__isnull=False),
            ),
        ]
