"""What is asked of another department, what it answers, and what it promised."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from remit.core.money import MONEY
from remit.files.models import StoredFile
from remit.governance.models import Signature
from remit.org.models import Person, Position, Unit
from remit.planning.models import Plan

from ..enums import COMMITTED, CooperationState, Feasibility


class Cooperation(models.Model):
    """A request of a unit to another department (H5.1.2): the head of ``asked_unit``, or whoever holds
    ``asked_position`` for it.

    ``asked_at``: since when the other side sees it. ``signature``: the one that its promise rests on.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("asking unit"))
    asker = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    title = models.CharField(_("title"), max_length=160)
    what = models.TextField(_("what is needed"), max_length=2000)
    purpose = models.TextField(_("what for"), max_length=600)
    plan = models.ForeignKey(
        Plan, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("campaign")
    )
    asked_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("asked unit"))
    asked_position = models.ForeignKey(
        Position, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=pgettext_lazy("cooperation", "department"),
    )  # fmt: skip
    needed_on = models.DateField(_("needed by"))
    effort_days = models.DecimalField(
        _("person-days wished"), max_digits=6, decimal_places=1, null=True, blank=True
    )
    money = models.DecimalField(_("money wished"), default=0, **MONEY)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=CooperationState, default=CooperationState.ASKING
    )
    asked_at = models.DateTimeField(null=True)
    signature = models.ForeignKey(Signature, models.PROTECT, null=True, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    done_note = models.CharField(max_length=600, blank=True)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_promise_is_signed_and_accepted",
                condition=~Q(state__in=COMMITTED) | Q(signature__isnull=False, accepted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="an_answered_cooperation_is_signed",
                condition=~Q(state=CooperationState.ANSWERED) | Q(signature__isnull=False),
            ),
            models.CheckConstraint(
                name="done_cooperation_says_by_whom",
                condition=~Q(state__in=[CooperationState.DONE, CooperationState.CONFIRMED])
                | Q(done_at__isnull=False, done_by__isnull=False),
            ),
            models.CheckConstraint(name="cooperation_costs_nothing_or_more", condition=Q(money__gte=0)),
        ]
        indexes = [
            models.Index(fields=["unit", "-changed_at"], name="cooperation_of_unit"),
            models.Index(fields=["asked_unit", "-changed_at"], name="cooperation_asked_of"),
            models.Index(fields=["state", "needed_on"], name="cooperation_by_state"),
        ]

    def __str__(self) -> str:
        return self.title


class CooperationFile(models.Model):
    """A paper of a request to another department; part of what is signed."""

    cooperation = models.ForeignKey(Cooperation, models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()


class FeasibilityAnswer(models.Model):
    """What the asked department says: who does it and by when, or why not. It counts once it is signed.

    ``from_on``: the first day on which it can be begun, where it is feasible later.
    """

    cooperation = models.OneToOneField(Cooperation, models.CASCADE, related_name="answer")
    feasibility = models.CharField(_("answer"), max_length=12, choices=Feasibility)
    conditions = models.TextField(_("on which conditions"), max_length=1000, blank=True)
    from_on = models.DateField(_("feasible from"), null=True, blank=True)
    reason = models.TextField(_("why not"), max_length=500, blank=True)
    doer = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who does it")
    )
    due_on = models.DateField(_("done by"), null=True, blank=True)
    note = models.TextField(_("note"), max_length=1000, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="what_is_feasible_says_who_and_by_when",
                condition=Q(feasibility=Feasibility.NOT_FEASIBLE)
                | Q(doer__isnull=False, due_on__isnull=False),
            ),
            models.CheckConstraint(
                name="a_conditional_answer_says_on_which",
                condition=~Q(feasibility=Feasibility.CONDITIONAL) | ~Q(conditions=""),
            ),
            models.CheckConstraint(
                name="a_later_answer_says_from_when",
                condition=~Q(feasibility=Feasibility.LATER) | Q(from_on__isnull=False),
            ),
            models.CheckConstraint(
                name="what_is_not_feasible_says_why",
                condition=~Q(feasibility=Feasibility.NOT_FEASIBLE) | ~Q(reason=""),
            ),
        ]
